import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectorContext } from '../../connectors/port.js';
import { startStub, type StubHandler, type StubServer } from '../../connectors/test-stub.js';
import { createZammadSource } from '../../connectors/zammad/source.js';
import { allPages } from './source-conformance.js';
import { startZammadWorld, zammadContext } from './zammad-world.js';

/** Types of vitest's matchers are `any`: what they stand for here is a text. */
const containing = (part: string): unknown => expect.stringContaining(part);
const failing: unknown = expect.stringMatching(/contract_broken|unavailable/);

const NO_WAITING = { retryDelaysMs: [] };
const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function world(...given: Parameters<typeof startZammadWorld>) {
  const started = await startZammadWorld(...given);
  opened.push(started);
  return started;
}

function sourceOf(url: string, token = 'tok_sync', more: Partial<ConnectorContext> = {}) {
  const source = createZammadSource({ ...zammadContext(url, token), ...more }, NO_WAITING);
  opened.push(source);
  return source;
}

const user = {
  id: 3,
  login: 'agent@example.com',
  firstname: 'Anna',
  lastname: 'Agent',
  email: '',
  active: true,
};
const entry = (id: number, more: object = {}) => ({
  id,
  ticket_id: 50,
  ticket_article_id: null,
  time_unit: '15.0',
  type_id: null,
  created_by_id: 3,
  created_at: '2026-11-23T08:11:49.315Z',
  updated_at: '2026-11-23T08:11:49.315Z',
  ...more,
});

/** As Zammad counts: all pages together. What is no list could be anything, so that it is asked for. */
function countOf(listing: (page: number) => unknown): number {
  let count = 0;
  for (let page = 1; page <= 10; page += 1) {
    const rows = listing(page);
    if (!Array.isArray(rows)) return 1;
    if (rows.length === 0) break;
    count += rows.length;
  }
  return count;
}

/** A Zammad that says one thing where a test needs it, and is plain otherwise. */
async function stub(
  listing: (page: number) => unknown,
  search: StubHandler = () => ({ body: [] }),
): Promise<StubServer> {
  const started = await startStub((call) => {
    const { pathname, searchParams } = call.url;
    if (pathname.endsWith('/time_accountings') && searchParams.get('full') === 'true')
      return { body: { total_count: countOf(listing) } };
    if (pathname.endsWith('/time_accountings'))
      return { body: listing(Number(searchParams.get('page') ?? 1)) };
    if (pathname.endsWith('/users/3')) return { body: user };
    if (pathname.endsWith('/tickets/search')) return search(call);
    return { status: 404, body: { error: 'not found' } };
  });
  opened.push(started);
  return started;
}

async function reading(listing: (page: number) => unknown, unitPeriods?: ConnectorContext['unitPeriods']) {
  const { url } = await stub(listing);
  return sourceOf(url, 't', unitPeriods === undefined ? {} : { unitPeriods });
}

describe('numbers', () => {
  it('reads decimals exactly, by the unit that was in force when the entry was booked', async () => {
    const listing = (page: number) =>
      page > 1
        ? []
        : [
            entry(1, { time_unit: '0.1', created_at: '2026-10-01T00:00:00.000Z' }),
            entry(2, { time_unit: '-1.5', created_at: '2026-11-01T00:00:00.000Z' }),
          ];
    const unitPeriods = [
      { from: null, secondsPerUnit: 60 },
      { from: '2026-11-01T00:00:00Z', secondsPerUnit: 3_600 },
    ];
    const source = await reading(listing, unitPeriods);
    const entries = await allPages((cursor) => source.listAll(cursor));
    expect(entries.map(({ seconds, unitText }) => [seconds, unitText])).toEqual([
      [6, '0.1'],
      [-5_400, '-1.5'],
    ]);
  });

  it('keeps an entry whose number does not come out in whole seconds, and says so', async () => {
    const source = await reading((page) => (page > 1 ? [] : [entry(1, { time_unit: '0.01' })]));
    const [only] = (await source.listAll(null)).items;
    expect(only).toMatchObject({ seconds: null, unreadable: 'not_even', unitText: '0.01' });
  });

  it('keeps an entry from before the first known unit, and says so', async () => {
    const unitPeriods = [{ from: '2026-12-01T00:00:00Z', secondsPerUnit: 60 }];
    const source = await reading((page) => (page > 1 ? [] : [entry(1)]), unitPeriods);
    expect((await source.listAll(null)).items[0]).toMatchObject({
      seconds: null,
      unreadable: 'unit_unknown',
    });
  });
});

