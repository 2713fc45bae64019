import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { Clock } from '../kit/index.js';
import { contractWorld } from './contract-worlds.js';
import { ZammadSystem } from './system.js';
import { startReceiver, type Receiver } from './webhooks/test-receiver.js';

let folder: string;
let receiver: Receiver;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zammad-'));
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(): ZammadSystem {
  const createWorld = (_: string, now: Date) => contractWorld(now);
  return new ZammadSystem({
    clock: Clock.startingAt(),
    file: join(folder, 'world.jsonl'),
    world: 'contract',
    createWorld,
  });
}

async function call(system: ZammadSystem, method: string, path: string, body?: unknown): Promise<string> {
  const reply = await system.handle({
    method,
    path: `/api/v1${path}`,
    query: new URLSearchParams(),
    headers: { authorization: 'Token token=tok_admin' },
    text: body === undefined ? '' : JSON.stringify(body),
    params: {},
  });
  return String(reply.body);
}

it('keeps its world, and the webhook that still waits for its next attempt, over a restart', async () => {
  const first = start();
  await call(first, 'POST', '/webhooks', { name: 'Timebridge', endpoint: receiver.url });
  await call(first, 'POST', '/triggers', {
    name: 'Zeiten',
    condition: {},
    perform: { 'notification.webhook': { webhook_id: 1 } },
    execution_condition_mode: 'always',
  });
  receiver.answers.push(503);
  await call(first, 'POST', '/tickets', {
    title: 'Drucker',
    group_id: 1,
    customer_id: 5,
    article: { body: 'x', time_unit: 4 },
  });
  await expect.poll(() => first.sender.deliveries()[0]?.attempts.length).toBe(1);
  const before = await call(first, 'GET', '/time_accountings');
  await first.flush();

  const second = start();
  await second.sender.settled();
  expect(await call(second, 'GET', '/time_accountings')).toBe(before);
  const ids = receiver.received.map((one) => one.headers['x-zammad-delivery']);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  await second.flush();

  const third = start();
  await third.sender.settled();
  expect(receiver.received).toHaveLength(2);
  await third.flush();
});
