import { describe, expect, it } from 'vitest';
import {
  asks,
  bridge,
  decideFirst,
  decisionOn,
  entry,
  input,
  kinds,
  link,
  row,
  statesOf,
  stepOf,
} from './books.test-support.js';
import { reconcile } from './reconcile.js';
import type { TimeEntry } from './time-entry.js';
import { at } from './usual-case.test-support.js';

const lead = (id: number, hour: number, rest: Partial<TimeEntry> = {}) =>
  entry(id, { bookedAt: at(hour), ...rest });
const adopted = (plan: ReturnType<typeof reconcile>) =>
  Object.fromEntries(
    plan.steps.flatMap((step) => (step.kind === 'adopt' ? [[step.leadId, step.rows[0]?.externalId]] : [])),
  );

describe('exact matches', () => {
  it('I16 an entry and a row that happen to have the same number have nothing to do with each other', () => {
    const rows = [row(57, { begin: '2026-11-05T08:00:00Z', description: 'something else' })];
    const plan = reconcile(input({ entries: [lead(57, 9, { sourceId: '57' })], rows }));
    expect(kinds(plan)).toEqual(['create']);
  });

  it('I16 n entries and n equal rows pair by time', () => {
    const plan = reconcile(
      input({
        entries: [lead(1, 12), lead(2, 9), lead(3, 15)],
        rows: [row(7, { begin: at(14) }), row(8, { begin: at(11) }), row(9, { begin: at(8) })],
      }),
    );
    expect(adopted(plan)).toEqual({ 2: '9', 1: '8', 3: '7' });
  });

  it('I16 n entries and m equal rows are a duplicate each, and none of the rows is proposed elsewhere', () => {
    const rows = [row(7, { begin: at(8) }), row(8, { begin: at(11) }), row(9, { begin: at(14) })];
    const plan = reconcile(input({ entries: [lead(1, 9), lead(2, 12)], rows }));
    expect(asks(plan).map(({ facts }) => [facts.kind, facts.why.code, facts.candidates.length])).toEqual([
      ['duplicate', 'several_matches', 3],
      ['duplicate', 'several_matches', 3],
    ]);
    expect(asks(plan)[0]?.facts.candidates.map(({ timesheet }) => timesheet.externalId)).toEqual([
      '7',
      '8',
      '9',
    ]);
    expect(asks(plan)[0]?.facts.why.facts).toMatchObject({ rowCount: 3, sourceSeconds: 1800 });
  });

  it('I16 durations are compared in whole minutes, each on its own', () => {
    const plan = reconcile(
      input({
        entries: [lead(1, 9, { seconds: 1790 }), lead(2, 12, { seconds: 600 })],
        rows: [row(7, { begin: at(8) }), row(8, { begin: at(11), seconds: 600 })],
      }),
    );
    expect(adopted(plan)).toEqual({ 1: '7', 2: '8' });
  });

  it('I16 one row that differs in duration only is a mismatch; two are not', () => {
    const one = reconcile(input({ entries: [lead(1, 10)], rows: [row(7, { seconds: 2400 })] }));
    expect(asks(one)[0]?.facts).toMatchObject({
      kind: 'mismatch',
      why: { code: 'match_differs' },
      differing: ['seconds'],
      secondsAtStake: -600,
      base: null,
      source: { seconds: 1800 },
      target: { seconds: 2400 },
    });
    const two = reconcile(
      input({
        entries: [lead(1, 10)],
        rows: [row(7, { seconds: 2400 }), row(8, { seconds: 3000, begin: at(12) })],
      }),
    );
    expect(kinds(two)).toEqual(['ask ambiguous']);
  });

  it.each([
    ['another day', { begin: '2026-11-19T09:30:00Z', description: '#50012' }, 'ask ambiguous'],
    ['another person', { userId: 'k5' }, 'create'],
    ['another number', { description: '#500123' }, 'ask ambiguous'],
    ['a running timer', { end: null }, 'create'],
    ['an unreadable row', { unreadable: 'x' }, 'create'],
    ['a deleted row', { deletedAt: at(12) }, 'create'],
  ])('I16 %s is no exact match', (_name, now, expected) => {
    expect(kinds(reconcile(input({ entries: [lead(1, 10)], rows: [row(7, now)] })))).toEqual([expected]);
  });

  it('I16 the order number of the project counts as the ticket number, and linked rows are never candidates', () => {
    const bare = row(7, { description: null });
    const orderNumbers = { p7: '50012' };
    expect(kinds(reconcile(input({ entries: [lead(1, 10)], rows: [bare], rest: { orderNumbers } })))).toEqual(
      ['adopt'],
    );
    const elsewhere = { linkedElsewhere: new Set(['7']) };
    expect(kinds(reconcile(input({ entries: [lead(1, 10)], rows: [row(7)], rest: elsewhere })))).toEqual([
      'create',
    ]);
    const linkedHere = link(lead(9, 10, { ticketId: '60' }), [row(7)]);
    expect(kinds(reconcile(input({ entries: [lead(1, 10)], rows: [row(7)], links: [linkedHere] })))).toEqual([
      'create',
    ]);
  });
});

