import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
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
import type { Choice, DecisionParameters } from './conflict.js';
import { validateDecision } from './decide.js';
import { desiredKey } from './desired.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { agreed, exported, lead, linked, longer, retimed } from './usual-case.test-support.js';

const shorter = { ...lead, seconds: 900 };
const deleted = { ...lead, deletedAt: '2026-11-21T00:00:00Z' };
const gone = { ...linked, deletedAt: '2026-11-21T00:00:00Z' };
const other = entry(2, { bookedAt: '2026-11-19T10:00:00Z' });
const otherRow = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });

const cases: Readonly<Record<string, ReconcileInput>> = {
  duplicate: input({ entries: [lead], rows: [row(5), row(6, { begin: '2026-11-20T12:00:00Z' })] }),
  mismatch: input({ entries: [longer], links: agreed, rows: [retimed] }),
  'unlinked mismatch': input({ entries: [lead], rows: [row(5, { seconds: 2400 })] }),
  missing: input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) }),
  ambiguous: input({ entries: [lead], rows: [row(5, { description: 'Drucker druckt wieder nicht' })] }),
  target_changed: input({ entries: [lead], links: agreed, rows: [retimed] }),
  target_deleted: input({ entries: [lead], links: agreed, rows: [gone] }),
  source_deleted: input({ entries: [deleted], links: agreed, rows: [linked] }),
  'locked, more': input({ entries: [longer], links: agreed, rows: [exported] }),
  'locked, less': input({
    entries: [shorter, other],
    links: [...agreed, link(other, [otherRow])],
    rows: [exported, otherRow],
  }),
  gap: input({ entries: [entry(1, { activityTypeId: '99' })] }),
  correction: input({
    entries: [lead, entry(2, { seconds: -600, bookedAt: '2026-11-20T09:00:00Z' })],
    links: agreed,
    rows: [linked],
  }),
  unreadable: input({ entries: [entry(1, { seconds: null, unreadable: 'not_a_number' })] }),
};

describe('every kind and every decision', () => {
  it.each<[string, string, Choice, DecisionParameters, readonly string[]]>([
    ['duplicate', 'links one and leaves the rest', 'link_one', { targetId: '6' }, ['adopt']],
    ['duplicate', 'keeps one and deletes the other', 'keep_one', { targetId: '5' }, ['adopt', 'delete']],
    ['duplicate', 'says it is something else', 'create', {}, ['create']],
    ['duplicate', 'is left alone', 'skip', {}, ['skip']],
    ['mismatch', 'takes Zammad', 'take_source', {}, ['update']],
    ['mismatch', 'keeps Kimai', 'keep_target', {}, ['accept']],
    ['mismatch', 'takes the duration of Zammad', 'per_field', { fields: { seconds: 'source' } }, ['update']],
    ['mismatch', 'takes the duration of Kimai', 'per_field', { fields: { seconds: 'target' } }, ['accept']],
    ['unlinked mismatch', 'corrects the row and links it', 'take_source', {}, ['update']],
    ['unlinked mismatch', 'links the row as it is', 'keep_target', {}, ['adopt']],
    ['unlinked mismatch', 'says it is something else', 'create', {}, ['create']],
    ['missing', 'is created', 'create', {}, ['create']],
    ['missing', 'is skipped for good', 'skip', {}, ['skip']],
    ['ambiguous', 'is the similar row', 'link', { targetId: '5' }, ['adopt']],
    ['ambiguous', 'is created all the same', 'create', {}, ['create']],
    ['target_changed', 'keeps what a person did in Kimai', 'keep_target', {}, ['accept']],
    ['target_changed', 'restores what Zammad says', 'take_source', {}, ['update']],
    ['target_deleted', 'is created again', 'create_again', {}, ['create']],
    ['target_deleted', 'stays deleted', 'accept_deletion', {}, ['accept']],
    ['source_deleted', 'is deleted in Kimai too', 'delete_target', {}, ['delete']],
    ['source_deleted', 'stays in Kimai', 'keep', {}, ['accept']],
    ['locked, more', 'books the difference in the open period', 'book_correction', {}, ['create']],
    ['locked, more', 'stays open', 'leave', {}, ['skip']],
    ['locked, less', 'is credited outside Kimai', 'credit_outside', {}, ['accept', 'in_sync']],
    [
      'locked, less',
      'is taken from another open row',
      'deduct',
      { targetId: '6' },
      ['accept', 'in_sync', 'update'],
    ],
    ['gap', 'is mapped', 'map', { targetId: 'a9' }, ['map']],
    ['gap', 'is ignored', 'ignore', {}, ['map']],
    ['correction', 'is taken from the chosen entry', 'apply_to', { targetId: '1' }, ['update']],
    ['correction', 'is skipped', 'skip', {}, ['in_sync', 'skip']],
    ['unreadable', 'is skipped', 'skip', {}, ['skip']],
  ])('%s: %s', (name, _effect, choice, parameters, expected) => {
    const before = cases[name];
    if (!before) throw new Error(`no case ${name}`);
    const asked = asks(reconcile(before));
    expect(asked).toHaveLength(1);
    expect(asked[0] && validateDecision(asked[0].facts, choice, parameters)).toBeNull();
    const plan = decideFirst(before, choice, parameters);
    expect([...kinds(plan)].sort()).toEqual(expected);
    const decided = plan.steps
      .filter((step) => step.kind !== 'in_sync')
      .every((step) => step.by.kind === 'decision');
    expect(decided || choice === 'apply_to').toBe(true);
  });

  it('a deduction lowers the other row and records what each side accepted', () => {
    const before = cases['locked, less'] ?? input({});
    const plan = decideFirst(before, 'deduct', { targetId: '6' });
    expect(stepOf(plan, 'update')).toMatchObject({
      leadId: '2',
      acceptedSeconds: -900,
      desired: { seconds: 900 },
    });
    expect(stepOf(plan, 'accept')).toMatchObject({ leadId: '1', acceptedSeconds: 900 });
  });

  it('I29 a correction row is booked today, with a marker of its own', () => {
    const step = stepOf(decideFirst(cases['locked, more'] ?? input({}), 'book_correction'), 'create');
    expect(step).toMatchObject({ role: 'correction', sequence: 2, marker: '[tb-x1-1001-2]' });
    expect(step.desired).toMatchObject({ day: '2026-11-23', seconds: 900 });
  });
});

