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
  statesOf,
  stepOf,
} from './books.test-support.js';
import { mergeDescription } from './description.js';
import { desiredKey } from './desired.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput, Refusal } from './reconcile-input.js';
import {
  DELETED_AT,
  agreed,
  at,
  exported,
  factsOf,
  firstAsk,
  lead,
  linked,
  longer,
  minus,
  retimed,
} from './usual-case.test-support.js';

describe('linked entries at the edges', () => {
  it('I5 an entry that only moved to another ticket of its customer is noted, with nothing to write', () => {
    const rows = [marked(5, 1001, { description: null })];
    const elsewhere = { ...lead, ticketId: '51', ticketNumber: '50013' };
    const plan = reconcile(
      input({ entries: [elsewhere], links: [link(lead, rows)], rows, bridge: bridge({ marker: false }) }),
    );
    expect(stepOf(plan, 'accept')).toMatchObject({
      why: { code: 'facts_noted' },
      sourceBase: { ticketId: '51' },
    });
  });

  it('I10 parts that moved within the same sum are remembered', () => {
    const held = link(lead, [marked(5, 1001, { seconds: 1500 })], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -300 },
      ],
    });
    const entries = [{ ...lead, seconds: 2100 }, minus(2, 11, 600)];
    const rows = [marked(5, 1001, { seconds: 1500 })];
    expect(stepOf(reconcile(input({ entries, links: [held], rows })), 'accept').members).toEqual([
      { entryId: '1', signedSeconds: 2100 },
      { entryId: '2', signedSeconds: -600 },
    ]);
  });

  it('I9 the same tags in another order are the same tags', () => {
    const base = marked(5, 1001, { tags: ['b', 'a'] });
    const given = (tags: readonly string[]) =>
      input({ entries: [lead], links: [link(lead, [base])], rows: [{ ...base, tags }] });
    expect(kinds(reconcile(given(['a', 'b'])))).toEqual(['in_sync']);
    expect(kinds(reconcile(given(['b', 'a'])))).toEqual(['in_sync']);
    expect(kinds(reconcile(given(['a', 'c'])))).toEqual(['accept']);
    expect(kinds(reconcile(given(['a', 'b', 'c'])))).toEqual(['accept']);
  });

  it('I31 a kept row of a deleted entry whose difference was not accepted yet is noted, and stays closed', () => {
    const kept = link(lead, [linked], { closed: true, members: [], acceptedSeconds: 0 });
    const gone = { ...lead, deletedAt: DELETED_AT };
    expect(
      stepOf(reconcile(input({ entries: [gone], links: [kept], rows: [linked] })), 'accept'),
    ).toMatchObject({
      why: { code: 'gone_on_both_sides' },
      closes: true,
      acceptedSeconds: 1800,
    });
  });

  it('I24 what was accepted as deleted and has other time now is created by today’s mappings', () => {
    const closed = link(lead, [], { closed: true, acceptedSeconds: -1800 });
    const before = input({ entries: [longer], links: [closed] });
    expect(stepOf(decideFirst(before, 'create_again'), 'create').desired).toMatchObject({
      ...{ projectId: 'p7', activityId: 'a3', userId: 'k4' },
    });
    const unmapped = input({ entries: [{ ...longer, activityTypeId: '99' }], links: [closed] });
    const again = factsOf(unmapped).choices.find(({ choice }) => choice === 'create_again');
    expect(again?.blocked).toEqual({ code: 'mapping_missing', facts: {} });
  });

  it('I24 names the fields that both sides differ in, not those that both moved alike', () => {
    const rows = [{ ...linked, activityId: 'a5', projectId: 'p8' }];
    const given = input({ entries: [{ ...longer, activityTypeId: '5' }], links: agreed, rows });
    expect(factsOf(given).why.facts['fields']).toEqual(['seconds', 'projectId']);
  });

  it('I29 a lock says which fields changed only where the time did not', () => {
    const given = (change: object) =>
      factsOf(input({ entries: [{ ...lead, ...change }], links: agreed, rows: [exported] })).why.facts;
    expect(given({ activityTypeId: '5' })).toMatchObject({ differenceSeconds: 0, fields: ['activityId'] });
    expect(given({ seconds: 2700 })).not.toHaveProperty('fields');
  });

  it('I14 several rows of one marker are all offered as certain', () => {
    const second = marked(6, 1001, { begin: at(12) });
    const facts = factsOf(input({ entries: [lead], links: agreed, rows: [linked, second] }));
    const parts = { date: 1, duration: 1, person: 1, text: 1, project: 1 };
    expect(facts.candidates.map((one) => one.parts)).toEqual([parts, parts]);
  });

  it('I14 a row that carries our marker is asked as a duplicate where a rule asks', () => {
    const rules = [{ id: 'r1', revision: 1, when: {}, then: 'ask' }] as const;
    expect(kinds(reconcile(input({ entries: [lead], rows: [linked], rest: { rules } })))).toEqual([
      'ask duplicate',
    ]);
  });

  it('I8 an entry with a correction row is re-applied whole', () => {
    const second = marked(6, 1001, { begin: at(12), seconds: 600, description: '#50012 [tb-x1-1001-2]' });
    const entries = [booked({ ...lead, seconds: 2400 }, { reapply: true })];
    const both = link({ ...lead, seconds: 2400 }, [linked, second]);
    const mappings = { ...bridge().mappings, customers: { 'organization:7': { targetId: 'p9' } } };
    const plan = reconcile(
      input({ entries, links: [both], rows: [linked, second], bridge: bridge({}, { mappings }) }),
    );
    expect(plan.steps).toMatchObject([
      { kind: 'update', row: { externalId: '6' }, changes: { projectId: 'p9' } },
      { kind: 'update', row: { externalId: '5' }, changes: { projectId: 'p9' } },
    ]);
  });
});

