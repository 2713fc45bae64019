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
  stepOf,
} from './books.test-support.js';
import { desiredKey } from './desired.js';
import { reconcile } from './reconcile.js';

const lead = entry(1);
const linked = marked(5, 1001);
const agreed = [link(lead, [linked])];
const longer = { ...lead, seconds: 2700 };
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