describe('what a decision remembers', () => {
  it('I22 never asks again for the same facts, and asks again for others', () => {
    const before = cases['missing'] ?? input({});
    const asked = asks(reconcile(before))[0];
    const decision = {
      id: 'd1',
      subject: 'lead:1',
      kind: 'missing',
      choice: 'skip',
      parameters: {},
      decidedAt: '',
    } as const;
    const decisions = [{ ...decision, version: asked?.facts.version ?? '' }];
    expect(kinds(reconcile({ ...before, decisions }))).toEqual(['skip']);
    const reworded = [booked({ ...lead, ticketTitle: 'Anderer Titel', userName: 'A. Vogt' })];
    expect(kinds(reconcile({ ...before, entries: reworded, decisions }))).toEqual(['skip']);
    expect(kinds(reconcile({ ...before, entries: [booked(longer)], decisions }))).toEqual(['ask missing']);
  });

  it('refuses a decision that the case does not offer, or that a lock stands in the way of', () => {
    const facts = asks(reconcile(cases['locked, more'] ?? input({})))[0]?.facts;
    if (!facts) throw new Error('nothing is asked');
    expect(validateDecision(facts, 'create', {})?.code).toBe('choice_not_offered');
    expect(validateDecision(facts, 'deduct', {})?.code).toBe('difference_not_negative');
  });
});

describe('policies', () => {
  it.each([
    ['target edits are kept', { targetEdits: 'keep' }, [lead], [retimed], ['accept']],
    ['target edits are overwritten', { targetEdits: 'overwrite' }, [lead], [retimed], ['update']],
    ['source edits are asked', { sourceEdits: 'ask' }, [longer], [linked], ['ask mismatch']],
    ['source deletions are carried out', { sourceDeletions: 'delete' }, [deleted], [linked], ['delete']],
    ['… but never on an exported row', { sourceDeletions: 'delete' }, [deleted], [exported], ['ask locked']],
    [
      '… nor on one that people changed',
      { sourceDeletions: 'delete' },
      [deleted],
      [retimed],
      ['ask source_deleted'],
    ],
    [
      'an overwrite passes no lock',
      { targetEdits: 'overwrite' },
      [lead],
      [{ ...retimed, exported: true }],
      ['ask target_changed'],
    ],
  ] as const)('%s', (_name, policies, entries, rows, expected) => {
    expect(kinds(reconcile(input({ entries, links: agreed, rows, bridge: bridge(policies) })))).toEqual(
      expected,
    );
  });

  it('a row that people typed is only proposed when exact matches are asked', () => {
    const plan = reconcile(
      input({ entries: [lead], rows: [row(5)], bridge: bridge({ exactMatches: 'ask' }) }),
    );
    expect(kinds(plan)).toEqual(['ask duplicate']);
  });

  it('I35 the quiet period lets an entry rest before it is written', () => {
    const plan = reconcile(
      input({
        entries: [{ ...lead, updatedAt: '2026-11-23T11:55:00Z' }],
        bridge: bridge({ quietMinutes: 15 }),
      }),
    );
    expect(stepOf(plan, 'wait').until).toBe('2026-11-23T12:10:00Z');
  });
});

