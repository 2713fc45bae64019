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
import { validateDecision } from './decide.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import {
  agreed,
  at,
  DELETED_AT,
  exported,
  factsOf,
  firstAsk,
  lead,
  minus,
} from './usual-case.test-support.js';

describe('taking less from another row', () => {
  const other = entry(2, { bookedAt: '2026-11-19T10:00:00Z', ticketTitle: 'Maus', ticketId: '51' });
  const its = marked(6, 1002, { begin: '2026-11-19T09:30:00Z', description: 'Maus alt [tb-x1-1002]' });
  const given = (rest: Parameters<typeof link>[2] = {}, rows = [its]) =>
    input({
      entries: [{ ...lead, seconds: 900 }, other],
      links: [...agreed, link(other, rows, rest)],
      rows: [exported, ...rows],
    });

  it('I29 adds to what is accepted about its entry already, and touches none of its words', () => {
    const plan = decideFirst(given({ acceptedSeconds: 300 }), 'deduct', { targetId: '6' });
    expect(stepOf(plan, 'update')).toMatchObject({
      acceptedSeconds: -600,
      changes: { end: '2026-11-19T10:45:00' },
      why: { code: 'decided', facts: { choice: 'deduct' } },
    });
    expect(Object.keys(stepOf(plan, 'update').changes)).toEqual(['end']);
  });

  it('I29 changes only the row that was chosen of an entry with several', () => {
    const more = marked(7, 1002, { begin: '2026-11-19T12:00:00Z', description: 'x [tb-x1-1002-2]' });
    const both = { members: [{ entryId: '2', signedSeconds: 3600 }] };
    const plan = decideFirst(given(both, [its, more]), 'deduct', { targetId: '6' });
    expect(plan.steps.filter(({ kind }) => kind === 'update')).toMatchObject([{ row: { externalId: '6' } }]);
  });

  it('I29 needs a row: without an open one of the customer, or with another one named, it stays asked', () => {
    const alone = input({ entries: [{ ...lead, seconds: 900 }], links: agreed, rows: [exported] });
    const deduct = factsOf(alone).choices.find(({ choice }) => choice === 'deduct');
    expect(deduct).toMatchObject({ targetId: null, blocked: { code: 'choose_a_row' } });
    expect(kinds(decideFirst(alone, 'deduct', { targetId: '6' }))).toEqual(['ask locked']);
  });

  it('I29 closes the link of a deleted entry whose exported time is credited outside Kimai', () => {
    const gone = input({ entries: [{ ...lead, deletedAt: DELETED_AT }], links: agreed, rows: [exported] });
    expect(factsOf(gone)).toMatchObject({ kind: 'locked', secondsAtStake: -1800 });
    expect(stepOf(decideFirst(gone, 'credit_outside'), 'accept')).toMatchObject({
      closes: true,
      acceptedSeconds: 1800,
    });
    const shorter = input({ entries: [{ ...lead, seconds: 900 }], links: agreed, rows: [exported] });
    expect(stepOf(decideFirst(shorter, 'credit_outside'), 'accept')).toMatchObject({
      closes: false,
      acceptedSeconds: 900,
    });
  });

  it('I29 another type on an exported row is no difference in time: nothing to book, nothing to deduct', () => {
    const retyped = input({ entries: [{ ...lead, activityTypeId: '5' }], links: agreed, rows: [exported] });
    expect(factsOf(retyped)).toMatchObject({ kind: 'locked', secondsAtStake: 0 });
    expect(factsOf(retyped).choices.map(({ choice, blocked }) => [choice, blocked?.code])).toEqual([
      ['leave', undefined],
    ]);
  });
});

