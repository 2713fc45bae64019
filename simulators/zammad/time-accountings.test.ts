import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { idsOf, part, startZammad, type TestServer } from './test-server.js';

const TICKET = '/api/v1/tickets/1/time_accountings';
const ALL = '/api/v1/time_accountings';

let server: TestServer;
beforeEach(async () => {
  server = await startZammad();
  await newTicket('Drucker im Lager druckt nicht');
});
afterEach(() => server.simulator.close());

async function newTicket(title: string): Promise<unknown> {
  const body = { title, group: 'Users', customer: 'customer@example.com', article: { body: 'Hallo' } };
  return (await server.call('POST', '/api/v1/tickets', { body })).body;
}

async function book(time: unknown, more: object = {}): Promise<unknown> {
  const answer = await server.call('POST', TICKET, { body: { time_unit: time, ...more } });
  expect(answer.status).toBe(201);
  return answer.body;
}

const ticketTime = async (id = 1): Promise<unknown> =>
  part((await server.call('GET', `/api/v1/tickets/${id}`)).body, 'time_unit');

describe('what the project’s own specs fix', () => {
  it('lists entries in ascending id order', async () => {
    for (const time of [5, 3, 9]) await book(time);
    const answer = await server.call('GET', TICKET);
    expect(answer.status).toBe(200);
    expect(idsOf(answer.body)).toEqual([1, 2, 3]);
  });

  it('shows one entry with its time as text', async () => {
    await book(22);
    const answer = await server.call('GET', `${TICKET}/1`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id: 1,
      ticket_id: 1,
      ticket_article_id: null,
      time_unit: '22.0',
      type_id: null,
      created_by_id: 2,
      created_at: '2026-11-23T09:00:00.000Z',
      updated_at: '2026-11-23T09:00:00.000Z',
    });
  });

  it('ignores unknown keys and needs no article', async () => {
    const answer = await server.call('POST', TICKET, { body: { time_unit: 11, ticket_articke_id: 7 } });
    expect(answer.status).toBe(201);
    expect(part(answer.body, 'time_unit')).toBe('11.0');
  });

  it('updates to 15 and deletes with an empty object', async () => {
    await book(11);
    const updated = await server.call('PUT', `${TICKET}/1`, { body: { time_unit: 15 } });
    expect([updated.status, part(updated.body, 'time_unit')]).toEqual([200, '15.0']);
    const deleted = await server.call('DELETE', `${TICKET}/1`);
    expect([deleted.status, deleted.body]).toEqual([200, {}]);
    expect((await server.call('GET', `${ALL}/1`)).status).toBe(404);
  });

  it.each([
    ['tok_agent', 200, 201, 403, 403],
    ['tok_readonly', 403, 403, 403, 403],
    ['tok_customer', 403, 403, 403, 403],
    ['tok_sync', 200, 201, 200, 200],
  ])('lets %s list %i, create %i, update %i, delete %i', async (as, list, create, update, remove) => {
    await book(5);
    expect((await server.call('GET', TICKET, { as })).status).toBe(list);
    expect((await server.call('GET', `${TICKET}/1`, { as })).status).toBe(list);
    expect((await server.call('POST', TICKET, { as, body: { time_unit: 1 } })).status).toBe(create);
    expect((await server.call('PUT', `${TICKET}/1`, { as, body: { time_unit: 2 } })).status).toBe(update);
    expect((await server.call('DELETE', `${TICKET}/1`, { as })).status).toBe(remove);
  });

  it('lets only admins book while the feature is off, and reading goes on', async () => {
    await server.call('POST', '/__control/settings', { body: { time_accounting: false } });
    const refused = await server.call('POST', TICKET, { as: 'tok_agent', body: { time_unit: 1 } });
    expect([refused.status, part(refused.body, 'error')]).toEqual([
      403,
      'Not authorized (Time Accounting is not enabled)!',
    ]);
    expect((await server.call('GET', TICKET, { as: 'tok_agent' })).status).toBe(200);
    expect((await server.call('POST', TICKET, { body: { time_unit: 1 } })).status).toBe(201);
  });
});

