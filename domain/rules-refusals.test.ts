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
  marked,
  row,
  stepOf,
} from './books.test-support.js';
import type { Choice, Decision, DecisionParameters } from './conflict.js';
import { desiredKey } from './desired.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput, Refusal } from './reconcile-input.js';
import { agreed, exported, factsOf, firstAsk, lead, linked, longer } from './usual-case.test-support.js';

const refusal = (sent: string): Refusal => ({
  code: 'overlap',
  quoted: ['No.'],
  sent,
  at: '2026-11-23T11:00:00Z',
});

describe('what Kimai refused', () => {
  const refused = (code: string, sent = '') => ({
    'lead:1': { code, quoted: ['No.'], sent, at: '2026-11-23T11:00:00Z' },
  });
  const keyOf = (given: Parameters<typeof input>[0]) => {
    const { desired } = stepOf(reconcile(input(given)), 'create');
    const { activityId, begin, description, end, projectId, userId } = desired;
    return JSON.stringify({ activityId, begin, description, end, projectId, userId });
  };

  it('I30 a refusal is quoted, can be edited, and can be booked in the open period instead', () => {
    const given = input({
      entries: [lead],
      rest: { refusals: refused('period_locked', keyOf({ entries: [lead] })) },
    });
    const facts = asks(reconcile(given))[0]?.facts;
    expect(facts).toMatchObject({
      kind: 'rejected',
      why: { code: 'period_locked', facts: { quoted: ['No.'], sourceSeconds: 1800 } },
    });
    expect(facts?.choices.map(({ choice, blocked }) => [choice, blocked])).toEqual([
      ['edit_and_retry', null],
      ['retry', null],
      ['book_correction', null],
      ['skip', null],
    ]);
    const edit = { begin: '2026-11-21T07:30', seconds: 600, projectId: 'p8' };
    expect(stepOf(decideFirst(given, 'edit_and_retry', { edit }), 'create').desired).toMatchObject({
      begin: '2026-11-21T07:30:00',
      day: '2026-11-21',
      seconds: 600,
      projectId: 'p8',
    });
    const sameDay = decideFirst(given, 'edit_and_retry', { edit: { begin: '07:30' } });
    expect(stepOf(sameDay, 'create').desired).toMatchObject({ begin: '2026-11-20T07:30:00', seconds: 1800 });
    expect(stepOf(decideFirst(given, 'book_correction'), 'create').desired.day).toBe('2026-11-23');
  });

  it('I30 the edited try that was refused again is asked again', () => {
    const first = input({
      entries: [lead],
      rest: { refusals: refused('overlap', keyOf({ entries: [lead] })) },
    });
    const edit = { begin: '07:30' };
    const tried = decideFirst(first, 'edit_and_retry', { edit });
    const { activityId, begin, description, end, projectId, userId } = stepOf(tried, 'create').desired;
    const sent = JSON.stringify({ activityId, begin, description, end, projectId, userId });
    const [asked] = asks(reconcile(first));
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'edit_and_retry', { edit })];
    const again = { ...first, refusals: refused('overlap', sent), decisions };
    expect(kinds(reconcile(again))).toEqual(['ask rejected']);
  });

  it('I30 an update that was refused is asked, and its difference can be booked in the open period', () => {
    const update = stepOf(reconcile(input({ entries: [longer], links: agreed, rows: [linked] })), 'update');
    const { activityId, begin, description, end, projectId, userId } = update.desired;
    const sent = JSON.stringify({ activityId, begin, description, end, projectId, userId });
    const given = input({
      entries: [longer],
      links: agreed,
      rows: [linked],
      rest: { refusals: refused('period_locked', sent) },
    });
    expect(kinds(reconcile(given))).toEqual(['ask rejected']);
    expect(kinds(decideFirst(given, 'retry'))).toEqual(['update']);
    expect(stepOf(decideFirst(given, 'book_correction'), 'create')).toMatchObject({
      role: 'correction',
      sequence: 2,
      desired: { seconds: 900, day: '2026-11-23' },
    });
  });

  it('I30 a write without an answer whose marker cannot be searched is asked: is it there?', () => {
    const given = input({ entries: [lead], rest: { refusals: refused('unknown_outcome') } });
    const facts = asks(reconcile(given))[0]?.facts;
    expect(facts).toMatchObject({ kind: 'unknown_outcome', why: { code: 'unknown_outcome' } });
    expect(kinds(decideFirst(given, 'it_is_not_there'))).toEqual(['create']);
  });

  it('I22 another refusal of the same thing asks again after a retry', () => {
    const sent = keyOf({ entries: [lead] });
    const given = input({ entries: [lead], rest: { refusals: refused('overlap', sent) } });
    const [asked] = asks(reconcile(given));
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'retry')];
    expect(kinds(reconcile({ ...given, decisions }))).toEqual(['create']);
    const later = { 'lead:1': { code: 'overlap', quoted: [], sent, at: '2026-11-23T11:30:00Z' } };
    expect(kinds(reconcile({ ...given, decisions, refusals: later }))).toEqual(['ask rejected']);
  });

  describe('a refused change of a row, edited by a person', () => {
    const change = stepOf(reconcile(input({ entries: [longer], links: agreed, rows: [linked] })), 'update');
    const sent = desiredKey(change.desired);
    const given = (closedUntil: string | null = null) =>
      input({
        entries: [longer],
        links: agreed,
        rows: [linked],
        bridge: bridge({}, { closedUntil }),
        rest: { refusals: refused('overlap', sent) },
      });
    const edited = (edit: object) => stepOf(decideFirst(given(), 'edit_and_retry', { edit }), 'update');

    it('I30 begins where the person says, with the duration of Zammad', () => {
      expect(edited({ begin: '07:15' }).changes).toEqual({
        begin: '2026-11-20T07:15:00',
        end: '2026-11-20T08:00:00',
      });
      expect(edited({ begin: '2026-11-19T16:00' }).desired).toMatchObject({
        day: '2026-11-19',
        seconds: 2700,
      });
    });

    it('I30 gets the duration of the person, and what that differs is accepted', () => {
      expect(edited({ seconds: 2400 })).toMatchObject({ desired: { seconds: 2400 }, acceptedSeconds: -300 });
    });

    it('I30 goes to the project of the person', () => {
      expect(edited({ projectId: 'p8' }).changes).toMatchObject({ projectId: 'p8' });
    });

    it('I28 never goes to a closed day', () => {
      const before = given('2026-11-19');
      const edit = { begin: '2026-11-19T16:00' };
      expect(kinds(decideFirst(before, 'edit_and_retry', { edit }))).toEqual(['ask rejected']);
    });
  });

  /** A decision was carried out, and Kimai refused what it sent: the decision is out of force, the case asked again. */
  const refusedAfter = (
    before: ReconcileInput,
    choice: Choice,
    parameters: DecisionParameters,
    earlier: readonly Decision[] = [],
  ): ReconcileInput => {
    const decision = { ...decisionOn(firstAsk(before), choice, parameters), id: choice };
    const write = reconcile({ ...before, decisions: [decision] }).steps.find(
      ({ kind }) => kind === 'create' || kind === 'update' || kind === 'delete',
    );
    if (!write) throw new Error('nothing was written');
    const sent = 'desired' in write ? desiredKey(write.desired) : '';
    const at = `2026-11-23T11:0${earlier.length}:00Z`;
    const decided = [decision, ...earlier];
    return { ...before, refusals: { 'lead:1': { code: 'overlap', quoted: ['No.'], sent, at, decided } } };
  };
  const writesOf = (given: ReconcileInput, choice: Choice, parameters: DecisionParameters = {}) =>
    decideFirst(given, choice, parameters).steps.filter(({ kind }) => kind !== 'in_sync');

  describe('what a person decided, and Kimai refused', () => {
    const both = input({
      entries: [{ ...longer, activityTypeId: '5' }],
      links: agreed,
      rows: [{ ...linked, projectId: 'p8' }],
    });
    const perField = { fields: { seconds: 'source', activityId: 'target' } } as const;

    it('I30 fields that were picked are asked, and tried again as they were picked', () => {
      const given = refusedAfter(both, 'per_field', perField);
      const { kind, choices } = factsOf(given);
      expect(kind).toBe('rejected');
      const retry = choices.find(({ choice }) => choice === 'retry');
      expect(retry).toMatchObject({ effect: { code: 'will_update' }, desired: { seconds: 2700 } });
      expect(retry?.desired?.activityId).toBe('a3');
      expect(writesOf(given, 'retry')).toMatchObject([
        { kind: 'update', changes: { end: '2026-11-20T11:15:00' }, by: { kind: 'decision' } },
      ]);
    });

    it('I30 a person may change what was picked before it is tried again', () => {
      const given = refusedAfter(both, 'per_field', perField);
      expect(writesOf(given, 'edit_and_retry', { edit: { seconds: 2400 } })).toMatchObject([
        { kind: 'update', changes: { end: '2026-11-20T11:10:00' }, desired: { activityId: 'a3' } },
      ]);
    });

    it('I30 once the facts are other ones, what was picked counts no more', () => {
      const given = refusedAfter(both, 'per_field', perField);
      const entries = given.entries.map((one) => ({ ...one, entry: { ...one.entry, seconds: 3600 } }));
      expect(factsOf({ ...given, entries }).kind).toBe('mismatch');
    });

    it('I30 an edit that was refused is not sent without it by a policy', () => {
      const first = refusedAfter(
        input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) }),
        'create',
        {},
      );
      expect(factsOf(first).kind).toBe('rejected');
      const edit = { edit: { begin: '07:30' } };
      const second = refusedAfter(first, 'edit_and_retry', edit, first.refusals['lead:1']?.decided);
      expect(factsOf(second).kind).toBe('rejected');
      expect(kinds(reconcile({ ...second, bridge: bridge() }))).toEqual(['ask rejected']);
    });

    it('I30 an edit that was refused may be skipped, and stays so', () => {
      const edit = { edit: { seconds: 2400 } };
      const first = refusedAfter(both, 'per_field', perField);
      const second = refusedAfter(first, 'edit_and_retry', edit, first.refusals['lead:1']?.decided);
      const skipped = reconcile({ ...second, decisions: [decisionOn(firstAsk(second), 'skip')] });
      expect(kinds(skipped)).toEqual(['skip']);
    });

    it('I30 a surplus row that Kimai does not delete is asked, not deleted again and again', () => {
      const rows = [row(5), row(6, { begin: '2026-11-20T12:00:00Z' })];
      const given = refusedAfter(input({ entries: [lead], rows }), 'keep_one', { targetId: '5' });
      expect(factsOf(given).kind).toBe('rejected');
      expect(writesOf(given, 'retry')).toMatchObject([
        { kind: 'adopt' },
        { kind: 'delete', row: { externalId: '6' } },
      ]);
    });

    it('I29 a deduction that was refused is asked about the entry that it was for', () => {
      const other = entry(2, { bookedAt: '2026-11-19T10:00:00Z' });
      const otherRow = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
      const before = input({
        entries: [{ ...lead, seconds: 900 }, other],
        links: [...agreed, link(other, [otherRow])],
        rows: [exported, otherRow],
      });
      expect(stepOf(decideFirst(before, 'deduct', { targetId: '6' }), 'update')).toMatchObject({
        leadId: '2',
        subject: 'lead:1',
      });
      const given = refusedAfter(before, 'deduct', { targetId: '6' });
      expect(factsOf(given)).toMatchObject({ kind: 'rejected', subject: 'lead:1' });
      expect(writesOf(given, 'retry')).toMatchObject([{ kind: 'update', leadId: '2' }, { kind: 'accept' }]);
      expect(writesOf(given, 'skip')).toMatchObject([{ kind: 'skip', leadId: '1' }]);
    });
  });

  describe('what a rule settles, and Kimai refused', () => {
    const similar = [row(5, { description: 'Drucker druckt wieder nicht' })];
    const rule = (then: Choice) => ({ id: 'r1', revision: 1, when: {}, then });
    const given = (then: Choice, refusals: ReconcileInput['refusals'] = {}) =>
      input({ entries: [lead], rows: similar, rest: { rules: [rule(then)], refusals } });

    it('I21 is asked as well', () => {
      const sent = desiredKey(stepOf(reconcile(given('create')), 'create').desired);
      const again = given('create', { 'lead:1': { ...refusal(sent) } });
      expect(kinds(reconcile(again))).toEqual(['ask rejected']);
      expect(kinds(decideFirst(again, 'retry'))).toEqual(['create']);
    });

    it('I21 another rule that writes nothing takes its place', () => {
      const sent = desiredKey(stepOf(reconcile(input({ entries: [lead] })), 'create').desired);
      const again = input({
        entries: [lead],
        bridge: bridge({ newEntries: 'ask' }),
        rest: { rules: [rule('skip')], refusals: { 'lead:1': refusal(sent) } },
      });
      expect(kinds(reconcile(again))).toEqual(['skip']);
    });

    it('I30 a rule that links what people unlinked is asked, and links again when they say so', () => {
      const rows = [row(5)];
      const bridgeOf = bridge({ exactMatches: 'ask' });
      const undone = { 'lead:1': { ...refusal(''), code: 'reverted' } };
      const books = (refusals: ReconcileInput['refusals']) =>
        input({ entries: [lead], rows, bridge: bridgeOf, rest: { rules: [rule('link')], refusals } });
      expect(kinds(reconcile(books({})))).toEqual(['adopt']);
      expect(kinds(reconcile(books({ 'lead:1': refusal('x') })))).toEqual(['adopt']);
      expect(kinds(reconcile(books(undone)))).toEqual(['ask reverted']);
      expect(kinds(decideFirst(books(undone), 'write_again'))).toEqual(['adopt']);
    });
  });

  it('I31 a new row to which a person gave another duration accepts the difference', () => {
    const given = input({
      entries: [lead],
      rest: { refusals: refused('too_long', keyOf({ entries: [lead] })) },
    });
    const create = stepOf(decideFirst(given, 'edit_and_retry', { edit: { seconds: 1200 } }), 'create');
    expect(create).toMatchObject({ desired: { seconds: 1200 }, acceptedSeconds: -600 });
    expect(stepOf(decideFirst(given, 'retry'), 'create').acceptedSeconds).toBe(0);
  });
});
