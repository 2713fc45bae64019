import { type Call, readJson } from './call.js';
import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import { BadControl, faultOrder, instant, object, whole } from './input.js';
import { empty, json, type Reply } from './reply.js';
import type { RequestLog } from './requestlog.js';
import { Router } from './router.js';
import type { System } from './system.js';

/** What the control routes act on. */
export interface Controlled {
  readonly system: System;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
}

/** Every path below it is for tests and for the play page: never logged, never met by a fault. */
export const CONTROL = '/__control';

/** The body of a control call as JSON. Throws `BadControl` when it is none. */
export function controlBody(call: Call): unknown {
  const body = readJson(call);
  if (!body.ok) throw new BadControl('The body must be JSON.');
  return body.value ?? {};
}

/** The control routes that every simulator has. */
export function controlRoutes({ system, clock, faults, log }: Controlled): Router {
  const state = () => ({
    name: system.name,
    now: clock.now().toISOString(),
    clock: clock.setting(),
    down: faults.down,
    counts: system.counts(),
    settings: system.settings(),
    faults: faults.list(),
  });
  return new Router()
    .on('GET', `${CONTROL}/state`, () => json(200, state()))
    .on('GET', `${CONTROL}/requests`, () => json(200, log.list()))
    .on('DELETE', `${CONTROL}/requests`, () => (log.clear(), empty(204)))
    .on('GET', `${CONTROL}/faults`, () => json(200, faults.list()))
    .on('POST', `${CONTROL}/faults`, (call) => json(200, faults.add(faultOrder(controlBody(call)))))
    .on('DELETE', `${CONTROL}/faults`, () => (faults.clear(), empty(204)))
    .on('POST', `${CONTROL}/down`, (call) => json(200, { down: setDown(faults, controlBody(call)) }))
    .on('POST', `${CONTROL}/clock`, (call) => {
      setClock(clock, controlBody(call));
      return json(200, { now: clock.now().toISOString(), clock: clock.setting() });
    })
    .on('POST', `${CONTROL}/reset`, (call) => {
      const { world } = object(controlBody(call), 'The body', ['world']);
      if (typeof world !== 'string')
        throw new BadControl('world must be the name of a world, such as "empty".');
      system.reset(world);
      faults.clear();
      faults.down = 'no';
      log.clear();
      return json(200, state());
    });
}

/** Runs a control call: the common routes first, then the system's own. */
export async function control(call: Call, routers: readonly Router[]): Promise<Reply> {
  if (call.method === 'OPTIONS') return empty(204);
  const found = routers.map((router) => router.find(call));
  try {
    const hit = found.find((one) => one.kind === 'found');
    if (hit) return await hit.run();
  } catch (error) {
    if (error instanceof BadControl) return json(400, { error: error.message });
    throw error;
  }
  const allowed = found.flatMap((one) => (one.kind === 'wrong_method' ? one.allowed : []));
  if (allowed.length > 0) return json(405, { error: `${call.path} takes ${allowed.join(' or ')}.` });
  return json(404, {
    error: `There is no ${call.path}; see ${CONTROL}/state for what this simulator holds.`,
  });
}

/** Lets pages of this machine's other ports call the control routes, and no others. */
export function localOrigin(call: Call): Readonly<Record<string, string>> {
  const origin = call.headers.origin ?? '';
  if (!/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'content-type',
    vary: 'Origin',
  };
}

function setDown(faults: Faults, value: unknown): boolean {
  const body = object(value, 'The body', ['down', 'mode']);
  const { down, mode = 'status' } = body;
  if (typeof down !== 'boolean') throw new BadControl('down must be true or false.');
  if (mode !== 'status' && mode !== 'connection')
    throw new BadControl('mode must be "status" (503) or "connection" (the socket is cut).');
  faults.down = down ? mode : 'no';
  return down;
}

function setClock(clock: Clock, value: unknown): void {
  const body = object(value, 'The body', ['now', 'offsetMs']);
  if (body['now'] !== undefined && body['offsetMs'] !== undefined)
    throw new BadControl('Give now (stand still there) or offsetMs (run with that offset), not both.');
  if (body['now'] === undefined) clock.runWithOffset(whole(body['offsetMs'], 'offsetMs', -1e13, 0));
  else clock.fixAt(instant(body['now'], 'now'));
}
