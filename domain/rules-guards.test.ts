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
import { reconcile } from './reconcile.js';
import { agreed, DELETED_AT, factsOf, lead, linked } from './usual-case.test-support.js';

describe('signs of a backup', () => {
  const at = (id: number, bookedAt: string) =>
    booked(entry(id, { ticketId: `${id}` }), {
      frozen: { userId: '4', bookedAt, entryDate: '2026-11-18' },
    });
  const adopted = entry(20, { ticketId: '20', bookedAt: '2026-11-19T10:00:00Z' });
  const given = (ids: readonly number[]) =>
    input({
      entries: [
        ...ids.map((id) => at(id, '2026-11-18T10:00:00Z')),
        booked(adopted),
        booked(entry(30, { ticketId: '30', activityTypeId: '99' })),
        booked({ ...lead, seconds: 2700 }),
        booked(entry(40, { ticketId: '40', deletedAt: DELETED_AT })),
        booked(entry(50, { ticketId: '50' })),
      ],
      links: [...agreed, link(entry(40), [marked(41, 1040)]), link(entry(50), [marked(51, 1050)])],
      rows: [
        linked,
        row(21, { begin: '2026-11-19T09:30:00Z' }),
        marked(41, 1040),
        marked(51, 1050, { billable: false }),
      ],
      bridge: bridge({ sourceDeletions: 'delete' }),
    });

  it('I20 hold back every kind of write and of linking, and no question', () => {
    const plan = reconcile(given([10, 9]));
    expect([...kinds(plan)].sort()).toEqual(['ask guard', 'ask unmapped_activity']);
    const guard = asks(plan).find(({ facts }) => facts.kind === 'guard');
    expect(guard).toMatchObject({
      leadId: '1',
      by: { kind: 'policy' },
      why: { code: 'guard_restored', facts: { entryCount: 2, rowCount: 0 } },
      facts: { candidates: [], differing: [], entryIds: [], source: null, secondsAtStake: 0 },
    });
    expect(guard?.facts.choices[0]?.effect).toEqual({ code: 'will_go_ahead', facts: { stepCount: 6 } });
    const held = plan.outcomes.find(({ entryId }) => entryId === '9');
    expect(held).toMatchObject({
      state: 'waiting',
      why: { code: 'held_by_guard', facts: { guard: 'guard:restored' } },
      subjects: ['guard:restored'],
    });
  });

  it('I20 are decided once for these entries in any order, and anew for others', () => {
    const guard = asks(reconcile(given([10, 9]))).find(({ facts }) => facts.kind === 'guard');
    if (!guard) throw new Error('nothing is asked');
    const drop = { decisions: [decisionOn(guard, 'drop')] };
    const dropped = reconcile({ ...given([9, 10]), ...drop });
    expect([...kinds(dropped)].sort()).toEqual([
      'ask unmapped_activity',
      ...Array.from({ length: 6 }, () => 'skip'),
    ]);
    expect(stepOf(dropped, 'skip')).toMatchObject({
      by: { kind: 'decision', decisionId: 'd1' },
      why: { code: 'decided', facts: { choice: 'drop' } },
    });
    expect(kinds(reconcile({ ...given([9, 11]), ...drop }))).toContain('ask guard');
  });

  it('I20 a guard over many changes is decided for these changes only', () => {
    const many = (from: number) =>
      Array.from({ length: 51 }, (_, index) => entry(from + index, { ticketId: `${from + index}` }));
    const changed = (from: number) =>
      input({
        entries: many(from).map((one) => ({ ...one, seconds: 2700 })),
        links: many(from).map((one) => link(one, [marked(1000 + Number(one.id), 1000 + Number(one.id))])),
        rows: many(from).map((one) => marked(1000 + Number(one.id), 1000 + Number(one.id))),
      });
    const [guard] = asks(reconcile(changed(2)));
    if (!guard) throw new Error('nothing is asked');
    expect(guard.leadId).toBe('2');
    const decisions = [decisionOn(guard, 'go_ahead')];
    const reversed = { ...changed(2), entries: [...changed(2).entries].reverse(), decisions };
    expect(new Set(kinds(reconcile(reversed)))).toEqual(new Set(['update']));
    expect(kinds(reconcile({ ...changed(3), decisions }))).toEqual(['ask guard']);
  });
});

