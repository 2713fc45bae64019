import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  decisionOn,
  entry,
  input,
  kinds,
  marked,
  row,
  statesOf,
} from './books.test-support.js';
import { reconcile } from './reconcile.js';
import { agreed, DELETED_AT, firstAsk, lead, linked } from './usual-case.test-support.js';

const unread = (id: number, rest: Parameters<typeof entry>[1] = {}) =>
  entry(id, { seconds: null, unreadable: 'not_even', unitText: '0.333', ...rest });

describe('I37 an entry whose number cannot be read', () => {
  const given = input({ entries: [unread(1)] });

  it('is shown with its text and two choices, neither of which writes', () => {
    expect(firstAsk(given)).toMatchObject({
      leadId: '1',
      by: { kind: 'policy' },
      facts: {
        kind: 'unreadable',
        subject: 'lead:1',
        entryIds: ['1'],
        base: null,
        source: null,
        target: null,
        targetRowId: null,
        candidates: [],
        differing: [],
        secondsAtStake: 0,
        gap: null,
        why: {
          code: 'unreadable',
          facts: { problem: 'not_even', unitText: '0.333', entryDay: '2026-11-20', ticketNumber: '50012' },
        },
        choices: [
          {
            choice: 'retry',
            targetId: null,
            effect: { code: 'will_read_again' },
            desired: null,
            blocked: null,
          },
          {
            choice: 'skip',
            targetId: null,
            effect: { code: 'will_change_nothing' },
            desired: null,
            blocked: null,
          },
        ],
      },
    });
    expect(statesOf(reconcile(given))).toEqual({ 1: 'waiting' });
  });

  it('is skipped by a decision about this text, and asked again about another or for another reason', () => {
    const decisions = [decisionOn(firstAsk(given), 'skip')];
    const plan = (one: ReturnType<typeof entry>) =>
      reconcile({ ...given, entries: [booked(one)], decisions });
    expect(plan(unread(1)).steps).toEqual([
      {
        kind: 'skip',
        leadId: '1',
        by: { kind: 'decision', decisionId: 'd1' },
        why: { code: 'decided', facts: { choice: 'skip' } },
        entryIds: ['1'],
      },
    ]);
    expect(statesOf(plan(unread(1)))).toEqual({ 1: 'skipped' });
    expect(kinds(plan(unread(1, { unitText: '0.334' })))).toEqual(['ask unreadable']);
    expect(kinds(plan(unread(1, { unreadable: 'too_large' })))).toEqual(['ask unreadable']);
    expect(kinds(plan(unread(2)))).toEqual(['ask unreadable']);
  });

  it('stands in the order of booking, and readable ones go on', () => {
    const later = unread(1, { bookedAt: '2026-11-20T12:00:00Z' });
    const earlier = unread(2, { bookedAt: '2026-11-20T08:00:00Z' });
    const plan = reconcile(input({ entries: [later, earlier, entry(3)] }));
    expect(asks(plan).map(({ leadId }) => leadId)).toEqual(['2', '1']);
    expect(kinds(plan)).toEqual(['ask unreadable', 'ask unreadable', 'create']);
  });

  it('is one as soon as its time is missing, or as somebody says that it is wrong', () => {
    for (const one of [unread(1, { unreadable: null }), unread(1, { seconds: 1800 })])
      expect(kinds(reconcile(input({ entries: [one] })))).toEqual(['ask unreadable']);
  });

  it('proves nothing about its row: a linked one is neither asked about nor deleted', () => {
    const plan = reconcile(
      input({
        entries: [unread(1)],
        links: agreed,
        rows: [linked],
        bridge: bridge({ sourceDeletions: 'delete' }),
      }),
    );
    expect(kinds(plan)).toEqual(['ask unreadable']);
  });

  it('is nothing to ask once it is deleted', () => {
    expect(kinds(reconcile(input({ entries: [unread(1, { deletedAt: DELETED_AT })] })))).toEqual([]);
  });
});

describe('I18 an entry before the start', () => {
  const from = (startFrom: string) => bridge({ sourceDeletions: 'delete' }, { startFrom });

  it('is left as it is, whatever became of it; on the day of the start it counts', () => {
    for (const one of [lead, unread(1)]) {
      const early = reconcile(input({ entries: [one], bridge: from('2026-11-21') }));
      expect(early).toEqual({
        steps: [],
        outcomes: [
          { entryId: '1', state: 'before_start', why: { code: 'before_start', facts: {} }, subjects: [] },
        ],
      });
    }
    expect(kinds(reconcile(input({ entries: [lead], bridge: from('2026-11-20') })))).toEqual(['create']);
  });

  it('takes no row with it, though the row is linked', () => {
    const gone = { ...lead, deletedAt: DELETED_AT };
    const given = (startFrom: string) =>
      input({ entries: [gone], links: agreed, rows: [linked], bridge: from(startFrom) });
    expect(kinds(reconcile(given('2026-11-21')))).toEqual([]);
    expect(kinds(reconcile(given('2026-11-20')))).toEqual(['delete']);
  });
});

