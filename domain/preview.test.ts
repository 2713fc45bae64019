import { describe, expect, it } from 'vitest';
import { NOW, booked, bridge, decideFirst, entry, input, link, marked, row } from './books.test-support.js';
import type { EntryOutcome, EntryState, Plan, Step, StepKind } from './plan.js';
import { PreviewTally } from './preview.js';
import { reason } from './reason.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import type { Timesheet } from './timesheet.js';

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

  const lead = entry(1);
  const linked = marked(5, 1001);
  const links = [link(lead, [linked])];
  const longer = { ...lead, seconds: 2700 };
  const gone = { ...lead, deletedAt: '2026-11-21T00:00:00Z' };
  const previewOf = (given: ReconcileInput) => {
    const tally = new PreviewTally();
    tally.add(given.entries, reconcile(given));
    return tally.summary();
  };

  it.each<[string, ReconcileInput, StepKind, number]>([
    ['a new row brings its time', input({ entries: [lead] }), 'create', 1800],
    [
      'a longer one brings the difference',
      input({ entries: [longer], links, rows: [linked] }),
      'update',
      900,
    ],
    [
      'a deletion takes the time of its row',
      input({ entries: [gone], links, rows: [linked], bridge: bridge({ sourceDeletions: 'delete' }) }),
      'delete',
      -1800,
    ],
    ['a linked row has its time already', input({ entries: [lead], rows: [row(5)] }), 'adopt', 1800],
    [
      'so has one that is noted',
      input({ entries: [lead], links, rows: [marked(5, 1001, { billable: false })] }),
      'accept',
      1800,
    ],
    ['and one that agrees', input({ entries: [lead], links, rows: [linked] }), 'in_sync', 1800],
    [
      'what rests is counted with its time',
      input({ entries: [{ ...lead, updatedAt: NOW }], bridge: bridge({ quietMinutes: 10 }) }),
      'wait',
      1800,
    ],
    [
      'a question with what is at stake',
      input({ entries: [lead], links, rows: [marked(5, 1001, { seconds: 3600 })] }),
      'ask',
      -1800,
    ],
  ])('%s', (_name, given, kind, seconds) => {
    const { steps, samples, lines } = previewOf(given);
    expect(steps).toEqual([{ kind, count: 1, seconds }]);
    expect(lines).toEqual([
      { month: '2026-11', customerKey: 'organization:7', customerName: 'Acme', kind, count: 1, seconds },
    ]);
    expect(samples).toMatchObject([
      {
        kind,
        sourceId: '1001',
        ticketNumber: '50012',
        ticketTitle: 'Drucker druckt nicht',
        customerName: 'Acme',
        personName: 'Anna Vogt',
        day: '2026-11-20',
        seconds,
      },
    ]);
  });

  it('a skipped entry is counted with its time, and a mapping that is made with none', () => {
    const ignoring = { ...bridge().mappings, activities: { '3': { ignored: true } as const } };
    expect(previewOf(input({ entries: [lead], bridge: bridge({}, { mappings: ignoring }) })).steps).toEqual([
      { kind: 'skip', count: 1, seconds: 1800 },
    ]);
    const unmapped = input({ entries: [entry(1, { activityTypeId: '99' })] });
    const tally = new PreviewTally();
    tally.add(unmapped.entries, decideFirst(unmapped, 'map', { targetId: 'a9' }));
    expect(tally.summary().steps).toEqual([{ kind: 'map', count: 1, seconds: 0 }]);
  });

  it('shows the newest month first, then customer by customer, and a person where no organization is', () => {
    const nobody = { organizationId: null, organizationName: null, ticketId: '52' };
    const { lines, samples, oldestDay, entrySeconds } = previewOf(
      input({
        entries: [
          entry(1, { bookedAt: '2026-10-20T10:00:00Z', organizationId: '8', organizationName: 'Beta' }),
          entry(2, { ticketId: '51' }),
          entry(3, nobody),
          entry(4, { seconds: 600, ticketId: '53', bookedAt: '2026-10-21T10:00:00Z' }),
        ],
        bridge: bridge(
          {},
          {
            mappings: {
              ...bridge().mappings,
              customers: { ...bridge().mappings.customers, 'customer:9': { targetId: 'p9' } },
            },
          },
        ),
        rest: { firstRun: true },
      }),
    );
    expect(lines.map(({ month, customerName, seconds }) => [month, customerName, seconds])).toEqual([
      ['2026-11', 'Jana Kunde', 1800],
      ['2026-11', 'Acme', 1800],
      ['2026-10', 'Acme', 600],
      ['2026-10', 'Beta', 1800],
    ]);
    expect(samples.map(({ customerName }) => customerName).sort()).toEqual([
      'Acme',
      'Acme',
      'Beta',
      'Jana Kunde',
    ]);
    expect({ oldestDay, entrySeconds }).toEqual({ oldestDay: '2026-10-20', entrySeconds: 6000 });
  });

  it('puts the questions and gaps with the most time first, whatever its sign', () => {
    const tally = new PreviewTally();
    const entries = [1, 2, 3].map((id) => booked(entry(id)));
    tally.add(entries, plan([gap('4', [1], 600), gap('5', [2], 1800), gap('6', [3], 900)], []));
    expect(tally.summary().gaps.map(({ key, seconds }) => [key, seconds])).toEqual([
      ['5', 1800],
      ['6', 900],
      ['4', 600],
    ]);
    const asked = new PreviewTally();
    const small = input({ entries: [longer], bridge: bridge({ newEntries: 'ask' }) });
    const other = entry(2);
    const large = input({
      entries: [{ ...other, deletedAt: '2026-11-21T00:00:00Z' }],
      links: [link(other, [marked(6, 1002)])],
      rows: [marked(6, 1002, { seconds: 5400 })],
    });
    asked.add(small.entries, reconcile(small));
    asked.add(large.entries, reconcile(large));
    expect(asked.summary().questions).toMatchObject([
      { kind: 'source_deleted', cause: 'source_deleted', count: 1, entryCount: 1, seconds: -5400 },
      { kind: 'missing', cause: 'missing', count: 1, entryCount: 1, seconds: 2700 },
    ]);
    expect(asked.summary().gaps).toEqual([]);
  });

  it('counts questions of one cause together, and an unreadable record with no time', () => {
    const many = input({
      entries: [lead, entry(2, { ticketId: '51' })],
      bridge: bridge({ newEntries: 'ask' }),
    });
    expect(previewOf(many).questions).toEqual([
      { kind: 'missing', cause: 'missing', count: 2, entryCount: 2, seconds: 3600 },
    ]);
    const unread = previewOf(input({ entries: [entry(1, { seconds: null, unreadable: 'not_a_number' })] }));
    expect(unread).toMatchObject({ entryCount: 1, entrySeconds: 0, steps: [{ kind: 'ask', seconds: 0 }] });
  });

  it('counts only what was handed in, and shows two hundred examples at most', () => {
    const tally = new PreviewTally();
    tally.add([], plan([skip(1)], [outcome('1', 'agreed')]));
    expect(tally.summary()).toMatchObject({ entryCount: 0, oldestDay: null, lines: [], samples: [] });
    const varied = new PreviewTally();
    const ids = Array.from({ length: 300 }, (_, index) => index + 1);
    const reasons = ids.map((id) => ({ ...skip(id), why: reason(`cause_${id}`) }));
    varied.add(
      ids.map((id) => booked(entry(id))),
      plan(reasons, []),
    );
    expect(varied.summary().samples).toHaveLength(200);
  });

  it('tells what becomes of the cases that are open: which a rule settles, which still wait', () => {
    const tally = new PreviewTally(new Set(['lead:1', 'lead:2', 'lead:3', '4']));
    const byRule: Step = { ...skip(1), by: { kind: 'rule', ruleId: 'r1', revision: 1 } };
    const entries = [1, 2, 5].map((id) => booked(entry(id)));
    tally.add(entries, plan([byRule, skip(2), skip(2), skip(5), gap('4', [6], 1800)], []));
    tally.add([], plan([gap('4', [7], 1800)], []));
    expect(tally.summary().openCases).toEqual([
      { by: 'rule', kind: 'skip', count: 1 },
      { by: 'policy', kind: 'skip', count: 1 },
      { by: 'policy', kind: 'ask', count: 1 },
    ]);
  });

  it('adds up the written time that a re-applying changes or asks about', () => {
    const lead = entry(1);
    const other = entry(2);
    const given = (rows: readonly Timesheet[], decisions: ReconcileInput['decisions']) =>
      input({
        entries: [lead, other].map((one) => booked(one, { reapply: true })),
        links: [link(lead, rows.slice(0, 1)), link(other, rows.slice(1))],
        rows,
        bridge: bridge({ descriptionTemplate: '{ticket.number}' }),
        rest: { decisions },
      });
    const kept = {
      id: 'd',
      subject: 'lead:2',
      kind: 'mismatch',
      version: 'v',
      choice: 'keep_target',
    } as const;
    const decisions = [{ ...kept, parameters: {}, decidedAt: NOW }];
    const tally = new PreviewTally();
    const before = given([marked(5, 1001), marked(6, 1002, { seconds: 2700 })], decisions);
    tally.add(before.entries, reconcile(before));
    expect(tally.summary()).toMatchObject({
      steps: [
        { kind: 'update', count: 1, seconds: 0 },
        { kind: 'ask', count: 1, seconds: 0 },
      ],
      reapplied: { count: 2, seconds: 4500 },
    });
  });
});
