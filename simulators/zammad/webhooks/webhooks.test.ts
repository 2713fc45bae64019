import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { part, startZammad, type TestServer } from '../test-server.js';
import { railsJson } from '../rails-json.js';
import { hubSignature } from './signature.js';

const TOKEN = 's3cr3t-t0k3n';

it('signs the raw body as the check value says', () => {
  expect(hubSignature(TOKEN, '{"ticket":{"id":1},"article":{}}')).toBe(
    'sha1=ab65752a52f8d20d1f0a28408a98cc53ef3ce37a',
  );
});

it('escapes what Rails escapes in JSON', () => {
  expect(railsJson({ a: '<b>&\u2028' })).toBe('{"a":"\\u003cb\\u003e\\u0026\\u2028"}');
});

type Received = { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string };

describe('deliveries', () => {
  let zammad: TestServer;
  let receiver: Server;
  let received: Received[];
  let answers: number[];

  beforeEach(async () => {
    received = [];
    answers = [];
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.statusCode = answers.shift() ?? 202;
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    zammad = await startZammad();
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`;
    const body = {
      title: 'Drucker <3',
      group: 'Users',
      customer: 'customer@example.com',
      article: { body: 'Hallo' },
    };
    await zammad.call('POST', '/api/v1/tickets', { body });
    await zammad.call('POST', '/__control/webhooks', { body: { url, token: TOKEN, enabled: true } });
    await zammad.call('POST', '/__control/webhook-retries', { body: { scale: 0 } });
  });
  afterEach(async () => {
    await zammad.simulator.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const book = async (time: number): Promise<void> => {
    await zammad.call('POST', '/api/v1/tickets/1/time_accountings', { body: { time_unit: time } });
  };
  const settled = (): Promise<void> => zammad.system.sender.settled();
  const ids = (): unknown[] => received.map((one) => one.headers['x-zammad-delivery']);

  it('sends one event per request, signed over the raw bytes, without any entry', async () => {
    const article = { body: 'Notiz', time_unit: 5 };
    await zammad.call('PUT', '/api/v1/tickets/1', { body: { title: 'Drucker & Co', article } });
    await settled();
    expect(received).toHaveLength(1);
    const [one] = received;
    expect(one?.headers['x-hub-signature']).toBe(hubSignature(TOKEN, one?.body ?? ''));
    expect(one?.headers['user-agent']).toBe('Zammad User Agent');
    expect(one?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(one?.body).toContain('Drucker \\u0026 Co');
    const payload: unknown = JSON.parse(one?.body ?? '');
    expect(Object.keys(payload ?? {})).toEqual(['ticket', 'article']);
    expect(part(payload, 'ticket', 'time_unit')).toBe('5.0');
    expect(part(payload, 'ticket', 'ticket_time_accounting_ids')).toEqual([1]);
    expect(part(payload, 'ticket', 'customer', 'login')).toBe('customer@example.com');
    expect(part(payload, 'ticket', 'customer', 'preferences')).toBeUndefined();
    expect(part(payload, 'ticket', 'state')).toBe('new');
    expect(part(payload, 'article')).toMatchObject({ accounted_time: 5, time_unit: '5.0', body: 'Notiz' });
  });

  it('sends nothing for zero time, a type alone, or a deleted ticket', async () => {
    await zammad.call('POST', '/api/v1/time_accounting/types', { body: { name: 'Wartung' } });
    await book(0);
    await zammad.call('PUT', '/api/v1/time_accountings/1', { body: { type_id: 1 } });
    await zammad.call('DELETE', '/api/v1/tickets/1');
    await settled();
    expect(received).toEqual([]);
  });

  it('tries five times under one delivery id, then drops it for good', async () => {
    answers = [500, 404, 301, 500, 410];
    await book(5);
    await settled();
    expect(received).toHaveLength(5);
    expect(new Set(ids()).size).toBe(1);
    const deliveries = (await zammad.call('GET', '/__control/webhook-deliveries')).body;
    expect(deliveries).toMatchObject([
      { state: 'dropped', ticket_id: 1, attempts: [{ status: 500 }, {}, { status: 301 }, {}, {}] },
    ]);
  });

  it('renders the body anew for each attempt', async () => {
    await zammad.call('POST', '/__control/webhook-retries', { body: { scale: 0.02 } });
    answers = [500];
    await book(5);
    await zammad.call('PUT', '/api/v1/time_accountings/1', { body: { time_unit: 9 } });
    await settled();
    const last = received.filter((one) => one.headers['x-zammad-delivery'] === ids()[0]).at(-1);
    expect(part(JSON.parse(last?.body ?? '{}'), 'ticket', 'time_unit')).toBe('9.0');
  });

  it('duplicates, loses and reorders when told to', async () => {
    await zammad.call('POST', '/__control/webhook-faults', { body: { duplicate: 1 } });
    await book(1);
    await settled();
    expect([ids().length, new Set(ids()).size]).toEqual([2, 1]);
    await zammad.call('POST', '/__control/webhook-faults', { body: { lose: 1 } });
    await book(2);
    await settled();
    expect(received).toHaveLength(2);
    received.length = 0;
    await zammad.call('POST', '/__control/webhook-faults', { body: { reorder: 1 } });
    await book(3);
    await book(4);
    await settled();
    const order = zammad.system.sender
      .deliveries()
      .slice(-2)
      .map((delivery) => delivery.id);
    expect(ids()).toEqual([...order].reverse());
  });

  it('sends nothing while disabled, and no signature without a token', async () => {
    const [hook] = [(await zammad.call('GET', '/__control/webhooks')).body].flat();
    const url = part(hook, 'url');
    await zammad.call('POST', '/__control/webhooks', { body: { url, enabled: false } });
    await book(1);
    await settled();
    expect(received).toHaveLength(0);
    await zammad.call('POST', '/__control/webhooks', { body: { url, token: null, enabled: true } });
    await book(2);
    await settled();
    expect(received.map((one) => one.headers['x-hub-signature'])).toEqual([undefined]);
  });
});