describe('scope, locks and refusals', () => {
  it('leaves entries before the start alone, and asks about a correction of one', () => {
    const early = entry(1, { bookedAt: '2025-12-20T10:00:00Z' });
    const later = entry(2, { seconds: -600 });
    const plan = reconcile(input({ entries: [early, later] }));
    expect(kinds(plan)).toEqual(['ask correction']);
    expect(statesOf(plan)).toEqual({ 1: 'before_start', 2: 'waiting' });
  });

  it('asks before it writes an entry that was old when first seen, but not in a confirmed first run', () => {
    const old = booked(entry(1, { bookedAt: '2026-09-01T10:00:00Z' }), {
      firstSeenAt: '2026-11-20T10:00:00Z',
    });
    expect(kinds(reconcile(input({ entries: [old] })))).toEqual(['ask missing']);
    expect(kinds(reconcile(input({ entries: [old], rest: { firstRun: true } })))).toEqual(['create']);
  });

  it('I28 writes nothing into days that are closed', () => {
    const closed = bridge({}, { closedUntil: '2026-11-20' });
    expect(kinds(reconcile(input({ entries: [lead], bridge: closed })))).toEqual(['ask locked']);
    expect(
      kinds(reconcile(input({ entries: [longer], links: agreed, rows: [linked], bridge: closed }))),
    ).toEqual(['ask locked']);
  });

  it('I30 asks when Kimai refused what would be sent again, and tries again once that changed', () => {
    const sent = desiredKey(stepOf(reconcile(input({ entries: [lead] })), 'create').desired);
    const refusals = { 'lead:1': { code: 'overlap', quoted: ['x'], sent, at: '2026-11-23T11:00:00Z' } };
    expect(kinds(reconcile(input({ entries: [lead], rest: { refusals } })))).toEqual(['ask rejected']);
    expect(kinds(reconcile(input({ entries: [longer], rest: { refusals } })))).toEqual(['create']);
    expect(kinds(decideFirst(input({ entries: [lead], rest: { refusals } }), 'retry'))).toEqual(['create']);
  });

  it('does not write again what a person undid', () => {
    const refusals = { 'lead:1': { code: 'reverted', quoted: [], sent: '', at: '2026-11-23T11:00:00Z' } };
    const before = input({ entries: [lead], rest: { refusals } });
    expect(kinds(reconcile(before))).toEqual(['ask reverted']);
    expect(kinds(decideFirst(before, 'write_again'))).toEqual(['create']);
    expect(kinds(decideFirst(before, 'leave_undone'))).toEqual(['skip']);
  });

  it('I26 waits where Kimai forbids an end in the future, and finds the next free place where it forbids overlaps', () => {
    const strict = bridge(
      { placement: 'starts_when_booked' },
      { target: { allowsFuture: false, allowsOverlap: false } },
    );
    const now = { ...lead, bookedAt: '2026-11-23T11:50:00Z' };
    expect(stepOf(reconcile(input({ entries: [now], bridge: strict })), 'wait').until).toBe(
      '2026-11-23T12:20:00Z',
    );
    const plan = reconcile(input({ entries: [lead, entry(2)], bridge: strict }));
    const begins = plan.steps.flatMap((step) => (step.kind === 'create' ? [step.desired.begin] : []));
    expect(begins).toEqual(['2026-11-20T11:00:00', '2026-11-20T11:30:00']);
  });
});

describe('guards and rules', () => {
  const many = Array.from({ length: 12 }, (_, index) => entry(index + 1, { ticketId: `${index}` }));
  const rows = many.map((one, index) => marked(100 + index, 1001 + index));
  const links = many.map((one, index) => link(one, rows.slice(index, index + 1)));

  it('holds back a plan that reports too many deletions, until an admin says so', () => {
    const before = input({
      entries: many.map((one) => ({ ...one, deletedAt: deleted.deletedAt })),
      links,
      rows,
    });
    expect(kinds(reconcile(before))).toEqual(['ask guard']);
    expect(kinds(decideFirst(before, 'go_ahead'))).toEqual(
      Array.from({ length: 12 }, () => 'ask source_deleted'),
    );
  });

  it('stops everything when a known entry has another creation time', () => {
    const restored = booked(lead, {
      frozen: { userId: '4', bookedAt: '2026-11-18T10:00:00Z', entryDate: '2026-11-18' },
    });
    expect(kinds(reconcile(input({ entries: [restored, entry(2)] })))).toEqual(['ask guard']);
  });

  it('a rule settles a question, turns an automatic step into one, and never passes a lock', () => {
    const rule = { id: 'r1', revision: 2, when: { secondsBelow: 3600 } };
    const keep = { rules: [{ ...rule, then: 'keep_target' as const }] };
    const plan = reconcile(input({ entries: [lead], links: agreed, rows: [retimed], rest: keep }));
    expect(stepOf(plan, 'accept').by).toEqual({ kind: 'rule', ruleId: 'r1', revision: 2 });
    expect(kinds(reconcile(input({ entries: [lead], rest: { rules: [{ ...rule, then: 'ask' }] } })))).toEqual(
      ['ask missing'],
    );
    const pass = { rules: [{ ...rule, then: 'book_correction' as const }] };
    expect(
      kinds(reconcile(input({ entries: [longer], links: agreed, rows: [exported], rest: pass }))),
    ).toEqual(['ask locked']);
  });
});
