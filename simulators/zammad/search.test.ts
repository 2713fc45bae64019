import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { addTickets, idsOf, part, startZammad, type Answer, type TestServer } from './test-server.js';

let server: TestServer;
const at = (now: string): Promise<unknown> => server.call('POST', '/__control/clock', { body: { now } });
const search = (body: object, as = 'tok_admin'): Promise<Answer> =>
  server.call('POST', '/api/v1/tickets/search', { as, body: { sort_by: 'id', order_by: 'asc', ...body } });
const found = async (body: object): Promise<unknown[]> =>
  idsOf((await search({ ...body, expand: true })).body);

beforeEach(async () => {
  server = await startZammad();
  for (const [day, title] of [
    ['20', 'Drucker'],
    ['21', 'Monitor'],
    ['22', 'Router'],
  ] as const) {
    await at(`2026-11-${day}T09:00:00Z`);
    const body = {
      title,
      group: 'Users',
      customer: 'customer@example.com',
      article: { body: `Text zu ${title}` },
    };
    await server.call('POST', '/api/v1/tickets', { body });
  }
  await server.call('POST', '/api/v1/tickets/3/time_accountings', { body: { time_unit: 5 } });
});
afterEach(() => server.simulator.close());

describe('a condition', () => {
  const updated = (operator: string, value: unknown) => ({
    condition: { 'ticket.updated_at': { operator, value } },
  });

  it('compares absolute times inclusively', async () => {
    expect(await found(updated('after (absolute)', '2026-11-21T09:00:00.000Z'))).toEqual([2, 3]);
    expect(await found(updated('before (absolute)', '2026-11-21T09:00:00.000Z'))).toEqual([1, 2]);
  });

  it('ignores an offset in a time', async () => {
    expect(await found(updated('after (absolute)', '2026-11-21T09:30:00+02:00'))).toEqual([3]);
  });

  it('finds tickets that ever had time, and tickets by a list of ids', async () => {
    expect(await found({ condition: { 'ticket.time_unit': { operator: 'is not', value: null } } })).toEqual([
      3,
    ]);
    expect(await found({ condition: { 'ticket.id': { operator: 'is', value: [1, 3] } } })).toEqual([1, 3]);
    expect(await found({ ids: [2, 3] })).toEqual([2, 3]);
  });

  it('combines trees of conditions', async () => {
    const leaf = (value: string) => ({ name: 'ticket.title', operator: 'contains', value });
    expect(
      await found({ condition: { operator: 'OR', conditions: [leaf('drucker'), leaf('ROUTER')] } }),
    ).toEqual([1, 3]);
    expect(await found({ condition: { operator: 'NOT', conditions: [leaf('drucker')] } })).toEqual([2, 3]);
  });

  it('drops what is incomplete and so returns everything', async () => {
    expect(await found({ condition: { 'ticket.updated_at': { operator: 'after (absolute)' } } })).toEqual([
      1, 2, 3,
    ]);
  });

  it('answers 500 to an unknown operator or table and 422 to an unknown column', async () => {
    expect((await search(updated('after', '2026-11-21'))).status).toBe(500);
    expect((await search({ condition: { 'nothing.id': { operator: 'is', value: 1 } } })).status).toBe(500);
    expect((await search({ condition: { 'ticket.nothing': { operator: 'is', value: 1 } } })).status).toBe(
      422,
    );
  });
});

describe('the shapes', () => {
  it('is an array of tickets with ids, or total and assets, from 6.5 on', async () => {
    const plain = await search({});
    expect(part(Array.isArray(plain.body) ? plain.body[2] : null, 'ticket_time_accounting_ids')).toEqual([1]);
    const full = await search({ full: true, per_page: 1 });
    expect(full.body).toMatchObject({ record_ids: [1], total_count: 3 });
    expect(part(full.body, 'assets', 'Organization', '1', 'name')).toBe('Example GmbH');
    expect((await search({ only_total_count: true })).body).toEqual({ total_count: 3 });
    expect((await search({ with_total_count: true, expand: true })).body).toMatchObject({ total_count: 3 });
  });

  it('is an object up to 6.4, but for expand', async () => {
    await server.call('POST', '/__control/installation', { body: { version: '6.4.1' } });
    expect((await search({ full: true, per_page: 2 })).body).toMatchObject({
      tickets: [1, 2],
      tickets_count: 2,
    });
    expect(await found({})).toEqual([1, 2, 3]);
  });

  it('clamps pages to 200, and lists to 100', async () => {
    const full = await startZammad((world) => addTickets(world, 205));
    const searched = await full.call('GET', '/api/v1/tickets/search?per_page=1000');
    const listed = await full.call('GET', '/api/v1/tickets?per_page=1000');
    await full.simulator.close();
    expect([idsOf(searched.body).length, idsOf(listed.body).length]).toEqual([200, 100]);
  });
});