describe('days', () => {
  it.each([
    ['2026-11-22T23:30:00.000Z', '2026-11-23'],
    ['2026-11-22T22:30:00.000Z', '2026-11-22'],
    ['2026-03-28T23:30:00.000Z', '2026-03-29'],
    ['2026-07-31T22:15:00.000Z', '2026-08-01'],
  ])('an entry booked at %s belongs to the local day %s', async (created_at, day) => {
    const { url } = await stub((page) => (page > 1 ? [] : [entry(1, { created_at })]));
    expect((await sourceOf(url).listAll(null)).items[0]?.entryDate).toBe(day);
  });
});

describe('pages', () => {
  it('a short page is not the last page', async () => {
    const pages = [[entry(1), entry(2)], [entry(3)], [entry(4), entry(5)]];
    const { url } = await stub((page) => pages[page - 1] ?? []);
    const entries = await allPages((cursor) => sourceOf(url).listAll(cursor));
    expect(entries.map(({ sourceId }) => sourceId)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('each column to sort by has its own direction, because one without is dropped', async () => {
    const { url, calls } = await stub(() => []);
    await sourceOf(url).listChanged('2026-11-23T00:00:00Z', null);
    const query = calls.at(-1)?.url.searchParams;
    expect(query?.get('sort_by')?.split(',')).toHaveLength(query?.get('order_by')?.split(',').length ?? 0);
  });

  it('a record that cannot be read is told apart, and the rest goes on', async () => {
    const rows = [entry(1), entry(2, { time_unit: 15 }), entry(3)];
    const { url } = await stub((page) => (page > 1 ? [] : rows));
    const page = await sourceOf(url).listAll(null);
    expect(page.items.map(({ sourceId }) => sourceId)).toEqual(['1', '3']);
    expect(page.unreadable).toEqual([{ sourceId: '2', ticketId: '50', problem: containing('time_unit') }]);
  });

  it.each([
    ['an object', { error: null }],
    ['half of a page', '[{"id":1,'],
    ['a page of a proxy', '<html>Sign in</html>'],
    ['a record without an id', [entry(1), { ...entry(2), id: null }]],
  ])('%s is a failure and not "no entries"', async (_what, body) => {
    const { url } = await stub(() => body);
    await expect(sourceOf(url).listAll(null)).rejects.toMatchObject({
      code: failing,
    });
  });

  it('many unreadable records are a broken contract', async () => {
    const { url } = await stub(() => [entry(1, { time_unit: 1 }), entry(2, { time_unit: 2 }), entry(3)]);
    await expect(sourceOf(url).listAll(null)).rejects.toMatchObject({ code: 'contract_broken' });
  });
});

describe('tickets', () => {
  it('are asked for by condition and never by query, which an index may answer late or not at all', async () => {
    const { url, calls } = await stub(
      () => [],
      () => ({ body: { record_ids: [], assets: {}, total_count: 0 } }),
    );
    await sourceOf(url).listChangedTickets('2026-11-23T08:00:00Z', null);
    const body = calls.find((call) => call.method === 'POST')?.body;
    expect(body).not.toHaveProperty('query');
    expect(body).toMatchObject({
      condition: {
        'ticket.updated_at': { operator: 'after (absolute)', value: '2026-11-23T08:00:00.000Z' },
        'ticket.time_unit': { operator: 'is not', value: null },
      },
    });
  });

  it('that are older than asked for mean that the condition was ignored', async () => {
    const system = await world();
    await system.newTicket('Printer');
    const search: StubHandler = () => ({
      body: {
        record_ids: [1],
        assets: {
          Ticket: {
            1: {
              id: 1,
              number: '10001',
              title: 'Old',
              group_id: 1,
              state_id: 2,
              organization_id: null,
              customer_id: 3,
              time_unit: '5.0',
              updated_at: '2020-01-01T00:00:00.000Z',
            },
          },
        },
        total_count: 1,
      },
    });
    const { url } = await stub(() => [], search);
    await expect(sourceOf(url).listChangedTickets('2026-11-23T08:00:00Z', null)).rejects.toMatchObject({
      code: 'contract_broken',
    });
  });

  it.each(['6.4.1', '6.5.2', '7.0.0'])('are found in the shape of %s, each once', async (version) => {
    const system = await world((made) => {
      made.installation.version = version;
    });
    const ids: string[] = [];
    for (const title of ['a', 'b', 'c']) ids.push(await system.newTicket(title));
    for (const id of ids) await system.book(id, '5');
    const found = await allPages((cursor) =>
      sourceOf(system.url).listChangedTickets('2026-11-01T00:00:00Z', cursor),
    );
    expect(found.map(({ ticketId }) => ticketId)).toEqual(ids);
    expect(found[0]).toMatchObject({
      ticketTitle: 'a',
      unitSum: '5.0',
      ticketCustomerName: 'Carla Customer',
    });
  });

  it('that all changed in the same instant are told although they fill more than a page', async () => {
    const system = await world();
    const ids: string[] = [];
    for (let index = 0; index < 205; index += 1) {
      const id = await system.newTicket(`Ticket ${index}`);
      await system.book(id, '1');
      ids.push(id);
    }
    const found = await allPages((cursor) =>
      sourceOf(system.url).listChangedTickets('2026-11-01T00:00:00Z', cursor),
    );
    expect(new Set(found.map(({ ticketId }) => ticketId))).toEqual(new Set(ids));
    expect(found).toHaveLength(ids.length);
  }, 30_000);

  it('keep the time that was booked before they were merged into another', async () => {
    const system = await world();
    const source = await system.newTicket('Source');
    const target = await system.newTicket('Target');
    await system.book(source, '25');
    const number = (await sourceOf(system.url).readTickets([target]))[0]?.ticketNumber;
    await system.call('PUT', `/ticket_merge/${source}/${number}`);
    const reading = await sourceOf(system.url).readTicket(source);
    if (!reading.found) throw new Error('the merged ticket was not found');
    expect(reading.ticket.ticketMerged).toBe(true);
    expect(reading.entries.map(({ seconds }) => seconds)).toEqual([1_500]);
  });

  it('lose their entries silently when they are deleted: an empty list alone proves nothing', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    const booked = await system.book(ticket, '25');
    await fetch(`${system.url}/api/v1/tickets/${ticket}`, {
      method: 'DELETE',
      headers: { authorization: 'Token token=tok_admin' },
    });
    expect(await sourceOf(system.url).readTicket(ticket)).toMatchObject({ found: false });
    expect(await sourceOf(system.url).entryExists(booked.sourceId, ticket)).toBe('gone');
  });

  it('an edit of the type alone is seen, although it touches no ticket', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    const booked = await system.book(ticket, '25');
    await system.call('POST', '/time_accounting/types', { name: 'Remote' });
    await system.laterBy(3_600_000);
    const since = system.now();
    await system.call('PUT', `/time_accountings/${booked.sourceId}`, { type_id: 1 });
    const source = sourceOf(system.url);
    expect(await allPages((cursor) => source.listChangedTickets(since, cursor))).toEqual([]);
    expect(await allPages((cursor) => source.listChanged(since, cursor))).toMatchObject([
      { sourceId: booked.sourceId, activityTypeId: '1', activityTypeName: 'Remote' },
    ]);
  });
});

describe('answers that look like something else', () => {
  it('a 403 of a token without the permission is that, and names it', async () => {
    const system = await world((made) => {
      const token = made.tokens.find((row) => row.token === 'tok_agent');
      if (token) token.permissions = [];
    });
    const ticket = await system.newTicket('Printer');
    await expect(sourceOf(system.url, 'tok_agent').entryExists('1', ticket)).rejects.toMatchObject({
      code: 'permission_missing',
      info: { permission: 'ticket.agent' },
    });
  });

  it('a 403 of maintenance mode is not a missing permission', async () => {
    const started = await startStub(() => ({ status: 403, body: { error: 'Maintenance mode enabled!' } }));
    opened.push(started);
    await expect(
      sourceOf(started.url).listChangedTickets('2026-11-23T08:00:00Z', null),
    ).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('a 404 for the listing itself is an old Zammad and proves no deletion', async () => {
    const started = await startStub(() => ({ status: 404, body: { error: "This page doesn't exist." } }));
    opened.push(started);
    await expect(sourceOf(started.url).entryExists('1', '1')).rejects.toMatchObject({
      code: 'contract_broken',
    });
  });

  it('a 404 that is not Zammad’s own proves no deletion', async () => {
    const started = await startStub(({ url }) =>
      url.pathname.endsWith('/time_accountings')
        ? { body: [] }
        : { status: 404, body: '<html>no such host</html>' },
    );
    opened.push(started);
    await expect(sourceOf(started.url).entryExists('1', '1')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('a deleted agent’s entries belong to the system user, who has no address', async () => {
    const { url, calls } = await stub((page) => (page > 1 ? [] : [entry(1, { created_by_id: 1 })]));
    expect((await sourceOf(url).listAll(null)).items[0]).toMatchObject({
      userId: '1',
      userName: '-',
      userEmail: null,
    });
    expect(calls.some((call) => call.url.pathname.endsWith('/users/1'))).toBe(false);
  });
});

describe('the check', () => {
  const codes = async (source: ReturnType<typeof sourceOf>, depth: 'brief' | 'full' = 'full') =>
    (await source.check(depth)).findings.map(({ code }) => code);

  it('tells the unit, and that it changed since it was confirmed', async () => {
    const system = await world((made) => {
      made.settings.time_accounting = true;
      made.settings.time_accounting_unit = 'hour';
    });
    expect(await codes(sourceOf(system.url), 'brief')).toContain('zammad_unit_changed');
    const hours = { unitPeriods: [{ from: null, secondsPerUnit: 3_600 }] };
    expect(await codes(sourceOf(system.url, 'tok_sync', hours), 'brief')).toContain('zammad_unit');
  });

  it('is one call at the beginning of a run', async () => {
    const started = await startStub(() => ({ body: [] }));
    opened.push(started);
    await sourceOf(started.url).check('brief');
    expect(started.calls.map(({ url }) => url.pathname)).toEqual(['/api/v1/settings']);
  });

  it('says that the unit cannot be read with an agent’s token, and that listings go ticket by ticket', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    await system.book(ticket, '5');
    const found = await codes(sourceOf(system.url, 'tok_agent'));
    expect(found).toEqual(
      expect.arrayContaining([
        'zammad_unit_unreadable',
        'zammad_listing_per_ticket',
        'zammad_tickets_readable',
      ]),
    );
  });

  it('warns of a token that may do everything', async () => {
    const system = await world();
    expect(await codes(sourceOf(system.url, 'tok_admin'))).toContain('zammad_token_too_powerful');
    expect(await codes(sourceOf(system.url))).not.toContain('zammad_token_too_powerful');
  });
});