describe('time booked with an article', () => {
  it('shows the time in the article and stores a type by name or id', async () => {
    await server.call('POST', '/api/v1/time_accounting/types', { body: { name: 'Fernwartung' } });
    const before = await server.call('GET', '/api/v1/ticket_articles/1?expand=true');
    expect(part(before.body, 'time_unit')).toBeNull();
    const article = { body: 'Treiber neu installiert', time_unit: 42, accounted_time_type: 'Fernwartung' };
    const updated = await server.call('PUT', '/api/v1/tickets/1', { as: 'tok_agent', body: { article } });
    expect(updated.status).toBe(200);
    const shown = await server.call('GET', '/api/v1/ticket_articles/2?expand=true');
    expect(part(shown.body, 'time_unit')).toBe('42.0');
    const [entry] = [(await server.call('GET', `${TICKET}/1?expand=true`)).body];
    expect(entry).toMatchObject({
      ticket_article_id: 2,
      type: 'Fernwartung',
      created_by: 'agent@example.com',
    });
  });

  it('rolls the whole update back while the feature is off', async () => {
    await server.call('POST', '/__control/settings', { body: { time_accounting: false } });
    const body = { title: 'Anders', article: { body: 'x', time_unit: 1 } };
    expect((await server.call('PUT', '/api/v1/tickets/1', { as: 'tok_agent', body })).status).toBe(403);
    const ticket = await server.call('GET', '/api/v1/tickets/1?expand=true');
    expect(ticket.body).toMatchObject({ title: 'Drucker im Lager druckt nicht', article_ids: [1] });
  });

  it('destroys the entry with its article and leaves the others', async () => {
    await book(10);
    const article = { body: 'Notiz', time_unit: 5 };
    await server.call('PUT', '/api/v1/tickets/1', { body: { article } });
    expect(await ticketTime()).toBe('15.0');
    await server.call('DELETE', '/api/v1/ticket_articles/2');
    expect(await ticketTime()).toBe('10.0');
    expect(idsOf((await server.call('GET', TICKET)).body)).toEqual([1]);
  });

  it('allows one entry per article, many without, and none of another ticket', async () => {
    await newTicket('Zweites');
    await book(1, { ticket_article_id: 1 });
    const taken = await server.call('POST', TICKET, { body: { time_unit: 1, ticket_article_id: 1 } });
    expect([taken.status, part(taken.body, 'error')]).toEqual([422, 'Ticket article has already been taken']);
    const foreign = await server.call('POST', TICKET, { body: { time_unit: 1, ticket_article_id: 2 } });
    expect(foreign.status).toBe(422);
    expect(part(foreign.body, 'error')).toMatch(/This article is not part of the ticket\.$/);
    await book(1);
    await book(1);
  });
});

describe('validation', () => {
  it.each([
    [{}, "Time unit can't be blank"],
    [{ time_unit: '' }, "Time unit can't be blank"],
    [{ time_unit: 1, type_id: 999 }, "Invalid value for param 'type_id': 999"],
    [{ time_unit: 1, ticket_article_id: 999 }, "Invalid value for param 'ticket_article_id': 999"],
    [{ time_unit: 1, type: 'Nichts' }, 'No lookup value found for \'type\': "Nichts"'],
  ])('refuses %j with 422', async (body, error) => {
    const answer = await server.call('POST', TICKET, { body });
    expect([answer.status, part(answer.body, 'error'), part(answer.body, 'error_human')]).toEqual([
      422,
      error,
      error,
    ]);
  });

  it('refuses an unknown ticket on the global route', async () => {
    const answer = await server.call('POST', ALL, { body: { ticket_id: 99, time_unit: 1 } });
    expect([answer.status, part(answer.body, 'error')]).toEqual([422, 'Ticket must exist']);
  });

  it('masks a database overflow for everybody but full admins', async () => {
    const raw = await server.call('POST', TICKET, { body: { time_unit: 10_000 } });
    expect([raw.status, String(part(raw.body, 'error'))]).toEqual([
      422,
      expect.stringContaining('numeric field overflow'),
    ]);
    await book(9999);
    const masked = await server.call('POST', TICKET, { as: 'tok_sync', body: { time_unit: 1 } });
    expect(masked.status).toBe(422);
    expect(part(masked.body, 'error')).toMatch(
      /^Error ID [A-Za-z0-9]{8}: Please contact your administrator\.$/,
    );
    expect(part(masked.body, 'error_human')).toBeUndefined();
  });
});

