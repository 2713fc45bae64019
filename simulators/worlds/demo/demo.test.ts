import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createKimai } from '../../kimai/index.js';
import { Clock, serve, type Simulator } from '../../kit/index.js';
import { entriesOfTicket } from '../../zammad/row-index.js';
import { ZammadSystem } from '../../zammad/index.js';
import { createWorld } from '../registry.js';
import { bookedEntries, isMapped } from './booked.js';
import { addDays, localDate, localMinutes, weekday } from './calendar.js';
import { ON_CALL } from './company.js';
import { KimaiHands } from './hands.js';
import { playSecondChapter } from './second-chapter.js';
import { demoSetup } from './setup.js';

const NOW = new Date('2026-11-23T16:30:00.000Z');

describe('the demo world', () => {
  const { zammad, kimai } = createWorld('demo', NOW);
  const entries = Object.values(zammad.entries);

  it('is the same for the same now', () => {
    expect(createWorld('demo', new Date(NOW))).toEqual({ zammad, kimai });
  });

  it('keeps what was there in the morning when it is made in the afternoon', () => {
    const morning = createWorld('demo', new Date('2026-11-23T09:00:00.000Z')).zammad;
    expect(Object.keys(morning.entries).length).toBeLessThan(entries.length);
    expect(Object.values(morning.tickets)[0]).toEqual(Object.values(zammad.tickets)[0]);
  });

  it('has about 250 tickets of 8 organizations and 80 days of entries, none in the future', () => {
    expect(Object.keys(zammad.organizations)).toHaveLength(8);
    expect(Object.keys(zammad.tickets).length).toBeGreaterThan(200);
    expect(Object.keys(zammad.tickets).length).toBeLessThan(320);
    const times = entries.map((entry) => entry.created_at).sort();
    expect(times.at(-1) ?? '').toMatch(/^2026-11-23/);
    expect((times.at(-1) ?? '') <= NOW.toISOString()).toBe(true);
    expect((times[0] ?? '').slice(0, 10) >= addDays('2026-11-23', -80)).toBe(true);
  });

  it.each(['2026-03-30T15:00:00Z', '2026-01-01T11:00:00Z', '2026-08-02T20:00:00Z'])(
    'is plausible on %s too',
    (at) => {
      const now = new Date(at);
      const world = createWorld('demo', now);
      expect(
        Object.values(world.zammad.entries).every((entry) => entry.updated_at <= now.toISOString()),
      ).toBe(true);
      expect(world.kimai.timesheets.every((row) => (row.end ?? 0) * 1000 <= now.getTime())).toBe(true);
      expect(Object.values(world.zammad.entries).length).toBeGreaterThan(400);
    },
  );

  it('books in working hours, but for the nights on call', () => {
    for (const entry of entries.filter((row) => row.type_id !== ON_CALL)) {
      const at = new Date(entry.created_at);
      expect([0, 6]).not.toContain(weekday(localDate(at)));
      expect(localMinutes(at)).toBeGreaterThanOrEqual(8 * 60);
      expect(localMinutes(at)).toBeLessThanOrEqual(18 * 60 + 10);
    }
  });

  it('never has one person work on two things at once', () => {
    for (const userId of Object.keys(zammad.users).map(Number)) {
      const mine = entries.filter((entry) => entry.created_by_id === userId && entry.time_unit > 0);
      mine.slice(1).forEach((entry, at) => {
        const begin = Date.parse(entry.created_at) - entry.time_unit * 600;
        expect(begin).toBeGreaterThanOrEqual(Date.parse(mine[at]?.created_at ?? ''));
      });
    }
  });

  it('keeps each ticket’s sum equal to its entries', () => {
    for (const ticket of Object.values(zammad.tickets)) {
      const sum = entriesOfTicket(zammad, ticket.id).reduce((total, entry) => total + entry.time_unit, 0);
      expect(ticket.time_unit ?? 0).toBe(sum);
    }
  });

  it('has entries without a type, corrections, and one merged ticket that kept its time', () => {
    expect(entries.filter((entry) => entry.type_id === null).length).toBeGreaterThan(5);
    expect(entries.filter((entry) => entry.time_unit < 0).length).toBeGreaterThan(3);
    const merged = Object.values(zammad.tickets).filter(
      (ticket) => zammad.ticket_states[ticket.state_id]?.name === 'merged',
    );
    expect(merged).toHaveLength(1);
    expect(entriesOfTicket(zammad, merged[0]?.id ?? 0).length).toBeGreaterThan(0);
  });

  it('leaves one type, one person and one organization unmapped, each with work waiting', () => {
    const setup = demoSetup(NOW);
    expect(setup.startFrom).toBe('2026-10-01');
    expect([setup.activities.length, setup.users.length, setup.organizations.length]).toEqual([7, 5, 7]);
    const waiting = bookedEntries(zammad).filter(
      (booked) => booked.day >= setup.startFrom && !isMapped(booked),
    );
    expect(waiting.length).toBeGreaterThan(20);
    expect(waiting.some((booked) => booked.entry.type_id === ON_CALL)).toBe(true);
  });

  it('maps to ids that exist in Kimai', () => {
    const setup = demoSetup(NOW);
    const ids = (rows: readonly { readonly id: number }[]): Set<number> => new Set(rows.map((row) => row.id));
    expect(setup.activities.every((row) => ids(kimai.activities).has(row.kimaiActivityId))).toBe(true);
    expect(setup.users.every((row) => ids(kimai.users).has(row.kimaiUserId))).toBe(true);
    expect(setup.organizations.every((row) => ids(kimai.projects).has(row.kimaiProjectId))).toBe(true);
  });
});

