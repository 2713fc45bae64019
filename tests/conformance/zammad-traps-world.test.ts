import { afterEach, describe, expect, it } from 'vitest';
import { startStub } from '../../connectors/test-stub.js';
import type { ConnectorContext } from '../../connectors/port.js';
import { createZammadSource } from '../../connectors/zammad/source.js';
import { allPages } from './source-conformance.js';
import { startZammadWorld, zammadContext } from './zammad-world.js';

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
  const source = createZammadSource({ ...zammadContext(url, token), ...more }, { retryDelaysMs: [] });
  opened.push(source);
  return source;
}

const EVER = '2026-01-01T00:00:00Z';

describe('what a token may do', () => {
  it('an agent who may only read a group is refused its time: that is no ticket without entries', async () => {
    const system = await world((made) => {
      const agent = made.users[3];
      if (agent) agent.group_ids = { 1: ['read'] };
    });
    const ticket = await system.newTicket('Printer');
    await system.book(ticket, '15');
    const source = sourceOf(system.url, 'tok_agent');
    await expect(source.readTicket(ticket)).rejects.toMatchObject({ code: 'permission_missing' });
    await expect(source.listAll(null)).rejects.toMatchObject({ code: 'permission_missing' });
  });

  it('a ticket is read to prove what the token may do, because the search ignores it', async () => {
    const system = await world((made) => {
      const token = made.tokens.find(({ token: name }) => name === 'tok_sync');
      if (token) token.permissions = ['admin.time_accounting'];
    });
    const ticket = await system.newTicket('Printer');
    await system.book(ticket, '15');
    const { findings } = await sourceOf(system.url).check('full');
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'error', code: 'zammad_permission_missing' }),
    );
  });

  it('no credentials are a 403 and a wrong token a 401: only the second speaks of the token', async () => {
    const system = await world();
    await expect(sourceOf(system.url, 'tok_nobody').listAll(null)).rejects.toMatchObject({
      code: 'credentials_rejected',
    });
    const nobody = await startStub(() => ({ status: 403, body: { error: 'Authentication required' } }));
    opened.push(nobody);
    await expect(sourceOf(nobody.url).check('brief')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('a text of an error is never read: masked or of another version, it means the same', async () => {
    for (const error of [
      'Not authorized',
      'Nicht erlaubt',
      'Error ID aB3dE5fG: Please contact your administrator.',
    ]) {
      const stub = await startStub(({ url }) =>
        url.pathname.endsWith('/users/me')
          ? { body: { id: 3, login: 'agent@example.com', active: true } }
          : { status: 403, body: { error } },
      );
      opened.push(stub);
      await expect(sourceOf(stub.url).listChangedTickets(EVER, null)).rejects.toMatchObject({
        code: 'permission_missing',
      });
    }
  });

  it('everything is found without admin rights too, ticket by ticket', async () => {
    const system = await world();
    const tickets = [await system.newTicket('a'), await system.newTicket('b'), await system.newTicket('c')];
    for (const ticket of tickets) {
      await system.book(ticket, '15');
      await system.book(ticket, '-5');
    }
    const source = sourceOf(system.url, 'tok_agent');
    const entries = await allPages((cursor) => source.listAll(cursor));
    expect(entries.map(({ seconds }) => seconds).sort()).toEqual([-300, -300, -300, 900, 900, 900]);
    expect(await source.countAll()).toBeNull();
    expect(await source.monthTotals(new Map([['2026-11', 0]]))).toBeNull();
  });
});

describe('what tickets say of their time', () => {
  it('a sum that somebody set by hand is not the truth: entries are read to the end', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    await system.book(ticket, '15');
    await system.call('PUT', `/tickets/${ticket}`, { time_unit: '99' });
    const reading = await sourceOf(system.url).readTicket(ticket);
    if (!reading.found) throw new Error('the ticket was not found');
    expect(reading.entries.map(({ seconds }) => seconds)).toEqual([900]);
    expect(reading.ticket.unitSum).toBe('99.0');
  });

  it('entries of zero touch no ticket: they are listed, and their deletion shows in the full listing', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    const source = sourceOf(system.url);
    const zero = await system.book(ticket, '0');
    expect(await allPages((cursor) => source.listChangedTickets(EVER, cursor))).toEqual([]);
    expect(await allPages((cursor) => source.listChanged(EVER, cursor))).toMatchObject([
      { sourceId: zero.sourceId, seconds: 0, unitText: '0.0' },
    ]);
    await system.remove(zero);
    expect(await allPages((cursor) => source.listAll(cursor))).toEqual([]);
    expect(await source.entryExists(zero.sourceId, ticket)).toBe('gone');
  });

  it('an entry belongs to its own ticket, although a merge has moved its article to another', async () => {
    const system = await world();
    const source = await system.newTicket('Source');
    const target = await system.newTicket('Target');
    await system.call('PUT', `/tickets/${source}`, {
      article: { body: 'worked', type: 'note', time_unit: 20 },
    });
    const connector = sourceOf(system.url);
    const number = (await connector.readTickets([target]))[0]?.ticketNumber;
    await system.call('PUT', `/ticket_merge/${source}/${number}`);
    const entries = await allPages((cursor) => connector.listAll(cursor));
    expect(entries.map(({ ticketId, seconds }) => [ticketId, seconds])).toEqual([[source, 1_200]]);
  });

  it('the ids that a ticket carries along are never used: they may be stale', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    // A zero entry does not touch the ticket, so its cached list of ids stays empty.
    const zero = await system.book(ticket, '0');
    const reading = await sourceOf(system.url).readTicket(ticket);
    expect(reading.found ? reading.entries.map(({ sourceId }) => sourceId) : null).toEqual([zero.sourceId]);
  });

  it('sums near the largest that Zammad can hold are read exactly', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    await system.book(ticket, '9999.99');
    const units = { unitPeriods: [{ from: null, secondsPerUnit: 3_600 }] };
    const reading = await sourceOf(system.url, 'tok_sync', units).readTicket(ticket);
    expect(reading).toMatchObject({ ticket: { unitSum: '9999.99' }, entries: [{ seconds: 35_999_964 }] });
  });
});

