import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  decisionOn,
  entry,
  input,
  kinds,
  link,
  marked,
  stepOf,
} from './books.test-support.js';
import { isRunGuard, runGuardFacts } from './guards.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { sumsByLead } from './sums.js';
import type { TimeEntry } from './time-entry.js';
import { DELETED_AT, firstAsk, minus } from './usual-case.test-support.js';

const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => entry(index + 1, { ticketId: `${index}` }));
const rowOf = ({ id }: TimeEntry) => marked(1000 + Number(id), 1000 + Number(id));
/** Written and agreed, and then Zammad says something else. */
const changed = (count: number, change: Partial<TimeEntry>, rest: Partial<ReconcileInput> = {}) =>
  input({
    entries: entries(count).map((one) => ({ ...one, ...change })),
    links: entries(count).map((one) => link(one, [rowOf(one)])),
    rows: entries(count).map(rowOf),
    bridge: bridge({ sourceDeletions: 'delete' }),
    rest,
  });
const guardsOf = (given: ReconcileInput) =>
  asks(reconcile(given)).flatMap(({ facts }) => (facts.kind === 'guard' ? [facts.subject] : []));

describe('what counts as too much at once', () => {
  const asking = bridge({ newEntries: 'ask' });
  it.each<[string, ReconcileInput, readonly string[]]>([
    ['eleven rows that would be deleted', changed(11, { deletedAt: DELETED_AT }), ['guard:deletes']],
    ['ten rows that would be deleted', changed(10, { deletedAt: DELETED_AT }), []],
    ['51 rows that would be changed', changed(51, { seconds: 2700 }), ['guard:updates']],
    ['50 rows that would be changed', changed(50, { seconds: 2700 }), []],
    ['51 new entries', input({ entries: entries(51) }), []],
    ['51 new entries that are asked', input({ entries: entries(51), bridge: asking }), []],
    [
      '51 rows that would be changed, counted over the whole run',
      changed(51, { seconds: 2700 }, { countedByRun: true }),
      [],
    ],
    [
      'eleven rows that would be deleted, counted over the whole run',
      changed(11, { deletedAt: DELETED_AT }, { countedByRun: true }),
      [],
    ],
    [
      '51 rows that would be changed, and the run does not count by itself',
      changed(51, { seconds: 2700 }, { countedByRun: false }),
      ['guard:updates'],
    ],
  ])('I20 %s', (_name, given, guards) => {
    expect(guardsOf(given)).toEqual(guards);
  });

  it('I20 51 changes that people decided one by one are written', () => {
    const given = { ...changed(51, { seconds: 2700 }), bridge: bridge({ sourceEdits: 'ask' }) };
    const decisions = asks(reconcile(given)).map((one) => decisionOn(one, 'take_source'));
    expect(decisions).toHaveLength(51);
    expect(new Set(kinds(reconcile({ ...given, decisions })))).toEqual(new Set(['update']));
  });

  it('I20 a write is held by one guard only: dropping deletions drops none that the backup holds back', () => {
    const deleted = changed(11, { deletedAt: DELETED_AT });
    const frozen = { userId: '4', bookedAt: '2026-11-18T10:00:00Z', entryDate: '2026-11-18' };
    const reused = booked(entry(99, { ticketId: '99' }), { frozen });
    const both = { ...deleted, entries: [...deleted.entries, reused] };
    expect(guardsOf(both)).toEqual(['guard:restored', 'guard:deletes']);
    const decisions = asks(reconcile(both))
      .filter(({ facts }) => facts.subject === 'guard:deletes')
      .map((one) => decisionOn(one, 'drop'));
    expect(kinds(reconcile({ ...both, decisions }))).toEqual(['ask guard']);
  });

  it('I31 a write that is dropped leaves its correction too: the sum stays open, and is not broken', () => {
    const one = entry(1, { seconds: 600 });
    const frozen = { userId: '4', bookedAt: '2026-11-18T07:00:00Z', entryDate: '2026-11-18' };
    const row = marked(5, 1001, { seconds: 600 });
    const given = input({
      entries: [booked(one, { frozen }), minus(2, 15, 300)],
      links: [link(one, [row])],
      rows: [row],
    });
    expect(guardsOf(given)).toEqual(['guard:restored']);
    const plan = reconcile({ ...given, decisions: [decisionOn(firstAsk(given), 'drop')] });
    expect(stepOf(plan, 'skip').entryIds).toEqual(['1', '2']);
    expect(plan.outcomes.map(({ entryId, state }) => [entryId, state])).toEqual([
      ['1', 'skipped'],
      ['2', 'skipped'],
    ]);
    const { outcomes } = plan;
    const sums = sumsByLead({ ...given, startFrom: '2026-01-01', outcomes, openLeads: new Set() });
    expect(sums).toMatchObject([
      { leadId: '1', open: 0, broken: 0 },
      { leadId: '2', source: -300, open: 300, broken: 0 },
    ]);
  });

  it('I20 the guard of a run is told from the guard of one plan', () => {
    const hash = (text: string) => text;
    const { subject } = runGuardFacts({
      guarded: 'deletes',
      runId: 'r1',
      stepCount: 11,
      linkCount: 20,
      hash,
    });
    expect([subject, 'guard:deletes', 'guard:restored'].map(isRunGuard)).toEqual([true, false, false]);
  });
});

describe('signs of a backup among linked rows', () => {
  const lead = entry(1);
  const says = (description: string, id = 5) => {
    const one = marked(id, 1001, { description });
    return input({ entries: [lead], links: [link(lead, [one])], rows: [one] });
  };
  it.each<[string, string, readonly string[]]>([
    ['its own marker', 'Anruf [tb-x1-1001]', []],
    ['no marker', 'Anruf', []],
    ['the marker of another entry', 'Anruf [tb-x1-1099]', ['guard:restored']],
    ['the marker that another bridge gave an entry of this number', '[tb-y2-1001]', ['guard:restored']],
    ['its own marker of a later row beside a copied one', '[tb-x1-1099] [tb-x1-1001-2]', []],
  ])('I20 a row with %s', (_name, description, guards) => {
    expect(guardsOf(says(description))).toEqual(guards);
  });

  it('I20 the answer about one row is none about another', () => {
    const versions = [5, 6].map((id) => asks(reconcile(says('[tb-x1-1099]', id)))[0]?.facts.version);
    expect(versions[0]).not.toBe(versions[1]);
  });

  it('I20 an entry that is deleted says nothing about a backup', () => {
    const frozen = { userId: '4', bookedAt: '2026-11-18T10:00:00Z', entryDate: '2026-11-18' };
    const at = (deletedAt: string | null) => input({ entries: [booked({ ...lead, deletedAt }, { frozen })] });
    expect(guardsOf(at(null))).toEqual(['guard:restored']);
    expect(guardsOf(at(DELETED_AT))).toEqual([]);
  });
});
