import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { idsOf, part, startZammad, type Answer, type TestServer } from './test-server.js';

let server: TestServer;
const at = (now: string): Promise<unknown> => server.call('POST', '/__control/clock', { body: { now } });
const ask = (condition: unknown, more: object = {}): Promise<Answer> =>
  server.call('POST', '/api/v1/tickets/search', {
    body: { condition, sort_by: 'id', order_by: 'asc', ...more },
  });
const found = async (condition: unknown): Promise<unknown[]> => idsOf((await ask(condition)).body);
const leaf = (name: string, operator: string, value?: unknown) => ({
  [name]: { operator, ...(value === undefined ? {} : { value }) },
});

beforeEach(async () => {
  server = await startZammad();
  for (const [day, title, owner] of [
    ['20', 'Drucker klemmt', 3],
    ['21', 'Monitor', 2],
    ['22', 'Router', 1],
  ] as const) {
    await at(`2026-11-${day}T09:00:00Z`);
    const article = { body: `Text zu ${title}`, subject: `Betreff ${day}` };
    const body = { title, group: 'Users', customer_id: 5, owner_id: owner, article };
    await server.call('POST', '/api/v1/tickets', { body });
  }
  await at('2026-11-22T22:30:00Z');
});
afterEach(() => server.simulator.close());

describe('a condition of a search', () => {
  it('is ignored as a whole when one part of it is incomplete', async () => {
    const whole = { ...leaf('ticket.title', 'contains', 'Router'), ...leaf('ticket.state_id', 'is') };
    expect(await found(whole)).toEqual([1, 2, 3]);
    expect(await found(leaf('ticket.state_id', 'is', []))).toEqual([1, 2, 3]);
    expect(await found(leaf('ticket.title', 'contains', ''))).toEqual([1, 2, 3]);
    expect(await found({})).toEqual([1, 2, 3]);
  });

  it('answers 500 to what raises and 422 to what the database refuses', async () => {
    for (const [condition, status] of [
      [{ 'ticket.title': { value: 'x' } }, 500],
      [leaf('ticket.title', 'sounds like', 'x'), 500],
      [leaf('ticket.title', 'is set'), 500],
      [leaf('group.name', 'is', 'Users'), 500],
      [leaf('customer.shoe_size', 'is', 44), 422],
      [leaf('ticket.created_at', 'after (absolute)', 'yesterday'), 422],
      [leaf('ticket.title', 'matches regex', '('), 422],
    ] as const)
      expect([JSON.stringify(condition), (await ask(condition)).status]).toEqual([
        JSON.stringify(condition),
        status,
      ]);
    expect(part((await ask(leaf('ticket.title', 'sounds like', 'x'))).body, 'error')).toContain(
      'sounds like',
    );
  });

  it('finds nothing by a null bound, since nothing compares with NULL', async () => {
    expect(await found(leaf('ticket.updated_at', 'after (absolute)', null))).toEqual([]);
  });

  it('compares lists, texts and patterns', async () => {
    expect(await found(leaf('ticket.owner_id', 'is', ['2', 3]))).toEqual([1, 2]);
    expect(await found(leaf('ticket.owner_id', 'is not', [2]))).toEqual([1, 3]);
    expect(await found(leaf('ticket.title', 'is any of', ['Monitor', 'Router']))).toEqual([2, 3]);
    expect(await found(leaf('ticket.title', 'is none of', ['Monitor']))).toEqual([1, 3]);
    expect(await found(leaf('ticket.title', 'starts with one of', ['mon', 'dru']))).toEqual([1, 2]);
    expect(await found(leaf('ticket.title', 'ends with', 'ER'))).toEqual([3]);
    expect(await found(leaf('ticket.title', 'contains not', 'drucker'))).toEqual([2, 3]);
    expect(await found(leaf('ticket.title', 'matches regex', '^(M|R)'))).toEqual([2, 3]);
  });

  it('tells blank from set by pre_condition, and knows who asks', async () => {
    const by = (pre: string) => ({ 'ticket.owner_id': { operator: 'is', pre_condition: pre } });
    expect(await found(by('not_set'))).toEqual([3]);
    expect(await found(by('current_user.id'))).toEqual([2]);
    expect(await found(leaf('ticket.close_at', 'is', null))).toEqual([1, 2, 3]);
  });

  it('joins people, organizations, states and articles', async () => {
    expect(await found(leaf('customer.email', 'is', 'customer@example.com'))).toEqual([1, 2, 3]);
    expect(await found(leaf('owner.login', 'is', 'agent@example.com'))).toEqual([1]);
    expect(await found(leaf('organization.name', 'starts with', 'Exam'))).toEqual([1, 2, 3]);
    expect(await found(leaf('ticket_state.name', 'is', 'closed'))).toEqual([]);
    const same = {
      ...leaf('article.body', 'contains', 'Monitor'),
      ...leaf('article.subject', 'contains', '21'),
    };
    expect(await found(same)).toEqual([2]);
    expect(await found(leaf('ticket.tags', 'contains one not', 'vip'))).toEqual([1, 2, 3]);
  });

  it('counts relative times in calendar units and today in the default zone', async () => {
    const within = (value: number, range: string) => ({
      'ticket.created_at': { operator: 'within last (relative)', value, range },
    });
    expect(await found(within(2, 'day'))).toEqual([2, 3]);
    expect(await found(within(1, 'month'))).toEqual([1, 2, 3]);
    expect((await ask(within(1, 'fortnight'))).status).toBe(500);
    // Half past eleven at night in UTC is the next day in Berlin.
    await at('2026-11-22T23:30:00Z');
    expect(await found(leaf('ticket.created_at', 'today'))).toEqual([]);
    await at('2026-11-22T20:30:00Z');
    expect(await found(leaf('ticket.created_at', 'today'))).toEqual([3]);
  });

  it('negates a block as a whole', async () => {
    const child = (name: string, value: string) => ({ name, operator: 'contains', value });
    const conditions = [child('ticket.title', 'Drucker'), child('ticket.title', 'klemmt')];
    expect(await found({ operator: 'NOT', conditions })).toEqual([2, 3]);
    expect((await ask({ operator: 'XOR', conditions })).status).toBe(422);
    const nested = {
      operator: 'OR',
      conditions: [{ operator: 'AND', conditions }, child('ticket.title', 'Router')],
    };
    expect(await found(nested)).toEqual([1, 3]);
  });

  it('finds tickets by id whatever the order, and only those that hold', async () => {
    const both = { ...leaf('ticket.id', 'is', [3, 1, 99]), ...leaf('ticket.title', 'contains', 'r') };
    const newest = await ask(both, { sort_by: 'updated_at', order_by: 'desc', expand: true });
    expect(idsOf(newest.body)).toEqual([3, 1]);
  });
});