describe('choosing among rows', () => {
  const two = input({ entries: [lead], rows: [row(5), row(6, { begin: at(12) })] });

  it('I24 links the one that is kept, and deletes the others', () => {
    const plan = decideFirst(two, 'keep_one', { targetId: '6' });
    expect(stepOf(plan, 'adopt')).toMatchObject({ rows: [{ externalId: '6' }], linkId: null });
    expect(stepOf(plan, 'delete')).toMatchObject({ row: { externalId: '5' }, closes: false });
    expect(kinds(decideFirst(two, 'keep_one', { targetId: '99' }))).toEqual(['ask duplicate']);
    expect(kinds(decideFirst(two, 'link_one', { targetId: '99' }))).toEqual(['ask duplicate']);
  });

  it('I24 a row that differs is linked as it is when its duration is kept', () => {
    const differs = input({ entries: [lead], rows: [row(5, { seconds: 2400 })] });
    const kept = decideFirst(differs, 'per_field', { fields: { seconds: 'target' } });
    expect(stepOf(kept, 'adopt')).toMatchObject({ rows: [{ externalId: '5' }], acceptedSeconds: 600 });
    expect(stepOf(decideFirst(differs, 'create'), 'create').desired.seconds).toBe(1800);
  });

  it('I24 a missing entry is no mismatch: nobody can take Zammad or keep Kimai', () => {
    const missing = input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) });
    expect(validateDecision(factsOf(missing), 'take_source', {})).toEqual({
      code: 'choice_not_offered',
      facts: { choice: 'take_source', kind: 'missing' },
    });
    expect(validateDecision({ ...factsOf(missing), choices: [] }, 'skip', {})).toEqual({
      code: 'choice_not_offered',
      facts: { choice: 'skip' },
    });
  });

  it('I24 one candidate needs no naming, but another one is refused', () => {
    const one = factsOf(
      input({ entries: [lead], rows: [row(5, { description: 'Drucker druckt wieder nicht' })] }),
    );
    expect(validateDecision(one, 'link', {})).toBeNull();
    expect(validateDecision(one, 'link', { targetId: '5' })).toBeNull();
    expect(validateDecision(one, 'link', { targetId: '6' })).toEqual({
      code: 'choose_a_candidate',
      facts: { choice: 'link' },
    });
  });

  it('I24 of several fields each can be chosen, and only those that differ', () => {
    const both = factsOf(
      input({
        entries: [{ ...lead, seconds: 2700, activityTypeId: '5' }],
        links: agreed,
        rows: [marked(5, 1001, { seconds: 3600 })],
      }),
    );
    expect(both.differing).toEqual(['seconds', 'activityId']);
    expect(validateDecision(both, 'per_field', { fields: { activityId: 'source' } })).toBeNull();
    expect(
      validateDecision(both, 'per_field', { fields: { seconds: 'source', day: 'target', userId: 'source' } }),
    ).toEqual({ code: 'field_not_differing', facts: { fields: ['day', 'userId'] } });
  });

  it('I24 keeping Kimai in every field passes a lock, taking one from Zammad does not', () => {
    const locked = factsOf(
      input({ entries: [lead], links: agreed, rows: [marked(5, 1001, { seconds: 3600, exported: true })] }),
    );
    const mismatch = { ...locked, kind: 'mismatch', differing: ['seconds'] } as const;
    const choices = locked.choices.map((one) => ({ ...one, choice: 'per_field' as const })).slice(1);
    expect(
      validateDecision({ ...mismatch, choices }, 'per_field', { fields: { seconds: 'target' } }),
    ).toBeNull();
    expect(
      validateDecision({ ...mismatch, choices }, 'per_field', { fields: { seconds: 'source' } })?.code,
    ).toBe('row_exported');
  });
});

