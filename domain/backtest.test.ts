import { describe, expect, it } from 'vitest';
import { backtest, backtestSummary, type RecordedCase } from './backtest.js';
import { asks, bridge, entry, input, link, marked, row, stepOf } from './books.test-support.js';
import type { Choice } from './conflict.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { matchesRule, ruleMayChoose, type Rule } from './rules.js';
import { lead } from './usual-case.test-support.js';

const edited = input({
  entries: [lead],
  links: [link(lead, [marked(5, 1001)])],
  rows: [marked(5, 1001, { seconds: 3600 })],
});
const keep: Rule = { id: 'r1', revision: 1, when: { kinds: ['target_changed'] }, then: 'keep_target' };

const recorded = (
  id: string,
  person: Choice,
  rest: { given?: ReconcileInput; seconds?: number } = {},
): RecordedCase => {
  const [asked] = asks(reconcile(rest.given ?? edited));
  if (!asked) throw new Error('nothing is asked');
  const { kind, choices, candidates } = asked.facts;
  return {
    conflictId: id,
    rule: {
      kind,
      customerKey: 'organization:7',
      userId: '4',
      activityTypeId: '3',
      seconds: rest.seconds ?? 1800,
    },
    open: choices.flatMap(({ choice, blocked }) => (blocked ? [] : [choice])),
    candidateCount: candidates.length,
    person,
  };
};

describe('I21 a rule tried on the past', () => {
  it('tells where people decided the same, and where differently', () => {
    const past = [
      recorded('1', 'keep_target'),
      recorded('2', 'keep_target'),
      recorded('3', 'take_source'),
      recorded('4', 'keep_target', { seconds: 7200 }),
    ];
    const result = backtest({ ...keep, when: { ...keep.when, secondsBelow: 3600 } }, past);
    expect(result).toEqual({
      considered: 4,
      matched: 3,
      decided: 3,
      same: 2,
      different: [{ conflictId: '3', person: 'take_source', rule: 'keep_target' }],
      left: 0,
    });
    expect(backtestSummary(result)).toEqual({
      code: 'backtest',
      facts: { consideredCount: 4, decidedCount: 3, differentCount: 1 },
    });
  });

  it('leaves to the rules before it what they take, whatever they do with it', () => {
    const past = [recorded('1', 'keep_target'), recorded('2', 'keep_target', { seconds: 7200 })];
    const long: Rule = { id: 'r0', revision: 1, when: { secondsFrom: 3600 }, then: 'ask' };
    expect(backtest(keep, past, [long])).toMatchObject({ considered: 2, matched: 1, decided: 1, left: 0 });
    const other: Rule = { ...long, when: { kinds: ['missing'] }, then: 'create' };
    expect(backtest(keep, past, [other])).toMatchObject({ matched: 2, decided: 2 });
  });

  it('says so when there is no past to try it on', () => {
    const result = backtest(keep, []);
    expect(result).toEqual({ considered: 0, matched: 0, decided: 0, same: 0, different: [], left: 0 });
    expect(backtestSummary(result).code).toBe('backtest_no_cases');
  });

  it('looks only at cases that its condition fits', () => {
    const past = [recorded('1', 'keep_target'), recorded('2', 'keep_target', { seconds: -60 })];
    const small: Rule = { ...keep, when: { kinds: ['target_changed'], secondsBelow: 900 } };
    expect(backtest(small, past)).toMatchObject({ matched: 1, decided: 1 });
    expect(backtest({ ...keep, when: { kinds: ['locked'] } }, past)).toMatchObject({
      matched: 0,
      decided: 0,
    });
  });

  it('leaves to people what a rule may not do, what is blocked, and what needs a pick', () => {
    const exported = input({
      entries: [{ ...lead, seconds: 2700 }],
      links: [link(lead, [marked(5, 1001)])],
      rows: [marked(5, 1001, { exported: true })],
    });
    const locked: Rule = { ...keep, when: {}, then: 'book_correction' };
    expect(backtest(locked, [recorded('1', 'book_correction', { given: exported })])).toMatchObject({
      matched: 1,
      decided: 0,
      left: 1,
    });
    const two = input({ entries: [lead], rows: [row(5), row(6, { begin: '2026-11-20T12:00:00Z' })] });
    const one = input({ entries: [lead], rows: [row(5)], bridge: bridge({ exactMatches: 'ask' }) });
    const linking: Rule = { ...keep, when: {}, then: 'link' };
    expect(backtest(linking, [recorded('1', 'link', { given: two })]).left).toBe(1);
    expect(backtest(linking, [recorded('1', 'link', { given: one })]).same).toBe(1);
    const overwrite: Rule = { ...keep, then: 'take_source' };
    const untouchable = { ...edited, rows: [marked(5, 1001, { seconds: 3600, exported: true })] };
    expect(backtest(overwrite, [recorded('1', 'keep_target', { given: untouchable })])).toMatchObject({
      decided: 0,
      left: 1,
    });
  });

  it('decides nothing where it only turns automatic steps into questions', () => {
    const result = backtest({ ...keep, then: 'ask' }, [recorded('1', 'keep_target')]);
    expect(result).toEqual({ considered: 1, matched: 1, decided: 0, same: 0, different: [], left: 1 });
    expect(backtestSummary(result)).toEqual({
      code: 'backtest_nothing',
      facts: { consideredCount: 1, decidedCount: 0, differentCount: 0 },
    });
  });
});

