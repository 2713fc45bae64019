import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { idsOf, keysOf, part, startZammad, type Answer, type TestServer } from './test-server.js';

let server: TestServer;
const TICKETS = '/api/v1/tickets';
const ARTICLES = '/api/v1/ticket_articles';
const get = (path: string, as?: string): Promise<Answer> => server.call('GET', path, as ? { as } : {});
const at = (now: string): Promise<unknown> => server.call('POST', '/__control/clock', { body: { now } });
const newTicket = (more: object = {}, as = 'tok_admin'): Promise<Answer> => {
  const article = { body: 'Hallo', type: 'web', sender: 'Customer' };
  return server.call('POST', TICKETS, {
    as,
    body: { title: 'Drucker', group: 'Users', customer_id: 5, article, ...more },
  });
};
beforeEach(async () => {
  server = await startZammad();
  await newTicket();
});
afterEach(() => server.simulator.close());

describe('the organization of a ticket', () => {
  const organizationOf = async (id: number): Promise<unknown> =>
    part((await get(`${TICKETS}/${id}`)).body, 'organization_id');
  const organization = async (name: string): Promise<unknown> =>
    part((await server.call('POST', '/api/v1/organizations', { body: { name } })).body, 'id');

  it('is the customer’s, whatever is named that is not theirs, when it is made and when it is saved', async () => {
    const other = await organization('Other');
    expect(await organizationOf(1)).toBe(1);
    const made = await newTicket({ organization_id: other });
    expect(part(made.body, 'organization_id')).toBe(1);
    await server.call('PUT', `${TICKETS}/1`, { body: { organization_id: other } });
    expect(await organizationOf(1)).toBe(1);
  });

  it('may be a secondary one of the customer, and stays with them', async () => {
    const other = await organization('Other');
    await server.call('PUT', '/api/v1/users/5', { body: { organization_ids: [other] } });
    await server.call('PUT', `${TICKETS}/1`, { body: { organization_id: other } });
    expect(await organizationOf(1)).toBe(other);
    await server.call('PUT', `${TICKETS}/1`, { body: { title: 'Drucker druckt' } });
    expect(await organizationOf(1)).toBe(other);
  });

  it('follows another customer, and one who moved away with the next save at the latest', async () => {
    await server.call('PUT', `${TICKETS}/1`, { body: { customer_id: 3 } });
    expect(await organizationOf(1)).toBeNull();
    await server.call('PUT', `${TICKETS}/1`, { body: { customer_id: 5 } });
    expect(await organizationOf(1)).toBe(1);
    const other = await organization('Other');
    await server.call('POST', '/__control/settings', { body: { ticket_organization_reassignment: false } });
    await server.call('PUT', '/api/v1/users/5', { body: { organization_id: other } });
    expect(await organizationOf(1)).toBe(1);
    await server.call('POST', `${TICKETS}/1/time_accountings`, { body: { time_unit: 5 } });
    expect(await organizationOf(1)).toBe(other);
  });
});

