import { describe, expect, it } from 'vitest';
import {
  NOW,
  ZONE,
  asks,
  bridge,
  decideFirst,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  statesOf,
  stepOf,
} from './books.test-support.js';
import { Occupancy } from './occupancy.js';
import { placeAt } from './placement.js';
import { reconcile } from './reconcile.js';
import type { Refusal, ReconcileInput } from './reconcile-input.js';
import { agreed, DELETED_AT, lead, linked, longer } from './usual-case.test-support.js';

const gone = { ...lead, deletedAt: DELETED_AT };
const undone: Readonly<Record<string, Refusal>> = {
  'lead:1': { code: 'reverted', quoted: [], sent: '', at: '2026-11-23T11:00:00Z' },
};

describe('I18 where an entry stands after a plan', () => {
  it.each<[string, ReconcileInput, string, string]>([
    ['linked to a row that is there', input({ entries: [lead], rows: [row(5)] }), 'adopt', 'agreed'],
    ['agreed', input({ entries: [lead], links: agreed, rows: [linked] }), 'in_sync', 'agreed'],
    [
      'noted',
      input({ entries: [lead], links: agreed, rows: [marked(5, 1001, { billable: false })] }),
      'accept',
      'agreed',
    ],
    ['about to be written', input({ entries: [lead] }), 'create', 'pending'],
    ['about to be changed', input({ entries: [longer], links: agreed, rows: [linked] }), 'update', 'pending'],
    [
      'resting',
      input({ entries: [{ ...lead, updatedAt: NOW }], bridge: bridge({ quietMinutes: 5 }) }),
      'wait',
      'pending',
    ],
    [
      'asked about',
      input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) }),
      'ask missing',
      'waiting',
    ],
  ])('%s', (_name, given, kind, state) => {
    const plan = reconcile(given);
    expect(kinds(plan)).toEqual([kind]);
    expect(plan.outcomes).toEqual([
      {
        entryId: '1',
        state,
        why: plan.steps[0]?.why,
        subjects: state === 'waiting' ? ['lead:1'] : [],
      },
    ]);
  });

  it('a net zero whose row is deleted is about to be written; a deleted entry stands nowhere', () => {
    const minus = entry(2, { seconds: -1800, bookedAt: '2026-11-20T11:00:00Z' });
    const zero = reconcile(input({ entries: [lead, minus], links: agreed, rows: [linked] }));
    expect(statesOf(zero)).toEqual({ 1: 'pending', 2: 'pending' });
    const deleted = reconcile(
      input({
        entries: [gone],
        links: agreed,
        rows: [linked],
        bridge: bridge({ sourceDeletions: 'delete' }),
      }),
    );
    expect([kinds(deleted), deleted.outcomes]).toEqual([['delete'], []]);
  });

  it('a correction that is netted in part waits for the rest, whatever becomes of its entry', () => {
    const minus = entry(2, { seconds: -2400, bookedAt: '2026-11-20T11:00:00Z' });
    const plan = reconcile(input({ entries: [lead, minus] }));
    expect(plan.outcomes.find(({ entryId }) => entryId === '2')).toMatchObject({
      state: 'waiting',
      why: { code: 'correction' },
      subjects: ['lead:2'],
    });
  });
});

describe('I30 what a person took back', () => {
  const asking = bridge({ newEntries: 'ask', sourceEdits: 'ask' });
  it.each<[string, ReconcileInput, string, string]>([
    ['a new row', input({ entries: [lead], bridge: asking }), 'create', 'missing'],
    [
      'a change',
      input({ entries: [longer], links: agreed, rows: [linked], bridge: asking }),
      'update',
      'mismatch',
    ],
    [
      'the restoring of what Kimai changed',
      input({ entries: [lead], links: agreed, rows: [marked(5, 1001, { seconds: 3600 })] }),
      'update',
      'target_changed',
    ],
    [
      'a row that was created again',
      input({ entries: [lead], links: agreed, rows: [{ ...linked, deletedAt: DELETED_AT }] }),
      'create',
      'target_deleted',
    ],
    [
      'a correction row of a locked one',
      input({ entries: [longer], links: agreed, rows: [{ ...linked, exported: true }] }),
      'create',
      'locked',
    ],
    ['a deletion', input({ entries: [gone], links: agreed, rows: [linked] }), 'delete', 'source_deleted'],
    ['a link', input({ entries: [lead], rows: [row(5)] }), 'adopt', 'adopt'],
  ])('%s is asked, and done again only when a person says so', (_name, given, step, before) => {
    expect(kinds(reconcile(given))[0]).toContain(before);
    const again = { ...given, refusals: undone };
    expect(kinds(reconcile(again))).toEqual(['ask reverted']);
    expect(kinds(decideFirst(again, 'write_again'))).toEqual([step]);
    expect(kinds(decideFirst(again, 'leave_undone'))).toEqual(['skip']);
  });

  it('waits for no quiet period, since nothing is written', () => {
    const fresh = { ...lead, updatedAt: NOW };
    const given = input({
      entries: [fresh],
      bridge: bridge({ quietMinutes: 5 }),
      rest: { refusals: undone },
    });
    expect(kinds(reconcile(given))).toEqual(['ask reverted']);
  });
});

