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
  statesOf,
  stepOf,
} from './books.test-support.js';
import { reconcile } from './reconcile.js';
import type { Plan } from './plan.js';
import type { TimeEntry } from './time-entry.js';
import { at, DELETED_AT, minus } from './usual-case.test-support.js';

const lead = (id: number, hour: number, rest: Partial<TimeEntry> = {}) =>
  entry(id, { bookedAt: at(hour), ...rest });

/** Lead → the members of what is created for it. */
const created = (plan: Plan) =>
  Object.fromEntries(
    plan.steps.flatMap((step) =>
      step.kind === 'create'
        ? [[step.leadId, step.members.map((one) => [one.entryId, one.signedSeconds])] as const]
        : [],
    ),
  );
const planOf = (...entries: readonly TimeEntry[]) => reconcile(input({ entries }));

describe('netting of what is not written', () => {
  it('I10 the latest earlier lead gives first, then the one before, and the parts sum up', () => {
    expect(created(planOf(lead(1, 8), lead(2, 9), lead(3, 11), minus(4, 10, 2400)))).toEqual({
      1: [
        ['1', 1800],
        ['4', -600],
      ],
      3: [['3', 1800]],
    });
  });

  it('I10 only leads of the same ticket, person and type give, and of the same instant the lower id is earlier', () => {
    expect(kinds(planOf(lead(1, 8), minus(2, 9, 600, { ticketId: '51' })))).toContain('ask correction');
    expect(kinds(planOf(lead(1, 8), minus(2, 9, 600, { activityTypeId: '5' })))).toContain('ask correction');
    expect(kinds(planOf(lead(1, 8), minus(2, 8, 600)))).toEqual(['create']);
    expect(kinds(planOf(lead(2, 8), minus(1, 8, 600)))).toContain('ask correction');
    expect(created(planOf(lead(1, 8), minus(2, 9, 600, { activityTypeId: null })))).toMatchObject({
      1: [
        ['1', 1800],
        ['2', -600],
      ],
    });
    const other = { entry: minus(2, 9, 600), firstSeenAt: at(9), state: null };
    const byOther = { ...other, frozen: { userId: '6', bookedAt: at(9), entryDate: '2026-11-20' } };
    expect(kinds(reconcile(input({ entries: [lead(1, 8), byOther] })))).toContain('ask unmapped_user');
  });

  it('I10 what is left over is asked, with the leads of the ticket to choose from', () => {
    const plan = planOf(lead(1, 8), lead(3, 10), minus(2, 9, 2400));
    const facts = asks(plan)[0]?.facts;
    expect(facts).toMatchObject({
      kind: 'correction',
      subject: 'lead:2',
      secondsAtStake: -600,
      entryIds: ['2'],
    });
    expect(facts?.why.facts).toMatchObject({ leadCount: 1, sourceSeconds: -600 });
    expect(facts?.choices.filter(({ choice }) => choice === 'apply_to')).toMatchObject([
      { targetId: '3', blocked: null, effect: { facts: { oldSeconds: 1800, newSeconds: 1200 } } },
    ]);
    expect(statesOf(plan)).toEqual({ 1: 'agreed', 2: 'waiting', 3: 'pending' });
    expect(
      created(
        decideFirst(input({ entries: [lead(1, 8), lead(3, 10), minus(2, 9, 2400)] }), 'apply_to', {
          targetId: '3',
        }),
      ),
    ).toEqual({
      3: [
        ['3', 1800],
        ['2', -600],
      ],
    });
  });

  it('I10 a lead that is too short for the rest is blocked', () => {
    const given = input({ entries: [lead(3, 10, { seconds: 300 }), minus(2, 9, 600)] });
    const choices = asks(reconcile(given))[0]?.facts.choices.filter(({ choice }) => choice === 'apply_to');
    expect(choices?.[0]?.blocked).toEqual({ code: 'lead_too_short', facts: { leadSeconds: 300 } });
    expect(kinds(decideFirst(given, 'apply_to', { targetId: '3' }))).toContain('ask correction');
  });

  it('I10 corrections are all asked where the policy asks', () => {
    const plan = reconcile(
      input({ entries: [lead(1, 8), minus(2, 9, 600)], bridge: bridge({ corrections: 'ask' }) }),
    );
    expect([...kinds(plan)].sort()).toEqual(['ask correction', 'create']);
    expect(stepOf(plan, 'create').desired.seconds).toBe(1800);
  });

  it('I11 net zero that is not written writes nothing', () => {
    const plan = planOf(lead(1, 8), minus(2, 9, 1800));
    expect(kinds(plan)).toEqual(['in_sync']);
    expect(plan.steps[0]?.why.code).toBe('net_zero');
    expect(statesOf(plan)).toEqual({ 1: 'agreed', 2: 'agreed' });
  });
});