describe('a ticket', () => {
  it('is made with article, time and type in one call, or not at all', async () => {
    await server.call('POST', '/api/v1/time_accounting/types', { body: { name: 'Wartung' } });
    const article = { body: 'Notiz', time_unit: '1.5', accounted_time_type: 'Wartung' };
    const made = await newTicket({ article });
    expect([made.status, made.body]).toMatchObject([
      201,
      { id: 2, time_unit: '1.5', article_ids: [2], ticket_time_accounting_ids: [1] },
    ]);
    expect((await get(`${TICKETS}/2/time_accountings?expand=true`)).body).toMatchObject([
      { ticket_article_id: 2, type: 'Wartung' },
    ]);
    for (const bad of [
      { time_unit: 10_000 },
      { time_unit: 1, accounted_time_type_id: 9 },
      { type: 'pigeon' },
    ])
      expect((await newTicket({ article: { body: 'x', ...bad } })).status).toBe(422);
    expect(idsOf((await get(TICKETS)).body)).toEqual([1, 2]);
  });

  it('with time is refused whole while the feature is off, to admins too', async () => {
    await server.call('POST', '/__control/settings', { body: { time_accounting: false } });
    const update = await server.call('PUT', `${TICKETS}/1`, {
      body: { title: 'Neu', article: { body: 'x', time_unit: 1 } },
    });
    expect([update.status, part(update.body, 'error')]).toEqual([
      403,
      'Not authorized (Time Accounting is not enabled)!',
    ]);
    expect((await get(`${TICKETS}/1?expand=true`)).body).toMatchObject({
      title: 'Drucker',
      article_ids: [1],
    });
    const blank = await server.call('PUT', `${TICKETS}/1`, {
      body: { article: { body: 'x', time_unit: '' } },
    });
    expect(blank.status).toBe(200);
  });

  it('makes the customer it is given, and asks for a group', async () => {
    const guessed = await newTicket({ customer_id: 'guess:neu@example.com' });
    const told = await newTicket({ customer_id: undefined, customer: { email: 'neu@example.com' } });
    expect([part(guessed.body, 'customer_id'), part(told.body, 'customer_id')]).toEqual([7, 7]);
    expect((await newTicket({ customer_id: 'guess:nobody' })).status).toBe(422);
    const groupless = await newTicket({ group: undefined });
    expect([groupless.status, part(groupless.body, 'error')]).toEqual([
      422,
      "The required value 'group_id' is missing.",
    ]);
  });

  it('of a customer is theirs, whatever they send about customer and owner', async () => {
    const made = await newTicket(
      { customer_id: 2, owner_id: 3, article: { body: 'x', internal: true, type: 'email' } },
      'tok_customer',
    );
    expect(made.body).toMatchObject({
      customer_id: 5,
      owner_id: 1,
      create_article_sender_id: 2,
      create_article_type_id: 10,
    });
    const booked = { article: { body: 'x', time_unit: 1 } };
    expect((await server.call('PUT', `${TICKETS}/2`, { as: 'tok_customer', body: booked })).status).toBe(403);
  });

  it('keeps when it was closed first and last', async () => {
    const set = (state: string): Promise<Answer> => server.call('PUT', `${TICKETS}/1`, { body: { state } });
    expect((await set('closed')).body).toMatchObject({ close_at: '2026-11-23T09:00:00.000Z' });
    await set('open');
    await at('2026-11-24T09:00:00Z');
    expect((await set('closed')).body).toMatchObject({
      close_at: '2026-11-23T09:00:00.000Z',
      last_close_at: '2026-11-24T09:00:00.000Z',
    });
  });

  it('can be given a sum by hand, which is then not the truth', async () => {
    await server.call('POST', `${TICKETS}/1/time_accountings`, { body: { time_unit: 5 } });
    const set = await server.call('PUT', `${TICKETS}/1`, { body: { time_unit: 99 } });
    expect(part(set.body, 'time_unit')).toBe('99.0');
    expect((await get(`${TICKETS}/1/time_accountings`)).body).toMatchObject([{ time_unit: '5.0' }]);
  });

  it('lists entries that are cached until it is saved again', async () => {
    const ids = async (): Promise<unknown> =>
      part((await get(`${TICKETS}/1?expand=true`)).body, 'ticket_time_accounting_ids');
    expect(await ids()).toEqual([]);
    await server.call('POST', `${TICKETS}/1/time_accountings`, { body: { time_unit: 0 } });
    expect(await ids()).toEqual([]);
    await server.call('POST', `${TICKETS}/1/time_accountings`, { body: { time_unit: 1 } });
    expect(await ids()).toEqual([1, 2]);
  });

  it('has a history of names and ids', async () => {
    await server.call('PUT', `${TICKETS}/1`, { body: { state: 'open' } });
    const lines = part((await get('/api/v1/ticket_history/1', 'tok_agent')).body, 'history');
    expect(lines).toMatchObject([
      { type: 'created', object: 'Ticket', o_id: 1 },
      { type: 'updated', attribute: 'state', value_from: 'new', value_to: 'open', id_from: 1, id_to: 2 },
    ]);
    expect((await get('/api/v1/ticket_history/1', 'tok_customer')).status).toBe(403);
  });

  it('is deleted by full admins alone', async () => {
    const full = await server.call('DELETE', `${TICKETS}/1`, { as: 'tok_agent' });
    expect([full.status, part(full.body, 'error')]).toEqual([
      403,
      'Not authorized (admin permission required)!',
    ]);
    const reader = await server.call('DELETE', `${TICKETS}/1`, { as: 'tok_readonly' });
    expect(part(reader.body, 'error')).toBe('Not authorized');
    expect((await server.call('DELETE', `${TICKETS}/9`)).status).toBe(404);
  });

  it('merges into another, unless that one was merged or is itself', async () => {
    await newTicket({ title: 'Ziel' });
    const [one, two] = ['10001', '10002'];
    const merge = (source: number, target: string): Promise<Answer> =>
      server.call('PUT', `/api/v1/ticket_merge/${source}/${target}`);
    expect((await merge(1, '999')).body).toMatchObject({ result: 'failed' });
    expect((await merge(99, two)).body).toMatchObject({ result: 'failed' });
    expect((await merge(1, one)).status).toBe(422);
    const merged = await merge(1, two);
    expect(merged.body).toMatchObject({ result: 'success', source_ticket: { state_id: 5, owner_id: 1 } });
    expect(part(merged.body, 'target_ticket', 'article_ids')).toBeUndefined();
    expect((await merge(2, one)).status).toBe(422);
    const lines = part((await get('/api/v1/ticket_history/1')).body, 'history');
    expect(lines).toContainEqual(expect.objectContaining({ type: 'merged_into', id_from: 1, id_to: 2 }));
  });
});