describe('what rests', () => {
  it('I35 says until when, beside what it is about', () => {
    const fresh = { ...lead, updatedAt: '2026-11-23T11:58:00Z' };
    const plan = reconcile(input({ entries: [fresh], bridge: bridge({ quietMinutes: 5 }) }));
    expect(stepOf(plan, 'wait')).toMatchObject({
      by: { kind: 'policy' },
      why: { code: 'quiet_period', facts: { untilAt: '2026-11-23T12:03:00Z', sourceSeconds: 1800 } },
    });
  });

  it('I26 an end in the future says when it is past', () => {
    const strict = bridge(
      { placement: 'starts_when_booked' },
      { target: { allowsFuture: false, allowsOverlap: true } },
    );
    const plan = reconcile(
      input({ entries: [{ ...lead, bookedAt: '2026-11-23T11:50:00Z' }], bridge: strict }),
    );
    expect(stepOf(plan, 'wait').why).toEqual({
      code: 'ends_in_future',
      facts: { untilAt: '2026-11-23T12:20:00Z' },
    });
  });
});

describe('I37 a record that does not parse', () => {
  const given = input({ entries: [entry(1, { seconds: null, unreadable: null })] });

  it('is skipped by a decision to skip only, and says what is wrong even where nobody said', () => {
    expect(asks(reconcile(given))[0]).toMatchObject({
      by: { kind: 'policy' },
      facts: {
        kind: 'unreadable',
        candidates: [],
        differing: [],
        why: { facts: { problem: 'not_a_number' } },
      },
    });
    expect(stepOf(decideFirst(given, 'skip'), 'skip').why).toEqual({
      code: 'decided',
      facts: { choice: 'skip' },
    });
    expect(kinds(decideFirst(given, 'retry'))).toEqual(['ask unreadable']);
  });
});

describe('I9 changes that are only noted', () => {
  const more = marked(6, 1001, {
    description: 'x [tb-x1-1001-2]',
    seconds: 600,
    begin: '2026-11-20T12:00:00Z',
  });
  const both = entry(1, { seconds: 2400 });

  it.each([
    ['one more tag on the second row', { tags: ['zammad', 'zammad'] }],
    ['words of the second row', { description: 'anders [tb-x1-1001-2]' }],
  ])('%s', (_name, now) => {
    const given = input({
      entries: [both],
      links: [link(both, [linked, more])],
      rows: [linked, { ...more, ...now }],
    });
    expect(kinds(reconcile(given))).toEqual(['accept']);
  });

  it('a running row that goes on running is no change; one that was stopped is', () => {
    const running = { ...linked, end: null };
    const links = [link(lead, [running])];
    expect(kinds(reconcile(input({ entries: [lead], links, rows: [running] })))).toEqual(['in_sync']);
    expect(kinds(reconcile(input({ entries: [lead], links, rows: [linked] })))).toEqual(['accept']);
    expect(kinds(reconcile(input({ entries: [lead], links: agreed, rows: [running] })))).toEqual(['accept']);
  });

  it('what matters on the second row is asked though the first is as it was', () => {
    const given = input({
      entries: [both],
      links: [link(both, [linked, more])],
      rows: [linked, { ...more, seconds: 900 }],
    });
    expect(kinds(reconcile(given))).toEqual(['ask target_changed']);
  });
});