describe('what was refused, at the edges', () => {
  const refusal = (code: string, sent = ''): Refusal => ({
    code,
    quoted: [],
    sent,
    at: '2026-11-23T11:00:00Z',
  });
  const with_ = (one: Refusal): Pick<ReconcileInput, 'refusals'> => ({ refusals: { 'lead:1': one } });

  it('a write without an answer whose row is found by its data is linked, and nobody is asked', () => {
    const plain = bridge({ marker: false });
    const found = input({
      entries: [lead],
      rows: [row(5)],
      bridge: plain,
      rest: with_(refusal('unknown_outcome')),
    });
    expect(kinds(reconcile(found))).toEqual(['adopt']);
  });

  it('I30 what was decided about older facts is not what was tried about these', () => {
    const before = input({
      entries: [longer],
      links: agreed,
      rows: [linked],
      bridge: bridge({ sourceEdits: 'ask' }),
    });
    const decisions = [decisionOn(firstAsk(before), 'keep_target')];
    const now = { ...before, entries: [booked({ ...lead, seconds: 3600 })], bridge: bridge() };
    const sent = desiredKey(stepOf(reconcile(now), 'update').desired);
    expect(kinds(reconcile({ ...now, decisions, ...with_(refusal('overlap', sent)) }))).toEqual([
      'ask rejected',
    ]);
  });

  it('what cannot be done at all is asked as it is, not as a full day or a refusal', () => {
    const strict = bridge({}, { target: { allowsFuture: true, allowsOverlap: false } });
    const closed = link(lead, [], { closed: true, acceptedSeconds: -1800 });
    const unmapped = input({
      entries: [{ ...longer, activityTypeId: '99' }],
      links: [closed],
      bridge: strict,
    });
    expect(kinds(reconcile(unmapped))).toEqual(['ask target_deleted']);
    const locked = input({
      entries: [lead],
      links: agreed,
      rows: [{ ...retimed, exported: true }],
      rest: with_(refusal('overlap', 'x')),
    });
    expect(kinds(reconcile(locked))).toEqual(['ask target_changed']);
  });
});

describe('I38 our line in a description of several lines', () => {
  const ours = { text: '#2 neu', fallback: '#2 neu', marker: '[tb-x1-1]' };
  it.each<[string, string, string | null, string]>([
    [
      'in front of what people wrote, blank lines and all',
      '#1 alt [tb-x1-1]\n\nzwei\ndrei',
      '#2 neu',
      '#2 neu [tb-x1-1]\n\nzwei\ndrei',
    ],
    ['between it', 'eins\n#1 alt [tb-x1-1]\nzwei', '#2 neu', 'eins\n#2 neu [tb-x1-1]\nzwei'],
    [
      'in front of all lines, where its marker was removed',
      'eins\nzwei',
      null,
      '#2 neu [tb-x1-1]\neins\nzwei',
    ],
    [
      'as it is, where only another field is written',
      '#1 alt [tb-x1-1]\nzwei',
      null,
      '#1 alt [tb-x1-1]\nzwei',
    ],
    ['alone, where nobody wrote anything', '', '#2 neu', '#2 neu [tb-x1-1]'],
  ])('stands %s', (_told, current, text, expected) => {
    expect(mergeDescription(current, { ...ours, text })).toBe(expected);
  });
});

describe('what is near to entries that are asked', () => {
  it('I17 is offered to those that are asked, not to what a policy creates', () => {
    const old = booked(entry(1, { bookedAt: '2026-09-01T10:00:00Z' }), { firstSeenAt: at(9) });
    const near = row(5, { begin: '2026-09-03T10:00:00Z', description: 'Anruf' });
    const fresh = entry(2, { bookedAt: at(10), ticketId: '51', ticketNumber: '50013' });
    const other = row(6, { begin: '2026-11-22T09:30:00Z', description: 'Anruf' });
    const plan = reconcile(input({ entries: [old, booked(fresh)], rows: [near, other] }));
    expect(
      asks(plan).map(({ facts }) => facts.candidates.map(({ timesheet }) => timesheet.externalId)),
    ).toEqual([['5']]);
    expect(statesOf(plan)).toEqual({ 1: 'waiting', 2: 'pending' });
  });
});