describe('odd corners', () => {
  it('answers 422 to the deletion of an unknown entry and 404 to everything else', async () => {
    await book(1);
    await newTicket('Zweites');
    const unknown = await server.call('DELETE', `${ALL}/77`);
    expect([unknown.status, part(unknown.body, 'error')]).toEqual([
      422,
      `Couldn't find Ticket::TimeAccounting with 'id'="77"`,
    ]);
    expect((await server.call('PUT', `${ALL}/77`, { body: { time_unit: 1 } })).status).toBe(404);
    expect((await server.call('GET', `${ALL}/77`)).status).toBe(404);
    expect((await server.call('GET', '/api/v1/tickets/2/time_accountings/1')).status).toBe(404);
    expect((await server.call('DELETE', '/api/v1/tickets/2/time_accountings/1')).status).toBe(404);
  });

  it('shows admins an empty list for a missing ticket, and agents a 404', async () => {
    const admin = await server.call('GET', '/api/v1/tickets/999999/time_accountings');
    expect([admin.status, admin.body]).toEqual([200, []]);
    expect(
      (await server.call('GET', '/api/v1/tickets/999999/time_accountings', { as: 'tok_agent' })).status,
    ).toBe(404);
  });

  it('moves an entry by the global route and leaves the old sum stale', async () => {
    await book(10);
    await newTicket('Zweites');
    await server.call('PUT', `${ALL}/1`, { body: { ticket_id: 2 } });
    expect([await ticketTime(1), await ticketTime(2)]).toEqual(['10.0', '10.0']);
    expect((await server.call('GET', TICKET)).body).toEqual([]);
  });

  it('does not move an entry by the route of its ticket', async () => {
    await book(10);
    await newTicket('Zweites');
    const answer = await server.call('PUT', `${TICKET}/1`, { body: { ticket_id: 2, time_unit: 11 } });
    expect(answer.body).toMatchObject({ ticket_id: 1, time_unit: '11.0' });
  });

  it('books as another user with the From header of a user admin', async () => {
    const answer = await server.call('POST', TICKET, {
      body: { time_unit: 1 },
      headers: { from: 'agent@example.com' },
    });
    expect(part(answer.body, 'created_by_id')).toBe(3);
    const refused = await server.call('POST', TICKET, {
      as: 'tok_agent',
      body: { time_unit: 1 },
      headers: { from: '2' },
    });
    expect(refused.status).toBe(403);
  });
});

describe('what breaks the policy', () => {
  it('is a list of tickets for an agent, and a blank or missing ticket', async () => {
    const list = await server.call('GET', `${ALL}?ticket_id[]=1`, { as: 'tok_agent' });
    expect([list.status, String(part(list.body, 'error'))]).toEqual([
      500,
      expect.stringMatching(/^Error ID /),
    ]);
    expect((await server.call('GET', `${ALL}?ticket_id=`, { as: 'tok_agent' })).status).toBe(403);
    const homeless = await server.call('POST', ALL, { as: 'tok_agent', body: { time_unit: 1 } });
    expect([homeless.status, part(homeless.body, 'error')]).toEqual([
      404,
      "Couldn't find Ticket without an ID",
    ]);
    const gone = await server.call('POST', ALL, { as: 'tok_agent', body: { ticket_id: 9, time_unit: 1 } });
    expect(gone.status).toBe(404);
  });

  it('is nothing for an admin whose group access is none', async () => {
    await server.call('PUT', '/api/v1/users/6', { body: { group_ids: {} } });
    const booked = await server.call('POST', TICKET, { as: 'tok_sync', body: { time_unit: 1 } });
    expect(booked.status).toBe(201);
    expect((await server.call('GET', '/api/v1/tickets/1', { as: 'tok_sync' })).status).toBe(403);
  });
});