describe('I26 the next free place of a day', () => {
  const at = (time: string) => Date.parse(`2026-11-20T${time}:00Z`);
  const place = (time: string, minutes: number) =>
    placeAt({ beginMs: at(time), seconds: minutes * 60, day: '2026-11-20', zone: ZONE });
  const busy = (...times: readonly (readonly [string, number])[]) =>
    new Occupancy(
      times.map(([begin, minutes], index) =>
        row(index, {
          begin: begin.includes('T') ? begin : `2026-11-20T${begin}:00Z`,
          seconds: minutes * 60,
          userId: 'k4',
        }),
      ),
      [],
      ZONE,
    );

  it.each([
    ['nothing else', busy(), place('10:00', 30), '2026-11-20T10:00:00Z'],
    ['a row before it', busy(['09:30', 30]), place('10:00', 30), '2026-11-20T10:00:00Z'],
    ['a row behind it', busy(['10:30', 30]), place('10:00', 30), '2026-11-20T10:00:00Z'],
    ['rows in any order', busy(['10:30', 30], ['10:00', 30]), place('10:00', 30), '2026-11-20T11:00:00Z'],
    [
      'a gap that is long enough',
      busy(['10:00', 30], ['11:00', 30]),
      place('10:00', 30),
      '2026-11-20T10:30:00Z',
    ],
    [
      'a gap that is too short',
      busy(['10:00', 30], ['10:45', 30]),
      place('10:00', 30),
      '2026-11-20T11:15:00Z',
    ],
    ['a row within another', busy(['10:00', 120], ['10:30', 15]), place('10:00', 30), '2026-11-20T12:00:00Z'],
    ['a row of the next morning', busy(['22:30', 120]), place('22:15', 30), '2026-11-19T23:00:00Z'],
    ['a row up to midnight', busy(['22:00', 60]), place('22:30', 30), '2026-11-19T23:00:00Z'],
    ['a row that ends just before', busy(['22:00', 45]), place('22:30', 30), '2026-11-20T22:45:00Z'],
  ])('beside %s', (_name, taken, wanted, expected) => {
    expect(taken.freePlace('k4', wanted)?.beginAt).toBe(expected);
  });

  it('is looked for around the repeated hour of autumn without going back over what is taken', () => {
    const onDay = (time: string, minutes: number) =>
      placeAt({ beginMs: Date.parse(time), seconds: minutes * 60, day: '2026-10-25', zone: ZONE });
    // 01:29–01:59 on the wall is taken, then comes the hour that is told twice, until 03:00 (02:00 UTC).
    const before = busy(['2026-10-24T23:29:00Z', 30]);
    expect(before.freePlace('k4', onDay('2026-10-24T23:29:00Z', 30))).toMatchObject({
      begin: '2026-10-25T03:00:00',
      beginAt: '2026-10-25T02:00:00Z',
    });
    const both = busy(['2026-10-24T23:29:00Z', 30], ['2026-10-25T02:00:00Z', 60]);
    expect(both.freePlace('k4', onDay('2026-10-24T23:29:00Z', 30))?.begin).toBe('2026-10-25T04:00:00');
  });

  it('is none on a day that is full, and any for another person', () => {
    const full = busy(['2026-11-19T23:00:00Z', 1440]);
    expect(full.freePlace('k4', place('10:00', 30))).toBeNull();
    expect(full.freePlace('k5', place('10:00', 30))?.beginAt).toBe('2026-11-20T10:00:00Z');
  });

  it('is none where only the following day would have room', () => {
    const nearlyFull = busy(['2026-11-19T23:00:00Z', 1420]);
    expect(nearlyFull.freePlace('k4', place('10:00', 30))?.beginAt).toBe('2026-11-20T22:40:00Z');
    const untilMidnight = busy(['2026-11-19T23:00:00Z', 1440], ['23:30', 30]);
    expect(untilMidnight.freePlace('k4', place('10:00', 30))).toBeNull();
  });

  it('counts what this plan takes as well', () => {
    const taken = busy();
    taken.take('k4', place('10:00', 30));
    expect(taken.freePlace('k4', place('10:00', 30))?.beginAt).toBe('2026-11-20T10:30:00Z');
  });
});
