import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractWorld, createKimai } from '../../simulators/kimai/index.js';
import { Clock, serve, type Simulator } from '../../simulators/kit/index.js';
import { fill, picked, readRecording, type Saved, type Step } from './recording.js';

/** The recordings were made late in November 2026; what runs "today" depends on it. */
const RECORDED_AT = new Date('2026-11-22T12:00:00Z');

describe.each([
  { file: './kimai/stock.json', steps: 97 },
  { file: './kimai/strict-rules.json', steps: 16 },
])('the simulated Kimai answers as recorded in $file', ({ file, steps }) => {
  const recording = readRecording(file);
  const saved: Saved = new Map(Object.entries(recording.world.userIds));
  let kimai: Simulator;

  beforeAll(async () => {
    const clock = new Clock();
    clock.fixAt(RECORDED_AT);
    const system = createKimai({ clock, world: 'contract', createWorld: contractWorld });
    kimai = await serve(system, { port: 0, clock });
    const { settings } = recording.world;
    if (settings === undefined) return;
    const reply = await post(`${kimai.url}/__control/settings`, settings);
    expect(reply.status).toBe(200);
  });

  afterAll(() => kimai.close());

  it('has every recorded step', () => {
    expect(recording.steps).toHaveLength(steps);
  });

  it.each(recording.steps)('$as: $name', async (step) => {
    const reply = await send(kimai.url, step, saved);
    expect.soft(reply.status).toBe(step.response.status);
    for (const [name, value] of Object.entries(step.response.headers))
      expect.soft(reply.headers.get(name), name).toBe(value);
    const text = await reply.text();
    const body: unknown = text === '' ? '' : JSON.parse(text);
    for (const [name, field] of Object.entries(step.save ?? {}))
      saved.set(name, valueOf(body, String(field)));
    expect(picked(body, step.pick)).toStrictEqual(fill(step.response.body, saved));
  });
});

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function send(url: string, { as, request }: Step, saved: Saved): Promise<Response> {
  const { method, body } = request;
  const filled = fill(body, saved);
  return fetch(`${url}${String(fill(request.path, saved))}`, {
    method,
    headers: {
      ...(as === 'none' ? {} : { authorization: `Bearer tok_${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    // A body that is a text was sent as it stands: it is not valid JSON.
    ...(body === undefined ? {} : { body: typeof filled === 'string' ? filled : JSON.stringify(filled) }),
  });
}

function valueOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === field)?.[1]
    : undefined;
}
