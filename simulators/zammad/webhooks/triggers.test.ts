import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { keysOf, part, startZammad, type Answer, type TestServer } from '../test-server.js';
import { startReceiver, type Receiver } from './test-receiver.js';

const HOOKS = '/api/v1/webhooks';
const TRIGGERS = '/api/v1/triggers';
const TICKET = '/api/v1/tickets/1';
const BOOK = `${TICKET}/time_accountings`;

let zammad: TestServer;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  zammad = await startZammad();
  const article = { body: 'Hallo', subject: 'Betreff' };
  const body = { title: 'Drucker', group: 'Users', customer_id: 5, article };
  await zammad.call('POST', '/api/v1/tickets', { body });
  await zammad.call('POST', '/__control/webhook-retries', { body: { scale: 0 } });
});
afterEach(async () => {
  await zammad.simulator.close();
  await receiver.close();
});

const settled = (): Promise<void> => zammad.system.sender.settled();
const makeHook = async (more: object = {}): Promise<Answer> =>
  zammad.call('POST', HOOKS, { body: { name: 'Timebridge', endpoint: receiver.url, ...more } });
const makeTrigger = async (condition: object, more: object = {}): Promise<Answer> =>
  zammad.call('POST', TRIGGERS, {
    body: {
      name: 'Zeiten',
      condition,
      perform: { 'notification.webhook': { webhook_id: '1' } },
      activator: 'action',
      execution_condition_mode: 'always',
      active: true,
      ...more,
    },
  });
const onAction = (value: string) => ({ 'ticket.action': { operator: 'is', value } });
const book = (time: number): Promise<Answer> => zammad.call('POST', BOOK, { body: { time_unit: time } });
const payload = (at: number): unknown => JSON.parse(receiver.received[at]?.body ?? 'null');

describe('webhooks and triggers as a client makes them', () => {
  it('need their permissions, and what they lack is told', async () => {
    for (const path of [HOOKS, TRIGGERS]) {
      const refused = await zammad.call('GET', path, { as: 'tok_sync' });
      expect([refused.status, part(refused.body, 'error')]).toEqual([403, 'Token authorization failed.']);
    }
    const bad = await zammad.call('POST', HOOKS, { body: { name: 'X', endpoint: 'ftp://example.com' } });
    expect([bad.status, String(part(bad.body, 'error'))]).toEqual([
      422,
      expect.stringContaining('no http or https'),
    ]);
    expect((await makeHook({ custom_payload: '{"a":' })).status).toBe(422);
    expect((await makeTrigger({ 'ticket.title': { operator: 'hums', value: 'x' } })).status).toBe(422);
    expect((await makeTrigger(onAction('update'), { activator: 'never' })).status).toBe(422);
  });

  it('are shown, changed and deleted, but not a webhook that a trigger names', async () => {
    const hook = await makeHook({ signature_token: 's3cr3t' });
    expect([hook.status, hook.body]).toMatchObject([
      201,
      {
        id: 1,
        endpoint: receiver.url,
        signature_token: 's3cr3t',
        ssl_verify: true,
        active: true,
        http_method: 'post',
      },
    ]);
    expect((await makeTrigger(onAction('update'))).body).toMatchObject({
      id: 1,
      execution_condition_mode: 'always',
    });
    expect((await makeTrigger(onAction('update'))).body).toMatchObject({
      error: 'Name has already been taken',
    });
    const kept = await zammad.call('DELETE', `${HOOKS}/1`);
    expect([kept.status, part(kept.body, 'error')]).toEqual([
      422,
      'Cannot delete! This webhook is referenced by Trigger: Zeiten (#1)',
    ]);
    const list = await zammad.call('GET', `${TRIGGERS}?expand=true`);
    expect(list.body).toMatchObject([{ name: 'Zeiten', created_by: 'admin@example.com' }]);
    expect((await zammad.call('PUT', `${TRIGGERS}/1`, { body: { active: false } })).body).toMatchObject({
      active: false,
    });
    expect((await zammad.call('DELETE', `${TRIGGERS}/1`)).body).toEqual({});
    expect((await zammad.call('DELETE', `${HOOKS}/1`)).status).toBe(200);
  });

  it('show a sample of the newest ticket to webhook admins', async () => {
    expect(part((await zammad.call('GET', `${HOOKS}/preview`)).body, 'ticket', 'title')).toBe('Drucker');
  });
});