describe('I18 an entry that is part of several steps', () => {
  const minus = (id: number, seconds: number) =>
    entry(id, { seconds: -seconds, bookedAt: `2026-11-20T1${id}:00:00Z` });

  it('that no step names is agreed: nothing is to be written', () => {
    const plan = reconcile(input({ entries: [lead, minus(2, 1800)] }));
    expect(plan.outcomes).toMatchObject([
      { entryId: '1', state: 'agreed', why: { code: 'net_zero' }, subjects: [] },
      { entryId: '2', state: 'agreed', why: { code: 'net_zero' }, subjects: [] },
    ]);
    const empty = reconcile(input({ entries: [entry(1, { seconds: 0 })] }));
    expect(empty.outcomes).toEqual([
      { entryId: '1', state: 'agreed', why: { code: 'nothing_to_write', facts: {} }, subjects: [] },
    ]);
  });

  it('stands where the most pressing one leaves it, in any order of the steps', () => {
    const plan = reconcile(input({ entries: [lead, minus(2, 600)], bridge: bridge({ corrections: 'ask' }) }));
    expect(statesOf(plan)).toEqual({ 1: 'pending', 2: 'waiting' });
    const behindAGap = reconcile(
      input({
        entries: [{ ...lead, activityTypeId: '99' }, minus(2, 600)],
        bridge: bridge({ corrections: 'ask' }),
      }),
    );
    expect(behindAGap.outcomes.map(({ entryId, state }) => [entryId, state])).toEqual([
      ['1', 'waiting'],
      ['2', 'waiting'],
    ]);
  });

  it('names every question that it waits behind, each once and in order', () => {
    const poor = bridge({}, { mappings: { activities: {}, users: {}, customers: {} } });
    const [outcome] = reconcile(input({ entries: [lead], bridge: poor })).outcomes;
    expect(outcome?.state).toBe('waiting');
    expect(outcome?.subjects).toHaveLength(3);
    expect(outcome?.subjects).toEqual([...(outcome?.subjects ?? [])].sort());
    const two = reconcile(input({ entries: [lead, entry(2)], bridge: poor }));
    expect(two.outcomes.map(({ subjects }) => subjects)).toEqual([outcome?.subjects, outcome?.subjects]);
  });

  it('is about to be written by a mapping that was decided just now', () => {
    const given = input({ entries: [entry(1, { activityTypeId: '99' }), entry(2)] });
    const decisions = [decisionOn(firstAsk(given), 'map', { targetId: 'a9' })];
    const plan = reconcile({ ...given, decisions });
    expect(statesOf(plan)).toEqual({ 1: 'pending', 2: 'pending' });
    expect(plan.outcomes.find(({ entryId }) => entryId === '1')?.why).toEqual({
      code: 'decided',
      facts: { choice: 'map' },
    });
  });

  it('a row that is kept of two leaves it about to be written, since the other has to go', () => {
    const given = input({
      entries: [lead],
      rows: [marked(5, 1001), marked(6, 1001, { begin: '2026-11-20T12:00:00Z' })],
    });
    const decisions = [decisionOn(firstAsk(given), 'keep_one', { targetId: '5' })];
    const plan = reconcile({ ...given, decisions });
    expect(kinds(plan)).toEqual(['adopt', 'delete']);
    expect(statesOf(plan)).toEqual({ 1: 'pending' });
  });
});

describe('I16 what is offered for an entry without a link', () => {
  const other = entry(2, { bookedAt: '2026-11-22T10:00:00Z', ticketId: '51', ticketTitle: 'Maus defekt' });
  const offeredTo = (plan: ReturnType<typeof reconcile>, leadId: string) =>
    asks(plan)
      .find((step) => step.leadId === leadId)
      ?.facts.candidates.map(({ timesheet }) => timesheet.externalId);

  it('is no row that another entry takes, or that is proposed to another one', () => {
    const asking = bridge({ newEntries: 'ask' });
    const near = row(5, { begin: '2026-11-22T09:30:00Z', description: 'Anruf' });
    expect(offeredTo(reconcile(input({ entries: [other], rows: [near], bridge: asking })), '2')).toEqual([
      '5',
    ]);
    const taken = reconcile(input({ entries: [lead, other], rows: [row(5)], bridge: asking }));
    expect([kinds(taken), offeredTo(taken, '2')]).toEqual([['adopt', 'ask missing'], []]);
    const similar = row(5, { description: 'Drucker druckt wieder nicht' });
    const proposed = reconcile(input({ entries: [lead, other], rows: [similar], bridge: asking }));
    expect([offeredTo(proposed, '1'), offeredTo(proposed, '2')]).toEqual([['5'], []]);
  });

  it('is certain where it matches, and says what Kimai would gain', () => {
    const certain = { score: 1, parts: { date: 1, duration: 1, person: 1, text: 1, project: 1 } };
    const paired = input({ entries: [lead], rows: [row(5)], bridge: bridge({ exactMatches: 'ask' }) });
    expect(firstAsk(paired).facts).toMatchObject({
      kind: 'duplicate',
      secondsAtStake: 0,
      candidates: [certain],
    });
    const differing = firstAsk(input({ entries: [lead], rows: [row(5, { seconds: 2400 })] })).facts;
    expect(differing).toMatchObject({
      kind: 'mismatch',
      secondsAtStake: -600,
      differing: ['seconds'],
      candidates: [{ ...certain, timesheet: { externalId: '5' } }],
    });
  });
});