describe('netting of what is written', () => {
  const first = lead(1, 8);
  const rowOf1 = marked(5, 1001, { begin: '2026-11-20T07:30:00Z' });
  const netted = (seconds: number, type: string | null = '3') =>
    link(first, [marked(5, 1001, { begin: '2026-11-20T07:30:00Z', seconds: 1800 - seconds })], {
      sourceBase: { seconds: 1800, activityTypeId: type, ticketId: '50', organizationId: '7' },
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -seconds },
      ],
    });
  const row20 = marked(5, 1001, { begin: '2026-11-20T07:30:00Z', seconds: 1200 });

  it('I10 a part that a link holds stays there, whatever is booked later', () => {
    const plan = reconcile(
      input({ entries: [first, lead(3, 9), minus(2, 10, 600)], links: [netted(600)], rows: [row20] }),
    );
    expect(kinds(plan)).toEqual(['in_sync', 'create']);
    expect(created(plan)).toEqual({ 3: [['3', 1800]] });
  });

  it('I10 a correction that grows takes more from its lead, one that shrinks gives back', () => {
    const grown = reconcile(
      input({ entries: [first, minus(2, 10, 900)], links: [netted(600)], rows: [row20] }),
    );
    expect(stepOf(grown, 'update').members).toEqual([
      { entryId: '1', signedSeconds: 1800 },
      { entryId: '2', signedSeconds: -900 },
    ]);
    expect(stepOf(grown, 'update').desired.seconds).toBe(900);
    const shrunk = reconcile(
      input({ entries: [first, minus(2, 10, 300)], links: [netted(600)], rows: [row20] }),
    );
    expect(stepOf(shrunk, 'update').desired.seconds).toBe(1500);
  });

  it('I10 a correction whose own type was edited is netted again; one whose lead changed type stays', () => {
    const retyped = minus(2, 10, 600, { activityTypeId: '5' });
    const freed = reconcile(input({ entries: [first, retyped], links: [netted(600)], rows: [row20] }));
    expect([...kinds(freed)].sort()).toEqual(['ask correction', 'update']);
    expect(stepOf(freed, 'update').desired.seconds).toBe(1800);
    const other = lead(3, 9, { activityTypeId: '5' });
    const moved = reconcile(input({ entries: [first, other, retyped], links: [netted(600)], rows: [row20] }));
    expect(created(moved)).toEqual({
      3: [
        ['3', 1800],
        ['2', -600],
      ],
    });
    const leadRetyped = lead(1, 8, { activityTypeId: '5' });
    const stays = reconcile(
      input({ entries: [leadRetyped, minus(2, 10, 600)], links: [netted(600)], rows: [row20] }),
    );
    expect(stepOf(stays, 'update')).toMatchObject({
      changes: { activityId: 'a5' },
      desired: { seconds: 1200 },
    });
  });

  it('I10 what a person applied to a chosen entry stays there whatever type it has', () => {
    const foreign = minus(2, 10, 600, { activityTypeId: '5' });
    const asked = asks(
      reconcile(input({ entries: [first, foreign], links: [link(first, [rowOf1])], rows: [rowOf1] })),
    )[0];
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'apply_to', { targetId: '1' })];
    const plan = reconcile(
      input({ entries: [first, foreign], links: [netted(600)], rows: [row20], rest: { decisions } }),
    );
    expect(kinds(plan)).toEqual(['in_sync']);
  });

  it('I10 a correction that moved to another ticket is freed', () => {
    const gone = minus(2, 10, 600, { ticketId: '51', ticketNumber: '51' });
    const plan = reconcile(input({ entries: [first, gone], links: [netted(600)], rows: [row20] }));
    expect([...kinds(plan)].sort()).toEqual(['ask correction', 'update']);
    expect(stepOf(plan, 'update').desired.seconds).toBe(1800);
  });

  it('I11 net zero and written: deleted by policy, asked otherwise, never while a person changed the row', () => {
    const zero = [first, minus(2, 10, 1800)];
    const links = [link(first, [rowOf1])];
    const plan = reconcile(input({ entries: zero, links, rows: [rowOf1] }));
    expect(stepOf(plan, 'delete')).toMatchObject({ closes: false, linkId: 'L1', row: { externalId: '5' } });
    expect(stepOf(plan, 'delete').why).toMatchObject({
      code: 'net_zero_written',
      facts: { targetSeconds: 1800, entryDay: '2026-11-20', ticketNumber: '50012' },
    });
    const edited = { ...rowOf1, projectId: 'p8' };
    expect(kinds(reconcile(input({ entries: zero, links, rows: [edited] })))).toEqual(['ask source_deleted']);
    const locked = asks(reconcile(input({ entries: zero, links, rows: [{ ...rowOf1, exported: true }] })))[0]
      ?.facts;
    expect(locked).toMatchObject({
      kind: 'locked',
      secondsAtStake: -1800,
      why: { code: 'locked_row_exported', facts: { differenceSeconds: -1800, targetSeconds: 1800 } },
    });
  });

  it('I11 what was deleted at net zero stays quiet, and is written anew when time comes back', () => {
    const empty = link(first, [], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -1800 },
      ],
    });
    const quiet = reconcile(input({ entries: [first, minus(2, 10, 1800)], links: [empty] }));
    expect(quiet.steps[0]?.why.code).toBe('net_zero');
    const back = reconcile(input({ entries: [first, minus(2, 10, 600)], links: [empty] }));
    expect(stepOf(back, 'create')).toMatchObject({ linkId: 'L1', desired: { seconds: 1200 }, role: 'main' });
    const ask = bridge({ sourceEdits: 'ask' });
    expect(
      kinds(reconcile(input({ entries: [first, minus(2, 10, 600)], links: [empty], bridge: ask }))),
    ).toEqual(['ask missing']);
    const unmapped = bridge({}, { mappings: { activities: {}, users: {}, customers: {} } });
    expect(
      kinds(reconcile(input({ entries: [first, minus(2, 10, 600)], links: [empty], bridge: unmapped }))),
    ).toHaveLength(3);
  });

  it('I11 a net zero that a person kept is not asked again', () => {
    const kept = netted(1800);
    const plan = reconcile(input({ entries: [first, minus(2, 10, 1800)], links: [kept], rows: [rowOf1] }));
    expect(plan.steps).toMatchObject([{ kind: 'in_sync', why: { code: 'kept_by_decision' } }]);
  });

  it('I12 a deleted lead frees its correction, which goes to the lead before it', () => {
    const deleted = { ...lead(3, 9), deletedAt: DELETED_AT };
    const rows = [rowOf1, marked(6, 1003, { begin: '2026-11-20T08:30:00Z', seconds: 1200 })];
    const links = [
      link(first, rows.slice(0, 1)),
      link(lead(3, 9), rows.slice(1), {
        members: [
          { entryId: '3', signedSeconds: 1800 },
          { entryId: '2', signedSeconds: -600 },
        ],
      }),
    ];
    const policies = bridge({ sourceDeletions: 'delete' });
    const plan = reconcile(
      input({ entries: [first, deleted, minus(2, 10, 600)], links, rows, bridge: policies }),
    );
    expect(stepOf(plan, 'delete')).toMatchObject({
      leadId: '3',
      closes: true,
      why: { code: 'source_deleted' },
    });
    expect(stepOf(plan, 'update')).toMatchObject({ leadId: '1', desired: { seconds: 1200 } });
    const alone = reconcile(
      input({
        entries: [deleted, minus(2, 10, 600)],
        links: links.slice(1),
        rows: rows.slice(1),
        bridge: policies,
      }),
    );
    expect([...kinds(alone)].sort()).toEqual(['ask correction', 'delete']);
  });

  it('I12 a lead that turned negative is settled first, then asked as the correction that it is now', () => {
    const turned = minus(1, 8, 600);
    const before = input({ entries: [turned], links: [link(first, [rowOf1])], rows: [rowOf1] });
    expect(asks(reconcile(before)).map(({ facts }) => [facts.kind, facts.why.code])).toEqual([
      ['source_deleted', 'lead_not_positive'],
    ]);
    expect(statesOf(reconcile(before))).toEqual({ 1: 'waiting' });
    const closed = link(first, [], { closed: true, members: [] });
    const after = reconcile(input({ entries: [turned], links: [closed] }));
    expect([...kinds(after)].sort()).toEqual(['ask correction', 'in_sync']);
    expect(asks(after)[0]?.facts.subject).toBe('lead:1');
  });

  it('I31 what was accepted about a lead without rows goes with the lead', () => {
    const credited = link(first, [], { acceptedSeconds: -1800 });
    const gone = reconcile(input({ entries: [{ ...first, deletedAt: DELETED_AT }], links: [credited] }));
    expect(stepOf(gone, 'accept')).toMatchObject({ acceptedSeconds: 0, closes: true });
    expect(kinds(reconcile(input({ entries: [first], links: [credited] })))).toEqual(['in_sync']);
  });

  it('I36 a member that was not handed in, or could not be read, stays netted', () => {
    const plan = reconcile(input({ entries: [first], links: [netted(600)], rows: [row20] }));
    expect(kinds(plan)).toEqual(['in_sync']);
    const unread = minus(2, 10, 600, { seconds: null, unreadable: 'not_even' });
    expect(
      [...kinds(reconcile(input({ entries: [first, unread], links: [netted(600)], rows: [row20] })))].sort(),
    ).toEqual(['ask unreadable', 'in_sync']);
    const gone = { ...minus(2, 10, 600), deletedAt: DELETED_AT };
    const freed = reconcile(input({ entries: [first, gone], links: [netted(600)], rows: [row20] }));
    expect(stepOf(freed, 'update').desired.seconds).toBe(1800);
    const short = reconcile(
      input({ entries: [lead(1, 8, { seconds: 300 })], links: [netted(600)], rows: [row20] }),
    );
    expect(stepOf(short, 'delete').members).toEqual([
      { entryId: '1', signedSeconds: 300 },
      { entryId: '2', signedSeconds: -300 },
    ]);
  });

  it('I15 parts that moved while the sum stayed are remembered without a write', () => {
    const swapped = [first, minus(3, 10, 600), { ...minus(2, 9, 600), deletedAt: DELETED_AT }];
    const plan = reconcile(input({ entries: swapped, links: [netted(600)], rows: [row20] }));
    expect(stepOf(plan, 'accept')).toMatchObject({ why: { code: 'facts_noted' }, acceptedSeconds: 0 });
    expect(stepOf(plan, 'accept').members[1]).toEqual({ entryId: '3', signedSeconds: -600 });
  });
});

