import { describe, expect, it } from 'vitest';
import {
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
import type { Choice } from './conflict.js';
import { desiredKey } from './desired.js';
import type { Plan } from './plan.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import type { Rule } from './rules.js';
import { agreed, DELETED_AT, firstAsk, lead, linked, longer } from './usual-case.test-support.js';

const asking = bridge({ newEntries: 'ask', sourceEdits: 'ask' });
const refusal = (code: string, sent: string) => ({
  'lead:1': { code, quoted: ['No.'], sent, at: '2026-11-23T11:00:00Z' },
});
/** What the ledger would keep of the write: nothing of a deletion. */
const sentBy = ({ steps }: Plan): string => {
  for (const step of steps) {
    if (step.kind === 'create' || step.kind === 'update') return desiredKey(step.desired);
  }
  return '';
};

describe('I30 a person decided, and Kimai refused it', () => {
  it.each<[string, ReconcileInput, Choice]>([
    ['a new row', input({ entries: [lead], bridge: asking }), 'create'],
    ['a change', input({ entries: [longer], links: agreed, rows: [linked], bridge: asking }), 'take_source'],
    [
      'the restoring of what Kimai changed',
      input({ entries: [lead], links: agreed, rows: [marked(5, 1001, { seconds: 3600 })] }),
      'take_source',
    ],
    [
      'a row that was created again',
      input({ entries: [lead], links: agreed, rows: [{ ...linked, deletedAt: DELETED_AT }] }),
      'create_again',
    ],
    [
      'a correction row of a locked one',
      input({ entries: [longer], links: agreed, rows: [{ ...linked, exported: true }] }),
      'book_correction',
    ],
    [
      'a deletion',
      input({ entries: [{ ...lead, deletedAt: DELETED_AT }], links: agreed, rows: [linked] }),
      'delete_target',
    ],
  ])('%s: is asked as a refusal with its words while the same would be sent', (_name, given, choice) => {
    const before = firstAsk(given);
    const decisions = [decisionOn(before, choice)];
    const decided = reconcile({ ...given, decisions });
    const again = { ...given, refusals: refusal('no_permission', sentBy(decided)) };
    const asked = firstAsk({ ...again, decisions });
    expect(asked).toMatchObject({
      facts: { kind: 'rejected', subject: 'lead:1' },
      why: { code: 'no_permission', facts: { ...before.why.facts, quoted: ['No.'] } },
    });
    // The refusal stands without the decision as well: the newest decision is then one about the refusal.
    expect(kinds(reconcile(again))).toEqual(['ask rejected']);
    expect(kinds(decideFirst(again, 'retry'))).toEqual(kinds(decided));
    expect(kinds(decideFirst(again, 'skip'))).toEqual(['skip']);
    // Something else would be sent by now: the question is the old one.
    const other = { ...given, refusals: refusal('no_permission', 'something else') };
    expect(firstAsk(other).facts.kind).toBe(before.facts.kind);
  });

  it('a link sends nothing that could be refused', () => {
    const given = input({ entries: [lead], rows: [row(5)], rest: { refusals: refusal('overlap', '') } });
    expect(kinds(reconcile(given))).toEqual(['adopt']);
  });

  it('a decision about another kind of question is no choice for this one', () => {
    const given = input({ entries: [lead], bridge: asking });
    const decisions = [{ ...decisionOn(firstAsk(given), 'skip'), kind: 'mismatch' as const }];
    expect(kinds(reconcile({ ...given, decisions }))).toEqual(['ask missing']);
    const sent = sentBy(decideFirst(given, 'create'));
    const refused = { ...given, decisions, refusals: refusal('overlap', sent) };
    expect(kinds(reconcile(refused))).toEqual(['ask rejected']);
  });

  it('a decision of an older version is asked anew, and so is one that cannot be carried out', () => {
    const given = input({ entries: [lead], bridge: asking });
    const create = decisionOn(firstAsk(given), 'create');
    expect(kinds(reconcile({ ...given, decisions: [{ ...create, version: 'older' }] }))).toEqual([
      'ask missing',
    ]);
    expect(kinds(reconcile({ ...given, decisions: [{ ...create, choice: 'deduct' }] }))).toEqual([
      'ask missing',
    ]);
  });
});

describe('I21 what rules settle', () => {
  const ruled = (then: Rule['then'], when: Rule['when'] = {}, name?: string): Partial<ReconcileInput> => ({
    rules: [{ id: 'r1', revision: 3, when, then, ...(name === undefined ? {} : { name }) }],
  });

  it('a step that the policy would take is asked, by the rule and with its name', () => {
    const asked = firstAsk(input({ entries: [lead], rest: ruled('ask', {}, 'Neukunden') }));
    expect(asked).toMatchObject({
      by: { kind: 'rule', ruleId: 'r1', revision: 3 },
      why: { code: 'asked_by_rule', facts: { rule: 'Neukunden', sourceSeconds: 1800 } },
      facts: { kind: 'missing', why: { code: 'asked_by_rule' } },
    });
    expect(firstAsk(input({ entries: [lead], rest: ruled('ask') })).why.facts['rule']).toBeNull();
  });

  it('what is asked anyway keeps its own reason', () => {
    const asked = firstAsk(input({ entries: [lead], bridge: asking, rest: ruled('ask') }));
    expect(asked).toMatchObject({ by: { kind: 'policy' }, why: { code: 'missing' } });
  });

  it('a choice that a rule may make is taken in its name; one that only people make is asked', () => {
    const given = (then: Rule['then']) => input({ entries: [lead], bridge: asking, rest: ruled(then) });
    expect(reconcile(given('create')).steps).toMatchObject([
      { kind: 'create', by: { kind: 'rule', ruleId: 'r1', revision: 3 }, why: { code: 'missing' } },
    ]);
    expect(kinds(reconcile(given('edit_and_retry')))).toEqual(['ask missing']);
    expect(kinds(reconcile(given('link')))).toEqual(['ask missing']);
  });

  it('links the only exact row, and asks which of two', () => {
    const strict = bridge({ exactMatches: 'ask' });
    const given = (...rows: ReconcileInput['rows']) =>
      input({ entries: [lead], rows, bridge: strict, rest: ruled('link') });
    expect(kinds(reconcile(given(row(5))))).toEqual(['adopt']);
    const two = given(row(5), row(6, { begin: '2026-11-20T12:00:00Z' }));
    expect(kinds(reconcile(two))).toEqual(['ask duplicate']);
  });

  it('a policy that takes a step is not overruled by another choice of a rule', () => {
    expect(kinds(reconcile(input({ entries: [lead], rest: ruled('skip') })))).toEqual(['create']);
  });

  it.each<[string, Rule['when'], boolean]>([
    ['its customer', { customerKeys: ['organization:7'] }, true],
    ['another customer', { customerKeys: ['organization:8'] }, false],
    ['its person', { userIds: ['4'] }, true],
    ['another person', { userIds: ['5'] }, false],
    ['its type', { activityTypeIds: ['3'] }, true],
    ['another type', { activityTypeIds: ['5'] }, false],
    ['its kind', { kinds: ['missing'] }, true],
    ['another kind', { kinds: ['mismatch'] }, false],
    ['from half an hour', { secondsFrom: 1800 }, true],
    ['below half an hour', { secondsBelow: 1800 }, false],
  ])('looks at %s', (_name, when, matches) => {
    const given = input({ entries: [lead], bridge: asking, rest: ruled('create', when) });
    expect(kinds(reconcile(given))).toEqual([matches ? 'create' : 'ask missing']);
  });

  it('I30 what a person took back is asked though a rule would do it again', () => {
    const undone = { ...ruled('link'), refusals: refusal('reverted', '') };
    const given = input({
      entries: [lead],
      rows: [row(5)],
      bridge: bridge({ exactMatches: 'ask' }),
      rest: undone,
    });
    expect(kinds(reconcile(given))).toEqual(['ask reverted']);
    expect(kinds(decideFirst(given, 'write_again'))).toEqual(['adopt']);
    expect(kinds(reconcile({ ...given, ...ruled('ask') }))).toEqual(['ask duplicate']);
    expect(kinds(reconcile({ ...given, rules: [] }))).toEqual(['ask duplicate']);
  });
});

describe('I35 what rests until it is quiet', () => {
  const quiet = bridge({ quietMinutes: 10 });
  const earlier = '2026-11-23T11:51:00Z';
  const later = '2026-11-23T11:58:00Z';

  it.each([
    [earlier, later],
    [later, earlier],
  ])('entries of one ticket that moved rest until the last of them was quiet (%s, %s)', (one, two) => {
    const both = [entry(1), entry(2)];
    const rows = [linked, marked(6, 1002)];
    const moved = both.map((each, index) => ({
      ...each,
      organizationId: '8',
      updatedAt: index === 0 ? one : two,
    }));
    const links = both.map((each, index) => link(each, rows.slice(index, index + 1)));
    const plan = reconcile(input({ entries: moved, links, rows, bridge: quiet }));
    expect(stepOf(plan, 'wait')).toMatchObject({
      leadId: '1',
      entryIds: ['1', '2'],
      until: '2026-11-23T12:08:00Z',
    });
  });

  it('is asked at once where no quiet period is set, and written though its clock is ahead', () => {
    const ahead = { ...lead, updatedAt: '2026-11-23T12:30:00Z' };
    expect(kinds(reconcile(input({ entries: [ahead], bridge: asking })))).toEqual(['ask missing']);
    expect(kinds(reconcile(input({ entries: [ahead] })))).toEqual(['create']);
  });

  it('is written at once when a person says so', () => {
    const fresh = { ...lead, updatedAt: later };
    const settled = input({ entries: [lead], bridge: asking });
    const decisions = [decisionOn(firstAsk(settled), 'create')];
    expect(kinds(reconcile(input({ entries: [fresh], bridge: quiet, rest: { decisions } })))).toEqual([
      'create',
    ]);
  });
});

describe('I26 where Kimai forbids ends in the future', () => {
  const noFuture = { target: { allowsFuture: false, allowsOverlap: true } };
  const today = { ...lead, bookedAt: '2026-11-23T11:45:00Z', entryDate: '2026-11-23' };
  const itsRow = marked(5, 1001, { begin: '2026-11-23T11:15:00Z' });

  it('a change that would end later than now waits for it as well', () => {
    const plan = reconcile(
      input({
        entries: [{ ...today, seconds: 3600 }],
        links: [link(today, [itsRow])],
        rows: [itsRow],
        bridge: bridge({}, noFuture),
      }),
    );
    expect(stepOf(plan, 'wait')).toMatchObject({
      by: { kind: 'policy' },
      until: '2026-11-23T12:15:00Z',
      why: { code: 'ends_in_future', facts: { untilAt: '2026-11-23T12:15:00Z' } },
    });
  });

  it('a decision waits too, and what writes nothing does not', () => {
    const given = input({
      entries: [{ ...today, bookedAt: '2026-11-23T12:10:00Z' }],
      bridge: bridge({ newEntries: 'ask' }, noFuture),
    });
    expect(kinds(decideFirst(given, 'create'))).toEqual(['wait']);
    expect(kinds(decideFirst(given, 'skip'))).toEqual(['skip']);
  });
});

describe('I26 where Kimai forbids overlaps', () => {
  const noOverlap = (policies: Parameters<typeof bridge>[0] = {}) =>
    bridge({ fuzzyThreshold: 1, ...policies }, { target: { allowsFuture: true, allowsOverlap: false } });
  const full = row(7, {
    begin: '2026-11-19T23:00:00Z',
    seconds: 86_400,
    description: 'fremd',
    projectId: 'p0',
  });

  it('a full day is asked as a refusal that Kimai need not say first, and may be taken at another time', () => {
    const given = input({ entries: [lead], rows: [full], bridge: noOverlap() });
    expect(firstAsk(given)).toMatchObject({
      facts: { kind: 'rejected' },
      why: {
        code: 'no_free_place',
        facts: { rowDay: '2026-11-20', sourceSeconds: 1800, ticketNumber: '50012' },
      },
    });
    const edit = { begin: '2026-11-21T08:00' };
    expect(stepOf(decideFirst(given, 'edit_and_retry', { edit }), 'create').desired.day).toBe('2026-11-21');
  });

  it('a question that is asked anyway says that the day is full, one that writes nothing does not', () => {
    const given = input({ entries: [lead], rows: [full], bridge: noOverlap({ newEntries: 'ask' }) });
    expect(firstAsk(given).why.code).toBe('no_free_place');
    const unlinked = input({ entries: [lead], rows: [full, row(5)], bridge: noOverlap() });
    expect(kinds(reconcile(unlinked))).toEqual(['adopt']);
  });

  it('a closed day is no full day', () => {
    const closed = bridge(
      { fuzzyThreshold: 1 },
      { target: { allowsFuture: true, allowsOverlap: false }, closedUntil: '2026-11-20' },
    );
    expect(firstAsk(input({ entries: [lead], rows: [full], bridge: closed })).facts.kind).toBe('locked');
  });

  it('two new entries of one time get places beside each other', () => {
    const plan = reconcile(input({ entries: [lead, entry(2)], bridge: noOverlap() }));
    const begins = plan.steps.flatMap((step) => (step.kind === 'create' ? [step.desired.begin] : []));
    expect(begins).toEqual(['2026-11-20T10:30:00', '2026-11-20T11:00:00']);
  });
});