describe('what time does to its ticket', () => {
  const later = (at: string): Promise<unknown> =>
    server.call('POST', '/__control/clock', { body: { now: at } });
  const updatedAt = async (): Promise<unknown> =>
    part((await server.call('GET', '/api/v1/tickets/1')).body, 'updated_at');

  it('is null before the first entry and "0.0" after the last one went', async () => {
    expect(await ticketTime()).toBeNull();
    await book(5);
    await server.call('DELETE', `${TICKET}/1`);
    expect(await ticketTime()).toBe('0.0');
  });

  it('does not touch the ticket for a zero entry or a change of the type alone', async () => {
    await server.call('POST', '/api/v1/time_accounting/types', { body: { name: 'Wartung' } });
    await book(5);
    const before = await updatedAt();
    await later('2026-11-23T10:00:00Z');
    await book(0);
    const retyped = await server.call('PUT', `${TICKET}/1`, { body: { type_id: 1 } });
    expect(part(retyped.body, 'updated_at')).toBe('2026-11-23T10:00:00.000Z');
    expect(await updatedAt()).toBe(before);
    await server.call('PUT', `${TICKET}/1`, { body: { time_unit: 6 } });
    expect(await updatedAt()).toBe('2026-11-23T10:00:00.000Z');
  });

  it('does not move updated_at when a PUT changes nothing', async () => {
    await book(5);
    await later('2026-11-23T10:00:00Z');
    const same = await server.call('PUT', `${TICKET}/1`, { body: { time_unit: '5.00' } });
    expect(part(same.body, 'updated_at')).toBe('2026-11-23T09:00:00.000Z');
  });

  it('leaves entries on the source of a merge while their articles go to the target', async () => {
    await newTicket('Ziel');
    await server.call('PUT', '/api/v1/tickets/1', { body: { article: { body: 'Notiz', time_unit: 5 } } });
    const target = await server.call('GET', '/api/v1/tickets/2');
    const merged = await server.call('PUT', `/api/v1/ticket_merge/1/${String(part(target.body, 'number'))}`);
    expect(part(merged.body, 'result')).toBe('success');
    expect(idsOf((await server.call('GET', TICKET)).body)).toEqual([1]);
    expect((await server.call('GET', '/api/v1/tickets/2/time_accountings')).body).toEqual([]);
    expect(part((await server.call('GET', '/api/v1/ticket_articles/3')).body, 'ticket_id')).toBe(2);
    expect((await server.call('GET', '/api/v1/tickets/1?expand=true')).body).toMatchObject({
      state: 'merged',
      owner_id: 1,
    });
    await server.call('DELETE', '/api/v1/ticket_articles/3');
    expect([await ticketTime(1), await ticketTime(2)]).toEqual(['0.0', null]);
  });

  it('takes all entries along when the ticket is deleted', async () => {
    await book(5);
    expect((await server.call('DELETE', '/api/v1/tickets/1', { as: 'tok_sync' })).status).toBe(403);
    const deleted = await server.call('DELETE', '/api/v1/tickets/1');
    expect([deleted.status, deleted.text]).toEqual([200, '']);
    expect((await server.call('GET', '/api/v1/tickets/1')).status).toBe(404);
    expect((await server.call('GET', ALL)).body).toEqual([]);
  });

  it('hands the entries of an erased user to user 1', async () => {
    await server.call('POST', TICKET, { as: 'tok_agent', body: { time_unit: 5 } });
    await later('2026-11-23T10:00:00Z');
    await server.call('POST', '/api/v1/data_privacy_tasks', {
      body: { deletable_type: 'User', deletable_id: 3 },
    });
    const entry = await server.call('GET', `${ALL}/1?expand=true`);
    expect(entry.body).toMatchObject({
      created_by_id: 1,
      created_by: '-',
      updated_at: '2026-11-23T10:00:00.000Z',
    });
  });
});

