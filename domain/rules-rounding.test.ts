import { describe, expect, it } from 'vitest';
import { booked, decideFirst, entry, input, kinds, link, marked, row, stepOf } from './books.test-support.js';
import { reconcile } from './reconcile.js';

/** 29:50 min in Zammad, 30 min in Kimai: whole minutes explain ten seconds. */
const lead = entry(1, { seconds: 1790 });
const rowOf = (seconds: number) => marked(5, 1001, { seconds });
const held = (rest: { roundingSeconds?: number; acceptedSeconds?: number } = {}, target = rowOf(1800)) => [
  link(lead, [target], { roundingSeconds: 10, ...rest }),
];
const plan = (seconds: number, links = held(), rows = [rowOf(1800)]) =>
  reconcile(input({ entries: [{ ...lead, seconds }], links, rows }));

describe('what explains a difference that nobody decided about', () => {
  it('I31 seconds that move within the same minute are rounding and no accepted difference', () => {
    expect(stepOf(plan(1805), 'accept')).toMatchObject({ acceptedSeconds: 0, roundingSeconds: -5 });
  });

  it('I31 time that moved on both sides alike leaves rounding only, and nothing that was accepted before', () => {
    const both = plan(2405, held({ acceptedSeconds: 300 }), [rowOf(2400)]);
    expect(stepOf(both, 'accept')).toMatchObject({
      why: { code: 'both_moved_alike' },
      acceptedSeconds: 0,
      roundingSeconds: -5,
    });
  });

  it('I31 other words in Kimai move neither rounding nor what was accepted', () => {
    const reworded = [marked(5, 1001, { description: 'anders [tb-x1-1001]' })];
    expect(stepOf(plan(1790, held({ acceptedSeconds: 300 }), reworded), 'accept')).toMatchObject({
      acceptedSeconds: 300,
      roundingSeconds: 10,
    });
  });

  it('I31 keeping Kimai accepts the difference beside the rounding that is there', () => {
    const before = input({ entries: [lead], links: held(), rows: [rowOf(3600)] });
    expect(stepOf(decideFirst(before, 'keep_target'), 'accept')).toMatchObject({
      acceptedSeconds: 1800,
      roundingSeconds: 10,
    });
  });

  it('I31 an entry that is gone on both sides leaves nothing accepted', () => {
    const gone = { ...lead, deletedAt: '2026-11-21T00:00:00Z' };
    const rows = [{ ...rowOf(1800), deletedAt: '2026-11-21T00:00:00Z' }];
    const step = stepOf(reconcile(input({ entries: [gone], links: held(), rows })), 'accept');
    expect(step.acceptedSeconds + step.roundingSeconds).toBe(0);
  });

  it('I31 one of two rows that is linked anew explains its difference whole', () => {
    const second = row(6, { description: '#50012 [tb-x1-1001]', seconds: 2400 });
    const before = input({ entries: [lead], links: held(), rows: [rowOf(1800), second] });
    const step = stepOf(decideFirst(before, 'link_one', { targetId: '6' }), 'adopt');
    expect(2400 - 1790 - step.acceptedSeconds).toBe(10);
  });
});

/**
 * Kimai rounds what it is sent by rules that its API does not tell (kimai-api.md, "Rounding"). What came back is the
 * base: whatever the mode makes of a row, it is no edit of a person and is never written again.
 */
describe('rounding modes of Kimai × units of Zammad', () => {
  const UNITS = { minute: 60, quarter: 900, hour: 3600, 'a unit of 6 minutes': 360 } as const;
  const MODES = {
    'leaves whole minutes alone': (seconds: number) => seconds,
    'rounds the duration up to 15 minutes': (seconds: number) => Math.ceil(seconds / 900) * 900,
    'rounds the duration down to 15 minutes': (seconds: number) => Math.floor(seconds / 900) * 900,
    'rounds the duration to the closest 5 minutes': (seconds: number) => Math.round(seconds / 300) * 300,
  } as const;
  const cases = Object.entries(UNITS).flatMap(([unit, perUnit]) =>
    Object.entries(MODES).map(([mode, round]) => ({ unit, mode, perUnit, round })),
  );

  it.each(cases)('Kimai $mode, Zammad counts by $unit: at rest, and one edit is one write', (one) => {
    const { perUnit, round } = one;
    const first = entry(1, { seconds: perUnit });
    const sent = stepOf(reconcile(input({ entries: [first] })), 'create').desired.seconds;
    const returned = marked(5, 1001, {
      end: '2026-11-20T10:00:00Z',
      begin: new Date(Date.parse('2026-11-20T10:00:00Z') - sent * 1000).toISOString(),
      seconds: round(sent),
    });
    const links = [link(first, [returned], { roundingSeconds: round(sent) - perUnit })];
    const rows = [returned];
    expect(kinds(reconcile(input({ entries: [first], links, rows })))).toEqual(['in_sync']);
    const edited = booked({ ...first, seconds: perUnit * 3 });
    const change = stepOf(reconcile(input({ entries: [edited], links, rows })), 'update');
    expect(change.desired.seconds).toBe(perUnit * 3);
    expect(change.acceptedSeconds).toBe(0);
    expect(Date.parse(change.desired.endAt) - Date.parse(change.desired.beginAt)).toBe(perUnit * 3 * 1000);
  });
});