describe('a trigger', () => {
  it('fires always when its condition holds, and on what it names when selective', async () => {
    await makeHook();
    await makeTrigger(
      { 'ticket.group_id': { operator: 'is', value: ['1'] } },
      { execution_condition_mode: 'selective' },
    );
    await zammad.call('PUT', TICKET, { body: { title: 'Scanner' } });
    await settled();
    expect(receiver.received).toHaveLength(0);
    await zammad.call('PUT', TICKET, { body: { article: { body: 'Notiz' } } });
    await settled();
    expect(receiver.received).toHaveLength(1);
    await zammad.call('PUT', `${TRIGGERS}/1`, { body: { execution_condition_mode: 'always' } });
    await zammad.call('PUT', TICKET, { body: { title: 'Kopierer' } });
    await settled();
    expect(receiver.received).toHaveLength(2);
  });

  it('on time accounting fires only for time that comes with an article', async () => {
    await makeHook();
    await makeTrigger(
      { 'article.time_accounting': { operator: 'is set' } },
      { execution_condition_mode: 'selective' },
    );
    await book(5);
    await zammad.call('PUT', TICKET, { body: { article: { body: 'ohne Zeit' } } });
    await settled();
    expect(receiver.received).toHaveLength(0);
    await zammad.call('PUT', TICKET, { body: { article: { body: 'mit Zeit', time_unit: 3 } } });
    await settled();
    expect(receiver.received).toHaveLength(1);
    expect(part(payload(0), 'article', 'accounted_time')).toBe(3);
  });

  it('on a changed sum fires for every change of time that moves it', async () => {
    await makeHook();
    await makeTrigger(
      { 'ticket.time_unit': { operator: 'has changed' } },
      { execution_condition_mode: 'selective' },
    );
    await book(5);
    await book(0);
    await zammad.call('PUT', `${BOOK}/1`, { body: { time_unit: 6 } });
    await zammad.call('DELETE', `${BOOK}/1`);
    await zammad.call('PUT', TICKET, { body: { title: 'Scanner' } });
    await settled();
    expect(receiver.received).toHaveLength(3);
  });

  it('on merges fires for the source and for the target', async () => {
    await makeHook();
    const merges = ['update.merged_into', 'update.received_merge'].map((value) => ({
      name: 'ticket.action',
      operator: 'is',
      value,
    }));
    await makeTrigger({ operator: 'OR', conditions: merges });
    await zammad.call('POST', '/api/v1/tickets', {
      body: { title: 'Ziel', group_id: 1, customer_id: 5, article: { body: 'x' } },
    });
    const number = part((await zammad.call('GET', '/api/v1/tickets/2')).body, 'number');
    await zammad.call('PUT', `/api/v1/ticket_merge/1/${String(number)}`);
    await settled();
    const ids = receiver.received.map((_, at) => part(payload(at), 'ticket', 'id'));
    expect([...ids].sort()).toEqual([1, 2]);
  });

  it('runs in name order, each in a delivery of its own, and not when inactive', async () => {
    await makeHook();
    await makeTrigger(onAction('update'), { name: 'zwei' });
    await makeTrigger(onAction('update'), { name: 'Eins' });
    await makeTrigger(onAction('update'), { name: 'aus', active: false });
    await makeTrigger(onAction('create'), { name: 'anlegen' });
    await book(5);
    await settled();
    expect(receiver.received.map((one) => one.headers['x-zammad-trigger'])).toEqual(['Eins', 'zwei']);
    const ids = receiver.received.map((one) => one.headers['x-zammad-delivery']);
    expect(new Set(ids).size).toBe(2);
  });

  it('that is gone, or whose webhook sleeps, discards its jobs', async () => {
    await zammad.call('POST', '/__control/webhook-retries', { body: { scale: 0, delayMs: 50 } });
    await makeHook();
    await makeTrigger(onAction('update'));
    await book(5);
    await zammad.call('DELETE', `${TRIGGERS}/1`);
    await settled();
    expect(receiver.received).toHaveLength(0);
    const deliveries = await zammad.call('GET', '/__control/webhook-deliveries');
    expect(deliveries.body).toMatchObject([{ state: 'discarded', attempts: [] }]);
  });
});