describe('a query', () => {
  it('is a LIKE over title, number and articles without Elasticsearch; dates match nothing', async () => {
    expect(await found({ query: 'zu moni' })).toEqual([2]);
    expect(await found({ query: 'updated_at:>2020-01-01' })).toEqual([]);
  });

  it('asks Elasticsearch when there is one, which lags behind and hides its errors', async () => {
    const index = { delay_ms: 5000 };
    await server.call('POST', '/__control/installation', { body: { search_index: index } });
    expect(await found({ query: 'updated_at:>"2026-11-21T00:00:00Z"' })).toEqual([2, 3]);
    expect(await found({ query: 'time_unit:>0' })).toEqual([3]);
    await server.call('PUT', '/api/v1/tickets/1', { body: { title: 'Scanner' } });
    expect(await found({ query: 'scanner' })).toEqual([]);
    await at('2026-11-22T09:00:06Z');
    expect(await found({ query: 'scanner' })).toEqual([1]);
    const broken = await search({ query: 'title:"offen' });
    expect([broken.status, broken.body]).toEqual([200, []]);
    await server.call('POST', '/__control/installation', { body: { search_index: { failing: true } } });
    const down = await search({ query: 'router' });
    expect([down.status, down.body]).toEqual([200, []]);
  });

  it('reads the query language of Elasticsearch', async () => {
    await server.call('POST', '/__control/installation', { body: { search_index: {} } });
    for (const [query, ids] of [
      ['rout', [3]],
      ['title:rout', []],
      ['title:rout*', [3]],
      ['title:router OR title:monitor', [2, 3]],
      ['(title:router OR title:monitor) AND NOT number:10002', [3]],
      ['title:(drucker OR router)', [1, 3]],
      ['-title:drucker', [2, 3]],
      ['"text zu monitor"', [2]],
      ['customer.lastname:customer AND organization.name:"example gmbh"', [1, 2, 3]],
      ['created_at:[2026-11-21 TO *]', [2, 3]],
      ['created_at:{2026-11-20 TO 2026-11-22}', [2]],
      ['created_at:>2026-11-21', [3]],
      ['created_at:<=2026-11-21', [1, 2]],
      ['created_at:2026-11-21', [2]],
      ['created_at:>now-1d/d', [3]],
      ['_exists_:time_unit', [3]],
      ['time_unit:[1 TO 5]', [3]],
      ['nothing:here', []],
      ['title:(drucker', []],
    ] as const)
      expect([query, await found({ query })]).toEqual([query, ids]);
  });

  it('reads dates of a query in the default zone unless they carry an offset', async () => {
    await server.call('POST', '/__control/installation', { body: { search_index: {} } });
    expect(await found({ query: 'created_at:>"2026-11-22T09:30:00"' })).toEqual([3]);
    expect(await found({ query: 'created_at:>"2026-11-22T09:30:00Z"' })).toEqual([]);
  });

  it('pages no further than the window, which is wider since 6.5.1', async () => {
    const deep = async (version: string): Promise<unknown> => {
      await server.call('POST', '/__control/installation', {
        body: { version, search_index: { window: 4 } },
      });
      return found({ query: 'text', per_page: 2, page: 3 });
    };
    expect([await deep('6.5.0'), await found({ query: 'text', per_page: 2, page: 2 })]).toEqual([[], [3]]);
    const first = { query: 'text', per_page: 200, page: 51 };
    for (const [version, total] of [
      ['6.5.0', 0],
      ['6.5.1', 3],
    ] as const) {
      await server.call('POST', '/__control/installation', { body: { version, search_index: {} } });
      expect(part((await search({ ...first, full: true })).body, 'total_count')).toBe(total);
    }
  });

  it('takes the condition into account beside the query from 6.5 on, and forgets deleted tickets', async () => {
    const both = { query: 'text', condition: { 'ticket.id': { operator: 'is', value: 2 } } };
    expect(await found(both)).toEqual([2]);
    await server.call('POST', '/__control/installation', { body: { version: '6.4.0' } });
    expect(await found(both)).toEqual([1, 2, 3]);
    await server.call('POST', '/__control/installation', { body: { version: '7.0.0', search_index: {} } });
    await server.call('DELETE', '/api/v1/tickets/2');
    expect(part((await search({ query: 'text', full: true })).body, 'total_count')).toBe(2);
  });

  it('answers a condition from the database although Elasticsearch is down', async () => {
    await server.call('POST', '/__control/installation', { body: { search_index: { failing: true } } });
    expect(await found({ condition: { 'ticket.id': { operator: 'is', value: 2 } } })).toEqual([2]);
  });
});

it('shows nobody more than their groups, and customers their organization’s', async () => {
  expect(idsOf((await search({}, 'tok_readonly')).body)).toEqual([1, 2, 3]);
  expect(idsOf((await search({}, 'tok_customer')).body)).toEqual([1, 2, 3]);
  await server.call('POST', '/api/v1/groups', { body: { name: 'Intern' } });
  expect(idsOf((await server.call('GET', '/api/v1/groups', { as: 'tok_agent' })).body)).toEqual([1, 2]);
});
