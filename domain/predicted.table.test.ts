import { describe, expect, it } from 'vitest';
import { asks, bridge, decideFirst, entry, input, link, marked, stepOf } from './books.test-support.js';
import { toSeconds } from './duration.js';
import { predictedSeconds } from './predicted-seconds.js';
import { PreviewTally } from './preview.js';
import { reconcile } from './reconcile.js';
import { roundingOf, type RoundingMode, type TargetRounding } from './target-rounding.js';
import { agreed, exported, factsOf, lead, linked, longer } from './usual-case.test-support.js';

const minutes = (begin: number, end: number, duration: number) => ({
  beginMinutes: begin,
  endMinutes: end,
  durationMinutes: duration,
});
const rounding = (mode: RoundingMode, ...by: [number, number, number]): TargetRounding => ({
  mode,
  ...minutes(...by),
});
const rounds = (...given: Parameters<typeof rounding>) =>
  bridge({}, { target: { allowsFuture: true, allowsOverlap: true, rounding: rounding(...given) } });

describe('what Kimai will make of a row: its rounding modes × the units of Zammad', () => {
  const UNITS = { minute: 60, quarter: 900, hour: 3600, 'six minutes': 360 } as const;
  type Unit = keyof typeof UNITS;

  it.each<[Unit, string, RoundingMode, [number, number, number], minutes: number]>([
    ['minute', '7', 'default', [1, 1, 0], 7],
    ['minute', '7', 'default', [0, 0, 15], 15],
    ['minute', '7', 'floor', [0, 0, 15], 0],
    ['minute', '7', 'ceil', [0, 0, 15], 15],
    ['minute', '7', 'closest', [0, 0, 15], 0],
    ['minute', '8', 'closest', [0, 0, 15], 15],
    // 10:53–11:00: the begin moves to 10:45, the end stays.
    ['minute', '7', 'default', [15, 15, 0], 15],
    ['minute', '7', 'floor', [15, 15, 0], 15],
    ['minute', '7', 'ceil', [15, 15, 0], 0],
    ['minute', '8', 'closest', [15, 15, 0], 15],
    ['minute', '7', 'closest', [15, 15, 0], 0],
    ['minute', '7', 'default', [15, 15, 30], 30],
    ['quarter', '1', 'default', [1, 1, 0], 15],
    ['quarter', '1', 'default', [0, 0, 15], 15],
    ['quarter', '1', 'default', [0, 0, 30], 30],
    ['quarter', '1', 'floor', [0, 0, 30], 0],
    // Exactly half goes down.
    ['quarter', '1', 'closest', [0, 0, 30], 0],
    ['quarter', '0.5', 'default', [5, 5, 0], 10],
    ['hour', '1.5', 'default', [0, 0, 60], 120],
    ['hour', '1.5', 'floor', [0, 0, 60], 60],
    ['hour', '0.25', 'ceil', [0, 0, 60], 60],
    ['hour', '0.1', 'closest', [0, 0, 5], 5],
    ['six minutes', '3', 'closest', [0, 0, 5], 20],
    ['six minutes', '3', 'floor', [0, 0, 5], 15],
    ['six minutes', '3', 'default', [0, 0, 0], 18],
  ])('I40 one unit is a %s: %s, mode %s to %j, comes to %d minutes', (unit, text, mode, by, expected) => {
    const read = toSeconds(text, UNITS[unit]);
    if (!read.ok) throw new Error(read.problem);
    const one = entry(1, { seconds: read.seconds, bookedAt: '2026-11-20T10:00:00Z' });
    const { desired } = stepOf(reconcile(input({ entries: [one] })), 'create');
    expect(predictedSeconds(desired, rounding(mode, ...by))).toBe(expected * 60);
  });

  it('I40 predicts what is sent where nobody told how Kimai rounds', () => {
    const { desired } = stepOf(reconcile(input({ entries: [lead] })), 'create');
    expect(predictedSeconds(desired, null)).toBe(1800);
    expect(predictedSeconds(desired, undefined)).toBe(1800);
  });

  it('I40 leaves out a break that people entered', () => {
    const sent = { beginAt: '2026-11-20T08:00:00Z', endAt: '2026-11-20T09:07:00Z', seconds: 3120 };
    expect(predictedSeconds(sent, rounding('default', 0, 0, 15))).toBe(3600);
    expect(predictedSeconds(sent, rounding('default', 15, 15, 0))).toBe(3600);
  });
});