describe('similar rows', () => {
  const similar = (id: number, rest: Parameters<typeof row>[1] = {}) =>
    row(id, { description: 'Drucker druckt wieder nicht', ...rest });

  it('I17 are proposed with their score and its parts, and written by nobody', () => {
    const [asked] = asks(reconcile(input({ entries: [lead(1, 10)], rows: [similar(7)] })));
    expect(asked?.facts).toMatchObject({ kind: 'ambiguous', secondsAtStake: 1800 });
    expect(asked?.facts.candidates).toMatchObject([
      { score: 1, parts: { date: 1, duration: 1, person: 1, text: 1, project: 1 } },
    ]);
    const farther = asks(
      reconcile(
        input({
          entries: [lead(1, 10)],
          rows: [similar(7, { begin: '2026-11-19T09:30:00Z', seconds: 2400, description: 'Drucker defekt' })],
          bridge: bridge({ fuzzyThreshold: 0.1 }),
        }),
      ),
    )[0]?.facts.candidates;
    expect(farther).toMatchObject([
      { score: 0.525, parts: { date: 0.4, duration: 0.5, person: 1, project: 1 } },
    ]);
    expect(farther?.[0]?.parts.text).toBeCloseTo(1 / 3);
  });

  it.each([
    [-3, '2026-11-17', true],
    [-4, '2026-11-16', false],
    [3, '2026-11-23', true],
    [4, '2026-11-24', false],
  ])('I17 a row %d days off is a candidate: %s', (_off, day, found) => {
    const given = input({
      entries: [lead(1, 10)],
      rows: [similar(7, { begin: `${day}T09:30:00Z` })],
      bridge: bridge({ fuzzyThreshold: 0.1 }),
    });
    expect(kinds(reconcile(given))).toEqual([found ? 'ask ambiguous' : 'create']);
  });

  it('I17 the threshold is met exactly, and a lower score is not shown', () => {
    const given = (fuzzyThreshold: number) =>
      input({
        entries: [lead(1, 10)],
        rows: [similar(7, { begin: '2026-11-19T09:30:00Z', seconds: 2400, description: 'Drucker defekt' })],
        bridge: bridge({ fuzzyThreshold }),
      });
    expect(kinds(reconcile(given(0.525)))).toEqual(['ask ambiguous']);
    expect(kinds(reconcile(given(0.526)))).toEqual(['create']);
  });

  it('I17 each row is proposed to one entry only, the best pair first, five at most', () => {
    const rows = [similar(7, { begin: at(8) }), similar(8, { begin: at(13) })];
    const plan = reconcile(input({ entries: [lead(1, 8), lead(2, 13)], rows }));
    expect(
      asks(plan).map(({ facts }) => facts.candidates.map(({ timesheet }) => timesheet.externalId)),
    ).toEqual([['7'], ['8']]);
    const many = Array.from({ length: 7 }, (_, index) => similar(10 + index, { begin: at(8 + index) }));
    const facts = asks(reconcile(input({ entries: [lead(1, 9)], rows: many })))[0]?.facts;
    expect(facts?.candidates.map(({ timesheet }) => timesheet.externalId)).toEqual([
      '11',
      '10',
      '12',
      '13',
      '14',
    ]);
  });

  it('I17 a missing entry that is asked shows what lies near, links one, and forgets it without asking anew', () => {
    const near = row(7, { description: 'Etwas ganz anderes', seconds: 3600, begin: at(14) });
    const policies = bridge({ newEntries: 'ask' });
    const given = input({ entries: [lead(1, 10)], rows: [near], bridge: policies });
    const [asked] = asks(reconcile(given));
    expect(asked?.facts).toMatchObject({ kind: 'missing', candidates: [{ score: 0.45 }] });
    expect(stepOf(decideFirst(given, 'link', { targetId: '7' }), 'adopt').acceptedSeconds).toBe(1800);
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'skip')];
    expect(kinds(reconcile({ ...given, decisions }))).toEqual(['skip']);
    expect(kinds(reconcile({ ...given, rows: [], decisions }))).toEqual(['skip']);
    const far = row(7, { description: 'x', seconds: 9000, projectId: 'p8' });
    expect(asks(reconcile({ ...given, rows: [far] }))[0]?.facts.candidates).toMatchObject([{ score: 0.3 }]);
    const farther = row(7, {
      description: 'x',
      seconds: 9000,
      projectId: 'p8',
      begin: '2026-11-19T09:30:00Z',
    });
    expect(asks(reconcile({ ...given, rows: [farther] }))[0]?.facts.candidates).toEqual([]);
    const rules = [{ id: 'r1', revision: 1, when: {}, then: 'link' as const }];
    expect(kinds(reconcile({ ...given, rules }))).toEqual(['ask missing']);
  });
});