describe('applying a correction to an entry that a person chose', () => {
  const later = [entry(3, { bookedAt: at(10) }), entry(4, { bookedAt: at(11), seconds: 3600 })];

  it('I10 each entry of the ticket is offered with what would be left of it, down to nothing', () => {
    const given = input({ entries: [minus(2, 9, 1800), ...later] });
    expect(factsOf(given)).toMatchObject({ kind: 'correction', source: { seconds: -1800 }, entryIds: ['2'] });
    const offers = factsOf(given).choices.filter(({ choice }) => choice === 'apply_to');
    expect(offers.map(({ targetId, effect, blocked }) => [targetId, effect.facts, blocked])).toEqual([
      ['3', { oldSeconds: 1800, newSeconds: 0 }, null],
      ['4', { oldSeconds: 3600, newSeconds: 1800 }, null],
    ]);
    const applied = decideFirst(given, 'apply_to', { targetId: '4' });
    expect(applied.steps.map((step) => [step.kind, step.leadId])).toEqual([
      ['create', '3'],
      ['create', '4'],
    ]);
    expect(applied.steps[1]).toMatchObject({ desired: { seconds: 1800 } });
  });

  it('I10 nothing is taken from an entry that is too short, unknown, or of another ticket', () => {
    const short = input({ entries: [minus(2, 9, 600), entry(3, { bookedAt: at(10), seconds: 300 })] });
    expect(stepOf(decideFirst(short, 'apply_to', { targetId: '3' }), 'create').desired.seconds).toBe(300);
    const elsewhere = input({ entries: [minus(2, 9, 600), entry(3, { ticketId: '51' })] });
    const apply = factsOf(elsewhere).choices.find(({ choice }) => choice === 'apply_to');
    expect(apply).toMatchObject({ targetId: null, blocked: { code: 'choose_a_lead' } });
    const decided = decideFirst(elsewhere, 'apply_to', { targetId: '3' });
    expect(stepOf(decided, 'create').desired.seconds).toBe(1800);
    expect(kinds(decided)).toContain('ask correction');
  });

  it('I22 a decision about a smaller correction is none about a larger one', () => {
    const decisions = [
      decisionOn(firstAsk(input({ entries: [minus(2, 9, 600), ...later] })), 'apply_to', { targetId: '3' }),
    ];
    const grown = reconcile(input({ entries: [minus(2, 9, 900), ...later], rest: { decisions } }));
    expect(asks(grown)[0]?.facts).toMatchObject({ kind: 'correction', secondsAtStake: -900 });
    const skipped = [
      decisionOn(firstAsk(input({ entries: [minus(2, 9, 600), ...later] })), 'skip', { targetId: '3' }),
    ];
    const left = reconcile(input({ entries: [minus(2, 9, 600), ...later], rest: { decisions: skipped } }));
    expect([...kinds(left)].sort()).toEqual(['create', 'create', 'skip']);
    expect(stepOf(left, 'create').desired.seconds).toBe(1800);
  });

  it('I10 what lies where a person put it stays there when more is taken back; only the rest is asked', () => {
    const foreign = (seconds: number) => minus(2, 10, seconds, { activityTypeId: '5' });
    const one = entry(1, { bookedAt: at(8) });
    const its = marked(5, 1001, { begin: '2026-11-20T07:30:00Z' });
    const asked = firstAsk(input({ entries: [one, foreign(600)], links: [link(one, [its])], rows: [its] }));
    const decisions = [decisionOn(asked, 'apply_to', { targetId: '1' })];
    const shortened = marked(5, 1001, { begin: '2026-11-20T07:30:00Z', seconds: 1200 });
    const netted = link(one, [shortened], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -600 },
      ],
    });
    const after = (rest: Partial<ReconcileInput>) =>
      reconcile(input({ entries: [one, foreign(900)], links: [netted], rows: [shortened], rest }));
    expect(asks(after({ decisions }))[0]?.facts).toMatchObject({ kind: 'correction', secondsAtStake: -300 });
    expect(kinds(after({ decisions }))).toContain('in_sync');
    expect(asks(after({}))[0]?.facts.secondsAtStake).toBe(-900);
    const skipped = [decisionOn(asked, 'skip', { targetId: '1' })];
    expect(asks(after({ decisions: skipped }))[0]?.facts.secondsAtStake).toBe(-900);
    const unnamed = [decisionOn(asked, 'apply_to')];
    expect(asks(after({ decisions: unnamed }))[0]?.facts.secondsAtStake).toBe(-900);
  });

  it('I35 a fresh correction rests like any other entry', () => {
    const fresh = minus(2, 9, 600, { updatedAt: '2026-11-23T11:55:00Z' });
    const plan = reconcile(input({ entries: [fresh], bridge: bridge({ quietMinutes: 10 }) }));
    expect(stepOf(plan, 'wait')).toMatchObject({ until: '2026-11-23T12:05:00Z', entryIds: ['2'] });
  });
});

describe('several entries of a moved ticket', () => {
  const ids = [1, 2];
  const rows = ids.map((id) => marked(4 + id, 1000 + id, { begin: `2026-11-2${id - 1}T09:30:00Z` }));
  const moved = ids.map((id) => entry(id, { organizationId: '8' }));
  const given = input({
    entries: moved.map((one) => booked(one)),
    links: ids.map((id, index) => link(entry(id), rows.slice(index, index + 1))),
    rows,
  });

  it('I7 say how many rows an answer changes, and that nothing else can be done with all of them', () => {
    const effects = factsOf(given).choices.map(({ choice, effect, blocked }) => [
      choice,
      blocked?.code ?? effect.code,
      effect.facts['rowCount'],
    ]);
    expect(effects).toEqual([
      ['take_source', 'will_update_several', 2],
      ['keep_target', 'will_change_nothing', undefined],
      ['per_field', 'will_update_several', 2],
      ['create', 'already_linked', undefined],
      ['skip', 'will_change_nothing', undefined],
    ]);
    expect(decideFirst(given, 'take_source').steps).toHaveLength(2);
  });
});