describe('what a connector says of it', () => {
  it.each<[string, Record<string, unknown>, TargetRounding | null]>([
    ['nothing', {}, null],
    ['minutes without a mode', { roundingDuration: 15 }, null],
    ['a mode that is none', { roundingMode: 'sideways', roundingDuration: 15 }, null],
    ['a mode alone', { roundingMode: 'ceil' }, rounding('ceil', 0, 0, 0)],
    [
      'all of it',
      { roundingMode: 'closest', roundingBegin: 5, roundingEnd: 10, roundingDuration: 15 },
      rounding('closest', 5, 10, 15),
    ],
    ['minutes that are no number', { roundingMode: 'floor', roundingEnd: '5' }, rounding('floor', 0, 0, 0)],
  ])('%s', (_told, settings, expected) => {
    expect(roundingOf(settings)).toEqual(expected);
  });
});

describe('previews say what Kimai will hold, and nothing else changes', () => {
  const quarter = ['default', 0, 0, 15] as const;
  const odd = { ...lead, seconds: 2400 };
  const effectOf = (given: ReturnType<typeof input>, wanted: string) =>
    factsOf(given).choices.find(({ choice }) => choice === wanted)?.effect.facts;

  it('I40 of a new row', () => {
    const asked = (by: ReturnType<typeof bridge>) =>
      input({ entries: [odd], bridge: { ...by, policies: { ...by.policies, newEntries: 'ask' } } });
    expect(effectOf(asked(rounds(...quarter)), 'create')).toMatchObject({
      newSeconds: 2400,
      roundedSeconds: 2700,
    });
    expect(effectOf(asked(bridge()), 'create')).not.toHaveProperty('roundedSeconds');
    expect(effectOf(asked(rounds('default', 1, 1, 0)), 'create')).not.toHaveProperty('roundedSeconds');
  });

  it('I40 of a row whose time changes, and of one that time is deducted from', () => {
    const rows = [{ ...linked, userId: 'k9' }];
    const changed = input({ entries: [odd], links: agreed, rows, bridge: rounds(...quarter) });
    expect(effectOf(changed, 'take_source')).toMatchObject({ newSeconds: 2400, roundedSeconds: 2700 });
    const other = entry(2, { bookedAt: '2026-11-19T10:00:00Z' });
    const otherRow = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
    const less = input({
      entries: [{ ...lead, seconds: 1200 }, other],
      links: [...agreed, link(other, [otherRow])],
      rows: [exported, otherRow],
      bridge: rounds(...quarter),
    });
    expect(effectOf(less, 'deduct')).toMatchObject({ newSeconds: 1200, roundedSeconds: 1800 });
  });

  it('I40 not of several rows together, which are told by their sum', () => {
    const second = marked(6, 1001, {
      begin: '2026-11-20T12:00:00Z',
      seconds: 600,
      description: '#50012 [tb-x1-1001-2]',
    });
    const both = [link(lead, [linked, second], { roundingSeconds: 600 })];
    const given = input({
      entries: [{ ...lead, organizationId: '8' }],
      links: both,
      rows: [linked, second],
      bridge: rounds('default', 0, 0, 60),
    });
    expect(effectOf(given, 'take_source')).not.toHaveProperty('roundedSeconds');
  });

  it('I40 and in the sums of a whole run', () => {
    const tallied = (rounding: TargetRounding | null) => {
      const given = input({
        entries: [{ ...longer, seconds: 2400 }, entry(2, { seconds: 420, ticketId: '51' })],
        links: agreed,
        rows: [linked],
      });
      const tally = new PreviewTally(new Set(), rounding);
      tally.add(given.entries, reconcile(given));
      return Object.fromEntries(tally.summary().steps.map(({ kind, seconds }) => [kind, seconds]));
    };
    expect(tallied(null)).toEqual({ update: 600, create: 420 });
    expect(tallied(rounding(...quarter))).toEqual({ update: 900, create: 900 });
  });

  it('I40 never judges: plans and versions are the same with and without', () => {
    const books = (by: ReturnType<typeof bridge>) =>
      input({ entries: [longer], links: agreed, rows: [{ ...linked, userId: 'k9' }], bridge: by });
    const [plain, told] = [books(bridge()), books(rounds(...quarter))];
    expect(asks(reconcile(told))[0]?.facts.version).toBe(asks(reconcile(plain))[0]?.facts.version);
    expect(decideFirst(told, 'take_source').steps).toEqual(decideFirst(plain, 'take_source').steps);
  });
});