describe('gaps', () => {
  const none = bridge({}, { mappings: { activities: {}, users: {}, customers: {} } });

  it('I19 all gaps of an entry at once, each with its own wording', () => {
    const odd = entry(1, {
      activityTypeId: null,
      activityTypeName: null,
      organizationId: null,
      organizationName: null,
    });
    const nobody = entry(2, {
      organizationId: null,
      organizationName: null,
      ticketCustomerId: null,
      ticketCustomerName: null,
    });
    const plan = reconcile(input({ entries: [odd, nobody], bridge: none }));
    expect(
      asks(plan).map(({ facts }) => [facts.subject, facts.why.code, facts.gap, facts.secondsAtStake]),
    ).toEqual([
      ['gap:unmapped_activity:', 'unmapped_no_activity', { key: '', name: '' }, 1800],
      ['gap:unmapped_activity:3', 'unmapped_activity', { key: '3', name: 'Support' }, 1800],
      ['gap:unmapped_customer:customer:', 'unmapped_no_customer', { key: 'customer:', name: '' }, 1800],
      [
        'gap:unmapped_customer:customer:9',
        'unmapped_ticket_customer',
        { key: 'customer:9', name: 'Jana Kunde' },
        1800,
      ],
      ['gap:unmapped_user:4', 'unmapped_user', { key: '4', name: 'Anna Vogt' }, 3600],
    ]);
    expect(plan.outcomes[0]?.subjects).toEqual([
      'gap:unmapped_activity:',
      'gap:unmapped_customer:customer:9',
      'gap:unmapped_user:4',
    ]);
    expect(asks(plan)[4]?.facts.entryIds).toEqual(['1', '2']);
    expect(asks(plan)[4]?.facts.why.facts).toEqual({
      name: 'Anna Vogt',
      key: '4',
      entryCount: 2,
      sourceSeconds: 3600,
    });
  });

  it('I19 a fixed project needs no customer, and a decision maps or ignores the whole gap', () => {
    const fixed = bridge(
      { project: 'fixed', fixedProjectId: 'p1' },
      { mappings: { ...none.mappings, users: { '4': { targetId: 'k4' } } } },
    );
    const given = input({ entries: [entry(1), entry(2)], bridge: fixed });
    expect(asks(reconcile(given)).map(({ facts }) => facts.subject)).toEqual(['gap:unmapped_activity:3']);
    expect(decideFirst(given, 'map', { targetId: 'a9' }).steps).toMatchObject([
      {
        kind: 'map',
        gap: 'unmapped_activity',
        key: '3',
        targetId: 'a9',
        leadId: '1',
        by: { kind: 'decision' },
      },
    ]);
    expect(statesOf(decideFirst(given, 'map', { targetId: 'a9' }))).toEqual({ 1: 'pending', 2: 'pending' });
    expect(decideFirst(given, 'ignore').steps).toMatchObject([{ kind: 'map', targetId: null }]);
    expect(kinds(decideFirst(given, 'map'))).toEqual(['ask unmapped_activity']);
    const mapped = bridge({ project: 'fixed', fixedProjectId: 'p1' });
    expect(
      stepOf(reconcile(input({ entries: [entry(1)], bridge: mapped })), 'create').desired.projectId,
    ).toBe('p1');
    const unset = bridge({ project: 'fixed', fixedProjectId: null });
    expect(stepOf(reconcile(input({ entries: [entry(1)], bridge: unset })), 'create').desired.projectId).toBe(
      'p7',
    );
  });

  it('I19 what people chose to ignore is skipped, and says which mapping it was', () => {
    const ignoring = bridge(
      {},
      { mappings: { ...bridge().mappings, activities: { '3': { ignored: true } } } },
    );
    const plan = reconcile(input({ entries: [entry(1)], bridge: ignoring }));
    expect(plan.steps).toMatchObject([
      {
        kind: 'skip',
        entryIds: ['1'],
        why: { code: 'ignored_mapping', facts: { gapKind: 'unmapped_activity', key: '3', name: 'Support' } },
      },
    ]);
    expect(statesOf(plan)).toEqual({ 1: 'skipped' });
  });
});