describe('the second chapter', () => {
  let zammad: Simulator;
  let kimai: Simulator;
  const urls = () => ({ zammadUrl: zammad.url, kimaiUrl: kimai.url });

  beforeAll(async () => {
    const clock = Clock.startingAt(NOW);
    clock.fixAt(NOW);
    const createZammad = (name: string, now: Date) => createWorld(name, now).zammad;
    zammad = await serve(new ZammadSystem({ clock, world: 'demo', createWorld: createZammad }), {
      port: 0,
      clock,
    });
    const createKimaiWorld = (name: string, now: Date) => createWorld(name, now).kimai;
    kimai = await serve(createKimai({ clock, world: 'demo', createWorld: createKimaiWorld }), {
      port: 0,
      clock,
    });
  });
  afterAll(async () => {
    await zammad.close();
    await kimai.close();
  });

  /** Writes as Timebridge would: some of the mapped entries of both months, with their markers. */
  async function sync(): Promise<void> {
    const booked = bookedEntries(createWorld('demo', NOW).zammad)
      .filter((one) => one.day >= '2026-10-01' && isMapped(one))
      .filter((_, at) => at % 5 === 0);
    const hands = new KimaiHands(kimai.url);
    for (const { entry, agent, organization, day, minutes } of booked) {
      const place = { userId: agent.kimaiId, project: organization.zammadId, activity: 1, day, minutes };
      await hands.book({ ...place, text: `#${entry.ticket_id} [tb-k3x9-${entry.id}]` });
    }
  }

  it('does nothing before Timebridge has written', async () => {
    expect(await playSecondChapter(urls())).toMatchObject({ played: false, counts: {} });
  });

  it('plays every story once, and once only', async () => {
    await sync();
    const report = await playSecondChapter(urls());
    expect(report.counts).toEqual({
      target_changed: 4,
      target_deleted: 2,
      mismatch: 2,
      source_deleted: 2,
      correction: 1,
      rejected: 1,
      missing: 1,
      exported: 1,
      locked: 3,
    });
    expect(await playSecondChapter(urls())).toMatchObject({ played: false });
  }, 20_000);
});