describe('gaps in any order', () => {
  const unknown = (id: number) => entry(id, { activityTypeId: '99', ticketId: `${id}` });

  it('I19 name their entries by number, the lowest first, and are no new question when more come', () => {
    const plan = reconcile(input({ entries: [10, 9, 2].map(unknown) }));
    expect(asks(plan)).toMatchObject([
      {
        leadId: '2',
        by: { kind: 'policy' },
        facts: { entryIds: ['2', '9', '10'], candidates: [], differing: [] },
      },
    ]);
    const fewer = factsOf(input({ entries: [unknown(9)] }));
    const others = factsOf(input({ entries: [entry(9, { activityTypeId: '98' })] }));
    expect(asks(plan)[0]?.facts.version).toBe(fewer.version);
    expect(others.version).not.toBe(fewer.version);
  });

  it('I19 a mapping that is made says whose decision it was; to ignore is a mapping to nothing', () => {
    const given = input({ entries: [unknown(1)] });
    expect(decideFirst(given, 'map', { targetId: 'a9' }).steps).toMatchObject([
      { by: { kind: 'decision', decisionId: 'd1' }, why: { code: 'decided', facts: { choice: 'map' } } },
    ]);
    expect(decideFirst(given, 'ignore', { targetId: 'a9' }).steps).toMatchObject([
      { kind: 'map', targetId: null },
    ]);
    const ignored = { ...bridge().mappings, users: { '4': { ignored: true } as const } };
    expect(
      reconcile(input({ entries: [lead], bridge: bridge({}, { mappings: ignored }) })).steps,
    ).toMatchObject([
      {
        kind: 'skip',
        by: { kind: 'policy' },
        why: { facts: { gapKind: 'unmapped_user', key: '4', name: 'Anna Vogt' } },
      },
    ]);
  });

  it('I19 an entry without a type has a mapping of its own', () => {
    const mappings = { ...bridge().mappings, activities: { '': { targetId: 'a0' } } };
    const untyped = entry(1, { activityTypeId: null, activityTypeName: null });
    const plan = reconcile(input({ entries: [untyped], bridge: bridge({}, { mappings }) }));
    expect(stepOf(plan, 'create').desired.activityId).toBe('a0');
    const retyped = { ...lead, activityTypeId: null, activityTypeName: null };
    const changed = reconcile(
      input({ entries: [retyped], links: agreed, rows: [linked], bridge: bridge({}, { mappings }) }),
    );
    expect(stepOf(changed, 'update').changes).toEqual({ activityId: 'a0' });
  });

  it('I23 one project for all stays where it is when a ticket moves; a project left over from it counts for nothing', () => {
    const moved = { ...lead, organizationId: '8' };
    const fixed = bridge({ project: 'fixed', fixedProjectId: 'p7' });
    expect(
      kinds(reconcile(input({ entries: [moved], links: agreed, rows: [linked], bridge: fixed }))),
    ).toEqual(['accept']);
    const leftOver = bridge({ project: 'per_customer', fixedProjectId: 'p1' });
    expect(stepOf(reconcile(input({ entries: [lead], bridge: leftOver })), 'create').desired.projectId).toBe(
      'p7',
    );
    const asked = factsOf(input({ entries: [moved], links: agreed, rows: [linked], bridge: leftOver }));
    expect(asked).toMatchObject({ why: { code: 'ticket_moved' }, source: { projectId: 'p8' } });
  });

  it('I5 a moved ticket asks about its customer alone, whatever else has no mapping any more', () => {
    const poor = bridge({}, { mappings: { ...bridge().mappings, activities: {}, users: {} } });
    const moved = input({
      entries: [{ ...lead, organizationId: '8' }],
      links: agreed,
      rows: [linked],
      bridge: poor,
    });
    expect(factsOf(moved).why.code).toBe('ticket_moved');
    expect(factsOf(moved).why.facts['leadCount']).toBeUndefined();
  });
});

describe('moved tickets', () => {
  it('I7 add up what is at stake, whoever is first', () => {
    const before = [1, 2].map((id) => entry(id));
    const rows = [linked, marked(6, 1002)];
    const moved = [
      { ...entry(1), organizationId: '8', seconds: 2700 },
      { ...entry(2), organizationId: '8', seconds: 2400 },
    ];
    const links = before.map((one, index) => link(one, rows.slice(index, index + 1)));
    expect(factsOf(input({ entries: moved, links, rows }))).toMatchObject({
      secondsAtStake: 1500,
      why: { facts: { leadCount: 2 } },
    });
  });
});
