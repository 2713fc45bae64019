import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
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
import { choose } from './choose.js';
import type { Choice, DecisionParameters } from './conflict.js';
import type { LeadCase } from './lead-case.js';
import { preparePlanning } from './planning.js';
import { question, type Question } from './question.js';
import { reason } from './reason.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { DELETED_AT, agreed, at, exported, lead, linked, minus } from './usual-case.test-support.js';

const planning = preparePlanning(input({ entries: [lead] }));
const about: LeadCase = {
  lead: booked(lead),
  stands: true,
  members: [{ entryId: '1', signedSeconds: 1800 }],
  seconds: 1800,
  link: null,
  rows: [],
};
const asked = (rest: Partial<Question> = {}): Question =>
  question({ kind: 'missing', subject: 'lead:1', why: reason('x'), about, secondsAtStake: 1800, ...rest });
const chosen = (choice: Choice, rest: Partial<Question> = {}, parameters: DecisionParameters = {}) =>
  choose({
    planning,
    question: asked(rest),
    choice,
    parameters,
    cause: { by: { kind: 'policy' }, why: reason('x') },
  });
const blocked = (code: string) => ({ ok: false, blocked: { code, facts: {} } });

describe('what cannot be chosen says why', () => {
  const rows = [
    { linked: { externalId: '5', role: 'main', sequence: 1, targetBase: linked }, now: linked },
  ] as const;
  const locked = [{ ...rows[0], now: exported }];
  it.each<[string, Choice, Partial<Question>, DecisionParameters, string]>([
    ['a mapping of what is no gap', 'map', {}, { targetId: 'a3' }, 'not_for_this_case'],
    ['leaving out what is no gap', 'ignore', {}, {}, 'not_for_this_case'],
    ['letting go what no guard holds', 'go_ahead', {}, {}, 'not_for_this_case'],
    ['creating what has no mapping', 'create', { booking: null }, {}, 'mapping_missing'],
    ['keeping what is not linked', 'keep', {}, {}, 'not_linked'],
    ['accepting a deletion of what is not linked', 'accept_deletion', {}, {}, 'not_linked'],
    ['trying again what was not tried', 'retry', {}, {}, 'not_for_this_case'],
    ['writing again what was not undone', 'write_again', {}, {}, 'not_for_this_case'],
    ['taking Zammad where nothing is compared', 'take_source', {}, {}, 'not_for_this_case'],
    ['applying to no entry', 'apply_to', {}, { targetId: '1' }, 'choose_a_lead'],
    ['keeping a row that is no candidate', 'keep_one', {}, { targetId: '99' }, 'choose_a_candidate'],
    ['linking where nothing is offered', 'link', {}, {}, 'choose_a_candidate'],
    ['booking less', 'book_correction', { secondsAtStake: -60 }, {}, 'difference_not_positive'],
    ['booking without a mapping', 'book_correction', {}, {}, 'mapping_missing'],
    ['deducting more', 'deduct', {}, { targetId: '5' }, 'difference_not_negative'],
    ['deducting from no row', 'deduct', { secondsAtStake: -60 }, { targetId: '5' }, 'choose_a_row'],
  ])('%s', (_told, choice, rest, parameters, code) => {
    expect(chosen(choice, rest, parameters)).toEqual(blocked(code));
  });

  it('deleting an exported row', () => {
    expect(chosen('delete_target', { about: { ...about, rows: locked } })).toEqual({
      ok: false,
      blocked: { code: 'row_exported', facts: { timesheetId: '5' } },
    });
    expect(chosen('delete_target', { about: { ...about, rows: [...rows] } })).toMatchObject({
      ok: true,
      steps: [{ kind: 'delete', row: { externalId: '5' }, closes: false }],
    });
  });

  it('dropping leaves everything as it is, and applying writes nothing itself', () => {
    expect(chosen('drop')).toMatchObject({ ok: true, steps: [{ kind: 'skip', entryIds: ['1'] }] });
    const leftOver = { seconds: -600, leads: [about] };
    expect(chosen('apply_to', { leftOver }, { targetId: '1' })).toMatchObject({ ok: true, steps: [] });
    expect(chosen('apply_to', { leftOver: { ...leftOver, seconds: -1801 } }, { targetId: '1' })).toEqual({
      ok: false,
      blocked: { code: 'lead_too_short', facts: { leadSeconds: 1800 } },
    });
  });
});

