import { describe, expect, it } from 'vitest';
import { booked, entry } from './books.test-support.js';
import type { EntryOutcome, EntryState, Plan, Step } from './plan.js';
import { PreviewTally } from './preview.js';
import { reason } from './reason.js';

const outcome = (entryId: string, state: EntryState): EntryOutcome => ({
  entryId,
  state,
  why: reason('any'),
  subjects: [],
});
const skip = (id: number): Step => ({
  kind: 'skip',
  leadId: `${id}`,
  by: { kind: 'policy' },
  why: reason('ignored_mapping'),
  entryIds: [`${id}`],
});
const gap = (subject: string, ids: readonly number[], seconds: number): Step => ({
  kind: 'ask',
  leadId: `${ids[0] ?? ''}`,
  by: { kind: 'policy' },
  why: reason('unmapped_user'),
  facts: {
    kind: 'unmapped_user',
    subject,
    version: 'v1',
    why: reason('unmapped_user'),
    entryIds: ids.map(String),
    base: null,
    source: null,
    target: null,
    targetRowId: null,
    candidates: [],
    differing: [],
    secondsAtStake: seconds,
    gap: { key: subject, name: `Person ${subject}` },
    choices: [],
  },
});
const plan = (steps: readonly Step[], outcomes: readonly EntryOutcome[]): Plan => ({ steps, outcomes });

describe('a preview', () => {
  it('adds up a gap that lies over several batches, and counts it as one question', () => {
    const tally = new PreviewTally();
    tally.add([booked(entry(1))], plan([gap('4', [1], 1800)], [outcome('1', 'waiting')]));
    tally.add([booked(entry(2))], plan([gap('4', [2], 1800)], [outcome('2', 'waiting')]));
    const { gaps, questions, steps } = tally.summary();
    expect(gaps).toEqual([
      { kind: 'unmapped_user', key: '4', name: 'Person 4', entryCount: 2, seconds: 3600 },
    ]);
    expect(questions).toMatchObject([{ count: 1, entryCount: 2, seconds: 3600 }]);
    expect(steps).toEqual([{ kind: 'ask', count: 2, seconds: 3600 }]);
  });

  it('counts the hours of an entry behind two gaps once', () => {
    const tally = new PreviewTally();
    tally.add(
      [booked(entry(1))],
      plan([gap('4', [1], 1800), gap('5', [1], 1800)], [outcome('1', 'waiting')]),
    );
    expect(tally.summary().steps).toEqual([{ kind: 'ask', count: 1, seconds: 1800 }]);
  });

  it('keeps what is before the start on a line of its own', () => {
    const tally = new PreviewTally();
    const old = booked(entry(1, { bookedAt: '2026-01-05T10:00:00Z' }));
    tally.add(
      [old, booked(entry(2))],
      plan([skip(2)], [outcome('1', 'before_start'), outcome('2', 'skipped')]),
    );
    expect(tally.summary()).toMatchObject({
      entryCount: 1,
      oldestDay: '2026-11-20',
      beforeStart: { count: 1, seconds: 1800 },
      lines: [{ month: '2026-11', customerName: 'Acme', kind: 'skip', count: 1, seconds: 1800 }],
    });
  });

  it('gives examples of each kind, and not a thousand of the same', () => {
    const tally = new PreviewTally();
    const ids = Array.from({ length: 500 }, (_, index) => index + 1);
    tally.add(
      ids.map((id) => booked(entry(id))),
      plan([...ids.map(skip), gap('4', [1], 1800)], []),
    );
    const { samples, steps } = tally.summary();
    expect(samples.map(({ kind }) => kind).filter((kind) => kind === 'skip')).toHaveLength(20);
    expect(samples.some(({ kind }) => kind === 'ask')).toBe(true);
    expect(steps.find(({ kind }) => kind === 'skip')?.count).toBe(500);
  });
});