describe('the list', () => {
  beforeEach(async () => {
    for (const time of [3, 1, 2]) await book(time);
  });

  it('sorts by pairs and drops a column without its direction', async () => {
    expect(idsOf((await server.call('GET', `${ALL}?sort_by=time_unit,id&order_by=desc,asc`)).body)).toEqual([
      1, 3, 2,
    ]);
    expect(idsOf((await server.call('GET', `${ALL}?sort_by=updated_at,id&order_by=desc`)).body)).toEqual([
      1, 2, 3,
    ]);
  });

  it('answers 500 to an unknown column, in words for a full admin only', async () => {
    const raw = await server.call('GET', `${ALL}?sort_by=nothing`);
    expect([raw.status, part(raw.body, 'error')]).toEqual([
      500,
      "Found invalid column 'nothing' for sorting.",
    ]);
    expect(
      part((await server.call('GET', `${ALL}?sort_by=nothing`, { as: 'tok_sync' })).body, 'error'),
    ).toMatch(/^Error ID /);
  });

  it('pages, clamps, and refuses a page before the first', async () => {
    expect(idsOf((await server.call('GET', `${ALL}?per_page=2&page=2`)).body)).toEqual([3]);
    expect((await server.call('GET', `${ALL}?per_page=2&page=3`)).body).toEqual([]);
    expect((await server.call('GET', `${ALL}?page=0`)).status).toBe(422);
    expect(idsOf((await server.call('GET', `${ALL}?per_page=5000`)).body)).toEqual([1, 2, 3]);
  });

  it('counts the whole scope with full=true, and expand wins over full', async () => {
    const full = await server.call('GET', `${ALL}?full=true&per_page=0`);
    expect(full.body).toMatchObject({ record_ids: [], total_count: 3 });
    const assets = (await server.call('GET', `${ALL}?full=true&per_page=1`)).body;
    expect(part(assets, 'assets', 'TicketTimeAccounting', '1', 'time_unit')).toBe('3.0');
    expect(part(assets, 'assets', 'User', '2', 'login')).toBe('admin@example.com');
    expect(Array.isArray((await server.call('GET', `${ALL}?full=true&expand=true`)).body)).toBe(true);
  });

  it('filters by one ticket or several for admins, and agents must name a ticket', async () => {
    await newTicket('Zweites');
    await server.call('POST', ALL, { body: { ticket_id: 2, time_unit: 9 } });
    expect(idsOf((await server.call('GET', `${ALL}?ticket_id=2`)).body)).toEqual([4]);
    expect(idsOf((await server.call('GET', `${ALL}?ticket_id[]=1&ticket_id[]=2`)).body)).toEqual([
      1, 2, 3, 4,
    ]);
    expect((await server.call('GET', ALL, { as: 'tok_agent' })).status).toBe(403);
    expect(idsOf((await server.call('GET', `${ALL}?ticket_id=2`, { as: 'tok_agent' })).body)).toEqual([4]);
  });
});

describe('activity types', () => {
  const TYPES = '/api/v1/time_accounting/types';

  it('are unique whatever the case, keep their id when renamed, and cannot be shown or deleted', async () => {
    expect((await server.call('POST', TYPES, { body: { name: 'Wartung' } })).status).toBe(201);
    expect((await server.call('POST', TYPES, { body: { name: 'WARTUNG' } })).status).toBe(422);
    const renamed = await server.call('PUT', `${TYPES}/1`, { body: { name: 'Wartung vor Ort' } });
    expect(renamed.body).toMatchObject({ id: 1, name: 'Wartung vor Ort', active: true, note: null });
    expect((await server.call('GET', `${TYPES}/1`)).status).toBe(404);
    expect((await server.call('DELETE', `${TYPES}/1`)).status).toBe(404);
    expect((await server.call('GET', TYPES, { as: 'tok_agent' })).status).toBe(403);
  });
});
