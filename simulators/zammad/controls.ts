import { BadControl, controlBody, instant, isRecord, json, object, Router, whole } from '../kit/index.js';
import { beginAct } from './act.js';
import { ZammadFailure } from './errors.js';
import { changeSettings, installationOf } from './installation.js';
import { plainEntry } from './render/records.js';
import { putEntry } from './row-index.js';
import { createEntry } from './rules/entries.js';
import { webhookControls, type WebhookControlled } from './webhooks/controls.js';
import type { Installation, ZammadWorld } from './world.js';

type Controlled = WebhookControlled & { readonly playChapter: (chapter: number) => Promise<unknown> };

function putInstallation(world: ZammadWorld, value: unknown): Installation {
  world.installation = installationOf(world.installation, value);
  return world.installation;
}

/** What only an administrator's screens can change of a token and of its user. */
function putToken(world: ZammadWorld, value: unknown): unknown {
  const body = object(value, 'A token', ['token', 'expires_at', 'permissions', 'kind']);
  const row = world.tokens.find((candidate) => candidate.token === body['token']);
  if (!row) throw new BadControl('token must be one of this world.');
  if (body['expires_at'] === null || typeof body['expires_at'] === 'string')
    row.expires_at = body['expires_at'];
  if (Array.isArray(body['permissions'])) row.permissions = body['permissions'].map(String);
  if (body['kind'] === 'api' || body['kind'] === 'oauth') row.kind = body['kind'];
  return row;
}

/** Stores an entry of a past date for its person, as import mode does: no trigger, no webhook. */
function importEntry(world: ZammadWorld, now: string, value: unknown): unknown {
  const fields = ['ticket_id', 'time_unit', 'type_id', 'created_by_id', 'created_at'];
  const body = object(value, 'An entry', fields);
  const at = instant(body['created_at'], 'created_at').toISOString();
  const typeId =
    body['type_id'] === null || body['type_id'] === undefined ? null : whole(body['type_id'], 'type_id', 1);
  const act = beginAct(world, now, whole(body['created_by_id'], 'created_by_id', 1));
  try {
    const ticketId = whole(body['ticket_id'], 'ticket_id', 1);
    const entry = createEntry(act, { ticket_id: ticketId, time_unit: body['time_unit'], type_id: typeId });
    const dated = { ...entry, created_at: at };
    putEntry(world, dated);
    return plainEntry(dated);
  } catch (cause) {
    if (cause instanceof ZammadFailure) throw new BadControl(cause.message);
    throw cause;
  }
}

/** The control routes of a simulated Zammad. */
export function zammadControls(controlled: Controlled): Router {
  const { world, now, changed, playChapter } = controlled;
  const put = (apply: (target: ZammadWorld, body: unknown) => unknown) => (body: unknown) => {
    const result = apply(world(), body);
    changed();
    return json(200, result);
  };
  return webhookControls(new Router(), controlled)
    .on('POST', '/__control/installation', (call) => put(putInstallation)(controlBody(call)))
    .on('POST', '/__control/settings', (call) => put(changeSettings)(controlBody(call)))
    .on('POST', '/__control/tokens', (call) => put(putToken)(controlBody(call)))
    .on('POST', '/__control/import-entry', (call) =>
      put((target, body) => importEntry(target, now(), body))(controlBody(call)),
    )
    .on('POST', '/__control/chapter', async (call) => {
      const body = controlBody(call);
      const chapter = isRecord(body) ? whole(body['chapter'], 'chapter', 2) : 2;
      return json(200, await playChapter(chapter));
    });
}