describe('walks over a book that moves', () => {
  it('entries that are deleted meanwhile do not make others be skipped', async () => {
    const rows = (ids: readonly number[]) =>
      ids.map((id) => ({
        id,
        ticket_id: 50,
        ticket_article_id: null,
        time_unit: '5.0',
        type_id: null,
        created_by_id: 1,
        created_at: '2026-11-23T08:00:00.000Z',
        updated_at: '2026-11-23T08:00:00.000Z',
      }));
    let book = [1, 2, 3, 4, 5];
    const PAGE = 2;
    const stub = await startStub(({ url }) => {
      if (url.searchParams.get('full') === 'true') return { body: { total_count: book.length } };
      if (url.searchParams.get('per_page') === '1') return { body: [] };
      const page = Number(url.searchParams.get('page'));
      const body = rows(book.slice((page - 1) * PAGE, page * PAGE));
      // Somebody deletes the first entry after its page was read: everything behind it shifts forward by one.
      if (page === 1) book = book.filter((id) => id !== 1);
      return { body };
    });
    opened.push(stub);
    const source = sourceOf(stub.url);
    const seen = await allPages((cursor) => source.listAll(cursor));
    expect([...new Set(seen.map(({ sourceId }) => Number(sourceId)))].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('nothing is ever written: not an entry, not a ticket', async () => {
    const system = await world();
    const ticket = await system.newTicket('Printer');
    const booked = await system.book(ticket, '15');
    system.simulator.log.clear();
    const source = sourceOf(system.url);
    await source.check('full');
    await source.catalogue();
    await allPages((cursor) => source.listAll(cursor));
    await allPages((cursor) => source.listChanged(EVER, cursor));
    await source.readTicket(ticket);
    await source.entryExists(booked.sourceId, ticket);
    await source.monthTotals(new Map([['2026-11', 1]]));
    const writes = [...system.simulator.log.tally().keys()].filter(
      (call) => !call.startsWith('GET ') && call !== 'POST /api/v1/tickets/search',
    );
    expect(writes).toEqual([]);
    expect([...system.simulator.log.tally().keys()].some((call) => call.includes('by_customer'))).toBe(false);
  });
});

describe('month reports', () => {
  it.each(['6.4.1', '7.0.0'])(
    'count the same whether their months end in UTC or in the time zone of Zammad (%s)',
    async (version) => {
      const system = await world((made) => {
        made.installation.version = version;
        made.settings.timezone_default = 'Europe/Berlin';
      });
      const ticket = await system.newTicket('Printer');
      await system.book(ticket, '15');
      // 1 December, 00:30 in Berlin, which is still November in UTC.
      await system.laterBy(Date.parse('2026-11-30T23:30:00Z') - Date.parse(system.now()));
      await system.book(ticket, '20');
      const totals = await sourceOf(system.url).monthTotals(
        new Map([
          ['2026-12', 1_200],
          ['2026-11', 900],
        ]),
      );
      expect(totals).toEqual(
        new Map([
          ['2026-12', 1_200],
          ['2026-11', 900],
        ]),
      );
    },
  );
});