describe('an article', () => {
  it('is made by itself, with time', async () => {
    const body = { ticket_id: 1, body: 'Notiz', time_unit: 2, internal: true };
    const made = await server.call('POST', ARTICLES, { as: 'tok_agent', body });
    expect([made.status, made.body]).toMatchObject([
      201,
      { id: 2, time_unit: '2.0', type: 'note', sender: 'Agent', internal: true },
    ]);
    expect((await get(`${ARTICLES}/1`)).body).toMatchObject({
      time_unit: null,
      type: 'web',
      sender: 'Customer',
    });
    expect((await server.call('POST', ARTICLES, { as: 'tok_readonly', body })).status).toBe(403);
    expect((await server.call('POST', ARTICLES, { body: { ticket_id: 1 } })).status).toBe(422);
    expect((await server.call('POST', ARTICLES, { body: { ...body, ticket_id: 9 } })).status).toBe(404);
  });

  it('that is internal is hidden from customers without a word', async () => {
    await server.call('POST', ARTICLES, { body: { ticket_id: 1, body: 'intern', internal: true } });
    expect(idsOf((await get(`${ARTICLES}/by_ticket/1`, 'tok_customer')).body)).toEqual([1]);
    expect((await get(`${ARTICLES}/2`, 'tok_customer')).status).toBe(403);
    expect(idsOf((await get(`${ARTICLES}/by_ticket/1`, 'tok_readonly')).body)).toEqual([1, 2]);
    const full = (await get(`${ARTICLES}/by_ticket/1?full=true`)).body;
    expect(part(full, 'record_ids')).toEqual([1, 2]);
    expect(keysOf(part(full, 'assets', 'TicketArticle'))).toEqual(['2']);
    expect((await get(ARTICLES, 'tok_sync')).status).toBe(403);
  });

  it('is deleted by its author only, as a note, within the time frame', async () => {
    const note = { ticket_id: 1, body: 'x' };
    for (const more of [{}, {}, { type: 'phone' }])
      await server.call('POST', ARTICLES, { as: 'tok_agent', body: { ...note, ...more } });
    const remove = async (id: number, as: string): Promise<unknown> => {
      const answer = await server.call('DELETE', `${ARTICLES}/${id}`, { as });
      return answer.status === 200 ? 200 : part(answer.body, 'error');
    };
    expect(await remove(2, 'tok_admin')).toBe('Not authorized (you can only delete your own notes)!');
    expect(await remove(4, 'tok_agent')).toBe('Not authorized (communication articles cannot be deleted)!');
    expect(await remove(2, 'tok_agent')).toBe(200);
    await at('2026-11-23T09:10:01Z');
    expect(await remove(3, 'tok_agent')).toBe('Not authorized (note is too old to be deleted)!');
    await server.call('POST', '/__control/settings', {
      body: { ui_ticket_zoom_article_delete_timeframe: 0 },
    });
    expect(await remove(3, 'tok_agent')).toBe(200);
  });

  it('can be changed by agents who may change the ticket', async () => {
    expect(
      (await server.call('PUT', `${ARTICLES}/1`, { as: 'tok_readonly', body: { internal: true } })).status,
    ).toBe(403);
    expect(
      (await server.call('PUT', `${ARTICLES}/1`, { as: 'tok_agent', body: { internal: true } })).body,
    ).toMatchObject({ internal: true });
  });
});