describe('a delivery', () => {
  it('carries what authorises it, and a name in UTF-8', async () => {
    await makeHook({ basic_auth_username: 'zammad', basic_auth_password: 'geheim' });
    await makeTrigger(onAction('update'), { name: 'Zeiten für Köln' });
    await book(5);
    await settled();
    const headers = receiver.received[0]?.headers;
    expect(headers?.['authorization']).toBe(`Basic ${Buffer.from('zammad:geheim').toString('base64')}`);
    expect(Buffer.from(String(headers?.['x-zammad-trigger']), 'latin1').toString('utf8')).toBe(
      'Zeiten für Köln',
    );
    await zammad.call('PUT', `${HOOKS}/1`, { body: { basic_auth_username: null, bearer_token: 'tok' } });
    await book(1);
    await settled();
    expect(receiver.received[1]?.headers['authorization']).toBe('Bearer tok');
  });

  it('has a method and placeholders in its address from 7.0 on', async () => {
    const endpoint = `${receiver.url}/#{ticket.id}?t=#{ticket.title}`;
    await makeHook({ endpoint, http_method: 'put' });
    await zammad.call('PUT', TICKET, { body: { title: 'A & B' } });
    await makeTrigger(onAction('update'));
    await book(5);
    await settled();
    expect(receiver.received[0]).toMatchObject({ method: 'PUT', path: '/hook/1?t=A%20%26%20B' });
  });

  it('is sent one after the other by one worker: a slow receiver blocks what comes next', async () => {
    await makeHook();
    await makeTrigger(onAction('update'));
    receiver.hold = true;
    await book(1);
    await book(2);
    await vi.waitFor(() => expect(receiver.held).toHaveLength(1));
    expect(receiver.received).toHaveLength(1);
    receiver.hold = false;
    receiver.held[0]?.();
    await settled();
    // Both are rendered when they are sent: the second job's body tells what the first one's did not.
    expect([0, 1].map((at) => part(payload(at), 'ticket', 'time_unit'))).toEqual(['1.0', '3.0']);
  });

  it('that is retried arrives after younger ones', async () => {
    await zammad.call('POST', '/__control/webhook-retries', { body: { scale: 0.01 } });
    await makeHook();
    await makeTrigger(onAction('update'));
    receiver.answers.push(503);
    await book(1);
    await book(2);
    await settled();
    const ids = receiver.received.map((one) => one.headers['x-zammad-delivery']);
    expect(ids).toHaveLength(3);
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([false, true]);
  });

  it('counts a redirect as failure since 6.5; before, it followed with a GET', async () => {
    await makeHook();
    await makeTrigger(onAction('update'));
    receiver.answers.push(302);
    await book(1);
    await settled();
    expect(receiver.received.map((one) => one.method)).toEqual(['POST', 'POST']);
    await zammad.call('POST', '/__control/installation', { body: { version: '5.4.0' } });
    receiver.answers.push(302);
    await zammad.call('PUT', TICKET, { body: { title: 'Scanner' } });
    await settled();
    expect(receiver.received.slice(2).map((one) => `${one.method} ${one.path}`)).toEqual([
      'POST /hook',
      'GET /moved',
    ]);
  });

  it('has accounted time as an integer before 5.2', async () => {
    await zammad.call('POST', '/__control/installation', { body: { version: '5.0.0' } });
    await zammad.call('POST', '/__control/webhooks', { body: { url: receiver.url } });
    await zammad.call('PUT', TICKET, { body: { article: { body: 'x', time_unit: 7.5 } } });
    await settled();
    expect(part(payload(0), 'article', 'accounted_time')).toBe(7);
    expect(part(payload(0), 'article', 'time_unit')).toBeUndefined();
  });
});

describe('a custom payload', () => {
  const sent = async (template: string): Promise<unknown> => {
    await makeHook({ custom_payload: template });
    await makeTrigger(onAction('update'));
    await zammad.call('PUT', TICKET, {
      body: { title: 'Er sagte "nein"', article: { body: 'Notiz', time_unit: 2 } },
    });
    await settled();
    return payload(0);
  };

  it('fills in values: numbers bare, times as Ruby shows them, nulls empty', async () => {
    const template = JSON.stringify({
      id: '#{ticket.id}',
      at: '#{ticket.updated_at}',
      who: '#{ticket.customer.fullname} <#{ticket.customer.email}>',
      org: '#{ticket.organization.name}',
      note: '#{ticket.note}',
      article: '#{article.body}',
      title: '#{ticket.title}',
      hook: '#{config.ticket_hook}',
      subject: '#{notification.subject}',
    });
    expect(await sent(template)).toEqual({
      id: 1,
      at: '2026-11-23 09:00:00 UTC',
      who: 'Carla Customer <customer@example.com>',
      org: 'Example GmbH',
      note: '',
      article: 'Notiz',
      title: 'Er sagte "nein"',
      hook: 'Ticket#',
      subject: 'Er sagte "nein"',
    });
  });

  it('leaves words where it cannot follow: decimals, secrets, unknown names', async () => {
    const template = JSON.stringify({
      a: '#{ticket.time_unit}',
      b: '#{ticket.customer.password}',
      c: '#{ticket.state}',
      d: '#{nothing.id}',
      e: '#{ticket}',
    });
    expect(await sent(template)).toEqual({
      a: '#{ticket.time_unit / no such method}',
      b: '#{ticket.customer.password / no such method}',
      c: '#{ticket.state / no such method}',
      d: '#{nothing / no such object}',
      e: '#{ticket / missing method}',
    });
  });

  it('that is no JSON once filled is sent as an error', async () => {
    await zammad.call('PUT', TICKET, { body: { note: 'C:\\x' } });
    const refused = await sent('{"note": "#{ticket.note} "}');
    expect(keysOf(refused)).toEqual(['error']);
  });
});