describe('choices that leave the link in a certain state', () => {
  it('keeping Kimai keeps the link open', () => {
    const before = input({ entries: [lead], links: agreed, rows: [{ ...linked, seconds: 3600 }] });
    expect(stepOf(decideFirst(before, 'keep_target'), 'accept').closes).toBe(false);
  });

  it('I24 one of the rows of a link is linked anew, alone or with another one', () => {
    const second = marked(6, 1001, { begin: at(12), description: '#50012 [tb-x1-1001-2]' });
    const third = marked(7, 1001, { begin: at(14) });
    const both = [link(lead, [linked, second])];
    const crowd = input({ entries: [lead], links: both, rows: [linked, second, third] });
    expect(stepOf(decideFirst(crowd, 'link_one', { targetId: '5' }), 'adopt').rows).toMatchObject([
      { externalId: '5' },
    ]);
    const gone = { ...second, deletedAt: DELETED_AT };
    const swapped = input({ entries: [lead], links: both, rows: [linked, gone, third] });
    expect(stepOf(decideFirst(swapped, 'link'), 'adopt').rows.map(({ externalId }) => externalId)).toEqual([
      '5',
      '7',
    ]);
  });
});

describe('I10 a correction that people applied where edits are asked', () => {
  const asking = bridge({ corrections: 'ask', sourceEdits: 'ask' });
  const given = (rest: Partial<Parameters<typeof input>[0]> = {}) =>
    input({ entries: [lead, minus(2, 11, 600)], links: agreed, rows: [linked], bridge: asking, ...rest });
  /** What is asked afterwards, beside what is written. */
  const applied = (before: ReconcileInput, correction: string, target: string) => {
    const asked = asks(reconcile(before)).find(({ leadId }) => leadId === correction);
    if (!asked) throw new Error('the correction is not asked');
    return reconcile({ ...before, decisions: [decisionOn(asked, 'apply_to', { targetId: target })] });
  };

  it('is written without another question: they have decided', () => {
    expect(kinds(applied(given(), '2', '1'))).toEqual(['update']);
  });

  it('is asked when the time of the entry was edited as well', () => {
    const edited = given({ entries: [{ ...lead, seconds: 2400 }, minus(2, 11, 600)] });
    expect(kinds(applied(edited, '2', '1'))).toEqual(['accept']);
    const more = given({ entries: [{ ...lead, seconds: 3000 }, minus(2, 11, 600)] });
    expect(kinds(applied(more, '2', '1'))).toEqual(['ask mismatch']);
  });

  it('is asked when a correction that lay there went away meanwhile', () => {
    const held = link(lead, [marked(5, 1001, { seconds: 1500 })], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '3', signedSeconds: -300 },
      ],
    });
    const rows = [marked(5, 1001, { seconds: 1500 })];
    const gone = { ...minus(3, 10, 300), deletedAt: DELETED_AT };
    const before = given({ entries: [lead, minus(2, 11, 600), gone], links: [held], rows });
    expect(kinds(applied(before, '2', '1'))).toEqual(['ask mismatch']);
    const there = given({ entries: [lead, minus(2, 11, 600), minus(3, 10, 300)], links: [held], rows });
    expect(kinds(applied(there, '2', '1'))).toEqual(['update']);
  });

  it('is asked when another correction there changed, which nobody applied', () => {
    const held = link(lead, [linked], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '3', signedSeconds: -300 },
      ],
    });
    const before = given({ entries: [lead, minus(2, 11, 600), minus(3, 10, 300)], links: [held] });
    const asked = asks(reconcile(before)).find(({ leadId }) => leadId === '2');
    const smaller = {
      ...before,
      entries: [lead, minus(2, 11, 600), minus(3, 10, 240)].map((one) => booked(one)),
    };
    const decision = asked && decisionOn(asked, 'apply_to', { targetId: '1' });
    const again = asks(reconcile(smaller)).find(({ leadId }) => leadId === '2');
    expect(again?.facts.version).toBe(asked?.facts.version);
    expect(kinds(reconcile({ ...smaller, decisions: decision ? [decision] : [] }))).toEqual(['ask mismatch']);
  });

  it('leaves another entry of the ticket as it is, whose own edit is asked', () => {
    const other = entry(4, { bookedAt: at(9) });
    const otherRow = marked(8, 1004, { begin: at(8, 30) });
    const before = given({
      entries: [{ ...lead, seconds: 2400 }, other, minus(2, 11, 600)],
      links: [...agreed, link(other, [otherRow])],
      rows: [linked, otherRow],
    });
    expect(kinds(applied(before, '2', '4'))).toEqual(['update', 'ask mismatch']);
  });
});

describe('I16 rows that a match has taken', () => {
  it('are proposed to nobody, and the matched entry takes no other row from those that need it', () => {
    const taken = row(7);
    const near = row(8, { begin: at(11), description: 'Drucker druckt wieder nicht' });
    const plan = reconcile(
      input({ entries: [lead, entry(2, { bookedAt: at(15), seconds: 2100 })], rows: [taken, near] }),
    );
    expect(kinds(plan)).toEqual(['adopt', 'ask ambiguous']);
  });
});