describe('I10 how much a correction takes, and from whom', () => {
  it('several corrections empty one lead after the other, and what is over is asked', () => {
    const plan = planOf(lead(1, 8), lead(2, 9), minus(3, 10, 1200), minus(4, 11, 1200), minus(5, 12, 1800));
    expect(asks(plan).map(({ facts }) => [facts.subject, facts.secondsAtStake])).toEqual([['lead:5', -600]]);
    const enough = planOf(lead(1, 8), lead(2, 9), minus(3, 10, 1200), minus(4, 11, 1200));
    expect(created(enough)).toEqual({
      1: [
        ['1', 1800],
        ['4', -600],
      ],
    });
    expect(statesOf(enough)).toEqual({ 1: 'pending', 2: 'agreed', 3: 'agreed', 4: 'pending' });
  });

  it('the earlier correction is served first, in whatever order both are handed in', () => {
    for (const entries of [
      [lead(1, 8), minus(2, 9, 1200), minus(3, 10, 1200)],
      [minus(3, 10, 1200), minus(2, 9, 1200), lead(1, 8)],
    ])
      expect(asks(planOf(...entries)).map(({ facts }) => [facts.subject, facts.secondsAtStake])).toEqual([
        ['lead:3', -600],
      ]);
  });

  it('an entry without time neither leads nor corrects', () => {
    const plan = planOf(lead(1, 8), lead(2, 9, { seconds: 0 }), minus(3, 10, 600));
    expect(created(plan)).toEqual({
      1: [
        ['1', 1800],
        ['3', -600],
      ],
    });
    expect(kinds(planOf(lead(2, 9, { seconds: 0 })))).toEqual([]);
    expect(statesOf(planOf(lead(2, 9, { seconds: 0 })))).toEqual({ 2: 'agreed' });
  });

  it('parts that are netted already leave only the rest of the lead to later corrections', () => {
    const first = lead(1, 8);
    const held = link(first, [marked(5, 1001, { begin: '2026-11-20T07:30:00Z', seconds: 1200 })], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -600 },
      ],
    });
    const rows = [marked(5, 1001, { begin: '2026-11-20T07:30:00Z', seconds: 1200 })];
    const plan = (...more: readonly TimeEntry[]) =>
      reconcile(input({ entries: [first, ...more], links: [held], rows }));
    expect(stepOf(plan(minus(2, 9, 600), minus(3, 10, 600)), 'update').desired.seconds).toBe(600);
    expect(stepOf(plan(minus(3, 10, 600)), 'update').desired.seconds).toBe(600);
    const over = plan(minus(3, 10, 1500));
    expect(asks(over).find(({ facts }) => facts.kind === 'correction')?.facts.secondsAtStake).toBe(-300);
    const overSeen = plan(minus(2, 9, 600), minus(3, 10, 1500));
    expect(asks(overSeen).find(({ facts }) => facts.kind === 'correction')?.facts.secondsAtStake).toBe(-300);
  });
});