describe('versions', () => {
  const version = (text: string): Promise<unknown> =>
    server.call('POST', '/__control/installation', { body: { version: text } });

  it('show their own ticket columns', async () => {
    const keys = async (): Promise<string[]> => keysOf((await get(`${TICKETS}/1?expand=true`)).body);
    await version('6.3.1');
    expect(await keys()).not.toContain('checklist_id');
    await version('6.5.2');
    expect(await keys()).toContain('referencing_checklist_ids');
    expect(await keys()).not.toContain('ai_agent_running');
    await version('7.0.0');
    expect(await keys()).toContain('ai_stored_result_ids');
  });

  it('up to 6.0 know neither entries nor types nor the unit, but take time with an article', async () => {
    await version('6.0.0');
    for (const path of [
      '/api/v1/time_accountings',
      `${TICKETS}/1/time_accountings`,
      '/api/v1/time_accounting/types',
    ])
      expect((await get(path)).status).toBe(404);
    await server.call('PUT', `${TICKETS}/1`, { body: { article: { body: 'x', time_unit: 3 } } });
    expect((await get('/api/v1/time_accounting/log/by_ticket/2026/11')).body).toMatchObject([
      { time_unit: '3.0' },
    ]);
    expect(part((await get(`${ARTICLES}/2`)).body, 'time_unit')).toBeUndefined();
    const query = '{ applicationConfig { key value } }';
    const told = await server.call('POST', '/graphql', { body: { query } });
    expect(told.text).not.toContain('time_accounting_unit');
  });

  it('before 6.5 cut the assets of entries to five keys', async () => {
    await server.call('POST', `${TICKETS}/1/time_accountings`, { body: { time_unit: 3 } });
    const asset = async (): Promise<string[]> =>
      keysOf(
        part((await get('/api/v1/time_accountings?full=true')).body, 'assets', 'TicketTimeAccounting', '1'),
      );
    expect(await asset()).toContain('created_by_id');
    await version('6.1.0');
    expect(await asset()).toEqual(['id', 'ticket_id', 'ticket_article_id', 'time_unit', 'type_id']);
  });

  it('from 7.0 on add keys to an unprocessable call, but never to a failed validation', async () => {
    const refuse = (body: object): Promise<Answer> =>
      server.call('POST', `${TICKETS}/1/time_accountings`, { body });
    expect((await refuse({ time_unit: 1, type_id: 9 })).body).toHaveProperty('unprocessable_entity');
    expect((await refuse({})).body).not.toHaveProperty('unprocessable_entity');
    await version('6.5.0');
    expect((await refuse({ time_unit: 1, type_id: 9 })).body).not.toHaveProperty('unprocessable_entity');
  });

  it('before 6.0 had other words for a lacking permission', async () => {
    await version('5.5.0');
    const log = await get('/api/v1/time_accounting/log/by_ticket/2026/11', 'tok_agent');
    expect(part(log.body, 'error')).toBe('Not authorized (token)!');
  });
});