describe('I21 conditions of a rule', () => {
  const facts = {
    kind: 'missing',
    customerKey: 'organization:7',
    userId: '4',
    activityTypeId: null,
    seconds: -600,
  } as const;

  it.each<[string, Rule['when'], boolean]>([
    ['nothing is asked for', {}, true],
    ['the kind', { kinds: ['missing', 'locked'] }, true],
    ['another kind', { kinds: ['locked'] }, false],
    ['the customer', { customerKeys: ['organization:7'] }, true],
    ['another customer', { customerKeys: ['organization:8'] }, false],
    ['the person', { userIds: ['4'] }, true],
    ['another person', { userIds: ['5'] }, false],
    ['no type', { activityTypeIds: [''] }, true],
    ['a type', { activityTypeIds: ['3'] }, false],
    ['shorter than that', { secondsBelow: 601 }, true],
    ['just that long', { secondsBelow: 600 }, false],
    ['at least that long', { secondsFrom: 600 }, true],
    ['a second too short', { secondsFrom: 601 }, false],
    ['one of two parts', { kinds: ['missing'], userIds: ['5'] }, false],
  ])('%s', (_name, when, expected) => {
    expect(matchesRule({ ...keep, when }, facts)).toBe(expected);
  });

  it('never deletes, never takes a similar candidate, never passes a lock, and sees neither guards nor gaps', () => {
    expect(ruleMayChoose('go_ahead', 'guard')).toBe(false);
    expect(ruleMayChoose('ignore', 'unmapped_activity')).toBe(false);
    expect(ruleMayChoose('ignore', 'unmapped_customer')).toBe(false);
    expect(ruleMayChoose('delete_target', 'source_deleted')).toBe(false);
    expect(ruleMayChoose('keep_one', 'duplicate')).toBe(false);
    expect(ruleMayChoose('credit_outside', 'locked')).toBe(false);
    expect(ruleMayChoose('leave', 'locked')).toBe(true);
    expect(ruleMayChoose('link', 'ambiguous')).toBe(false);
    expect(ruleMayChoose('link', 'missing')).toBe(false);
    expect(ruleMayChoose('create', 'ambiguous')).toBe(true);
    expect(ruleMayChoose('link', 'duplicate')).toBe(true);
    expect(ruleMayChoose('keep_target', 'missing')).toBe(false);
  });

  it.each([
    ['write again what a person took back', 'write_again', 'reverted'],
    ['say that a row is not there', 'it_is_not_there', 'unknown_outcome'],
    ['say that a row is there', 'it_is_there', 'unknown_outcome'],
    ['send again what Kimai refused', 'retry', 'rejected'],
    ['book around a locked period', 'book_correction', 'rejected'],
    ['choose fields', 'per_field', 'mismatch'],
    ['choose one of several rows', 'link_one', 'duplicate'],
    ['choose a lead', 'apply_to', 'correction'],
    ['settle what could not be read', 'skip', 'unreadable'],
  ] as const)('I21 no rule may %s', (_what, choice, kind) => {
    expect(ruleMayChoose(choice, kind)).toBe(false);
  });

  it('I21 what people took back may be left as it is', () => {
    expect(ruleMayChoose('leave_undone', 'reverted')).toBe(true);
  });
});

describe('a rule that turns an automatic step into a question', () => {
  const rule: Rule = {
    id: 'r1',
    revision: 3,
    name: 'Große Posten',
    when: { secondsFrom: 1800 },
    then: 'ask',
  };

  it('I21 is named by the question, with what would have been written', () => {
    const plan = reconcile(input({ entries: [entry(1)], rest: { rules: [rule] } }));
    expect(stepOf(plan, 'ask')).toMatchObject({
      by: { kind: 'rule', ruleId: 'r1', revision: 3 },
      facts: {
        kind: 'missing',
        why: {
          code: 'asked_by_rule',
          facts: { rule: 'Große Posten', sourceSeconds: 1800, ticketNumber: '50012' },
        },
      },
    });
  });

  it('I21 leaves the reason of what is asked anyway', () => {
    const asking = bridge({ newEntries: 'ask' });
    const plan = reconcile(input({ entries: [entry(1)], bridge: asking, rest: { rules: [rule] } }));
    expect(stepOf(plan, 'ask')).toMatchObject({
      by: { kind: 'policy' },
      facts: { why: { code: 'missing' } },
    });
  });
});
