import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page, TimeSource } from '../../connectors/port.js';

export type BookedRef = { readonly sourceId: string; readonly ticketId: string };

/** A source with a system behind it that the kit can act on, as people do. One unit is one minute. */
export type SourceUnderTest = {
  readonly source: TimeSource;
  /** The same with a token that nobody gave out. */
  readonly stranger: TimeSource;
  readonly newTicket: (title: string) => Promise<string>;
  readonly book: (ticketId: string, units: string) => Promise<BookedRef>;
  readonly edit: (entry: BookedRef, units: string) => Promise<void>;
  readonly remove: (entry: BookedRef) => Promise<void>;
  readonly retitle: (ticketId: string, title: string) => Promise<void>;
  /** Moves the system's clock on; what happened before is then older. */
  readonly laterBy: (ms: number) => void | Promise<void>;
  readonly now: () => string;
  /** From now on nothing answers. */
  readonly goDown: () => void;
  readonly close: () => Promise<void>;
};

/** Every page of a listing. */
export async function allPages<T>(list: (cursor: string | null) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const page: Page<T> = await list(cursor);
    items.push(...page.items);
    cursor = page.cursor;
  }
  return items;
}

const MINUTES = 60_000;

/** What any source must do; a connector is not done before it passes. */
export function sourceConformance(name: string, make: () => Promise<SourceUnderTest>): void {
  describe(`${name} as a source of time`, () => {
    let system: SourceUnderTest;
    beforeEach(async () => {
      system = await make();
    });
    afterEach(() => system.close());

    it('shows a few entries to confirm the unit by, with the numbers as they are written', async () => {
      expect(await system.source.samples()).toEqual([]);
      const ticket = await system.newTicket('Printer');
      for (const units of ['15', '15', '90', '7.5', '15']) await system.book(ticket, units);
      const samples = await system.source.samples();
      expect(samples.map(({ seconds }) => seconds).toSorted()).toEqual([450, 5400, 900]);
      expect(samples.map(({ ticketTitle }) => ticketTitle)).toEqual(['Printer', 'Printer', 'Printer']);
      expect(samples.every(({ personName }) => personName !== '')).toBe(true);
    });

    it('lists every entry once, oldest id first, exact to the second', async () => {
      const ticket = await system.newTicket('Printer');
      const other = await system.newTicket('Screen');
      const booked = [
        await system.book(ticket, '15'),
        await system.book(other, '0.25'),
        await system.book(ticket, '-5'),
      ];
      const entries = await allPages((cursor) => system.source.listAll(cursor));
      const byId = new Map(entries.map((entry) => [entry.sourceId, entry]));
      expect(entries).toHaveLength(3);
      expect(booked.map(({ sourceId }) => byId.get(sourceId)?.seconds)).toEqual([900, 15, -300]);
      expect(booked.map(({ sourceId }) => byId.get(sourceId)?.ticketId)).toEqual([ticket, other, ticket]);
      expect(byId.get(booked[0]?.sourceId ?? '')?.userName).not.toBe('');
    });

    it('lists what was booked or edited since a moment and nothing older', async () => {
      const ticket = await system.newTicket('Printer');
      const old = await system.book(ticket, '15');
      const edited = await system.book(ticket, '20');
      await system.laterBy(30 * MINUTES);
      const since = system.now();
      await system.edit(edited, '25');
      const fresh = await system.book(ticket, '5');
      const entries = await allPages((cursor) => system.source.listChanged(since, cursor));
      const ids = new Set(entries.map(({ sourceId }) => sourceId));
      expect(ids).toEqual(new Set([edited.sourceId, fresh.sourceId]));
      expect(ids.has(old.sourceId)).toBe(false);
      expect(entries.find(({ sourceId }) => sourceId === edited.sourceId)?.seconds).toBe(1_500);
    });

    it('tells tickets that were renamed or lost time since a moment', async () => {
      const renamed = await system.newTicket('Printer');
      const emptied = await system.newTicket('Screen');
      const untouched = await system.newTicket('Mouse');
      const lost = await system.book(emptied, '30');
      await system.book(renamed, '10');
      await system.book(untouched, '10');
      await system.laterBy(30 * MINUTES);
      const since = system.now();
      await system.retitle(renamed, 'Plotter');
      await system.remove(lost);
      const tickets = await allPages((cursor) => system.source.listChangedTickets(since, cursor));
      expect(new Set(tickets.map(({ ticketId }) => ticketId))).toEqual(new Set([renamed, emptied]));
      expect(tickets.find(({ ticketId }) => ticketId === renamed)?.ticketTitle).toBe('Plotter');
    });

    it('reads tickets by id and leaves out those that do not exist', async () => {
      const ticket = await system.newTicket('Printer');
      const tickets = await system.source.readTickets([ticket, '999999']);
      expect(tickets.map(({ ticketId, ticketTitle }) => [ticketId, ticketTitle])).toEqual([
        [ticket, 'Printer'],
      ]);
      expect(await system.source.readTickets([])).toEqual([]);
    });

    it('reads one ticket with all its entries', async () => {
      const ticket = await system.newTicket('Printer');
      const first = await system.book(ticket, '15');
      const second = await system.book(ticket, '-15');
      const reading = await system.source.readTicket(ticket);
      if (!reading.found) throw new Error('the ticket was not found');
      expect(reading.entries.map(({ sourceId }) => sourceId)).toEqual([first.sourceId, second.sourceId]);
      expect(reading.ticket.ticketTitle).toBe('Printer');
      expect(reading.unreadable).toEqual([]);
    });

    it('says that a ticket is not there instead of showing it without entries', async () => {
      expect(await system.source.readTicket('999999')).toMatchObject({ found: false });
    });

    it('proves by one look that an entry is there or gone', async () => {
      const ticket = await system.newTicket('Printer');
      const kept = await system.book(ticket, '15');
      const gone = await system.book(ticket, '30');
      await system.remove(gone);
      expect(await system.source.entryExists(kept.sourceId, ticket)).toBe('there');
      expect(await system.source.entryExists(gone.sourceId, ticket)).toBe('gone');
    });

    it('counts and sums the month as its own listing does, or says that it cannot', async () => {
      const ticket = await system.newTicket('Printer');
      await system.book(ticket, '15');
      await system.book(ticket, '-5');
      const month = system.now().slice(0, 7);
      const count = await system.source.countAll();
      if (count !== null) expect(count).toBe(2);
      for (const held of [600, 0]) {
        const totals = await system.source.monthTotals(new Map([[month, held]]));
        if (totals !== null) expect([...totals]).toEqual([[month, 600]]);
      }
    });

    it('names who can book', async () => {
      const ticket = await system.newTicket('Printer');
      await system.book(ticket, '15');
      const [entry] = await allPages((cursor) => system.source.listAll(cursor));
      const people = (await system.source.catalogue()).filter(({ kind }) => kind === 'user');
      expect(people.map(({ externalId }) => externalId)).toContain(entry?.userId);
    });

    it('checks the connection, shortly and in full, without an error', async () => {
      for (const depth of ['brief', 'full'] as const) {
        const { findings } = await system.source.check(depth);
        expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
      }
    });

    it('rejects a token that is not known, and never shows nothing instead', async () => {
      const { stranger } = system;
      const rejected = { code: 'credentials_rejected' };
      await expect(stranger.check('brief')).rejects.toMatchObject(rejected);
      await expect(stranger.listAll(null)).rejects.toMatchObject(rejected);
      await expect(stranger.readTicket('1')).rejects.toMatchObject(rejected);
      await expect(stranger.entryExists('1', '1')).rejects.toMatchObject(rejected);
      await expect(stranger.listChangedTickets(system.now(), null)).rejects.toMatchObject(rejected);
    });

    it('rejects when nothing answers, and never shows nothing instead', async () => {
      const ticket = await system.newTicket('Printer');
      await system.book(ticket, '15');
      system.goDown();
      const { source } = system;
      const unavailable = { code: 'unavailable' };
      await expect(source.listAll(null)).rejects.toMatchObject(unavailable);
      await expect(source.listChanged(system.now(), null)).rejects.toMatchObject(unavailable);
      await expect(source.readTicket(ticket)).rejects.toMatchObject(unavailable);
      await expect(source.readTickets([ticket])).rejects.toMatchObject(unavailable);
      await expect(source.countAll()).rejects.toMatchObject(unavailable);
    });
  });
}
