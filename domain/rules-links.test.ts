import { describe, expect, it } from 'vitest';
import {
  asks,
  bridge,
  decideFirst,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  stepOf,
} from './books.test-support.js';
import { reconcile } from './reconcile.js';
import { DELETED_AT, minus } from './usual-case.test-support.js';

describe('deletions', () => {
  const one = entry(1);
  const its = marked(5, 1001);
  const links = [link(one, [its])];
  const gone = { ...one, deletedAt: DELETED_AT };

  it('I12 gone on both sides closes the link; a closed one stays silent until the source says something else', () => {
    const both = reconcile(input({ entries: [gone], links, rows: [{ ...its, deletedAt: DELETED_AT }] }));
    expect(stepOf(both, 'accept')).toMatchObject({
      closes: true,
      why: { code: 'gone_on_both_sides' },
      rows: [],
    });
    const closed = [link(one, [], { closed: true })];
    expect(reconcile(input({ entries: [one], links: closed })).steps).toMatchObject([
      { kind: 'in_sync', why: { code: 'closed_by_decision' } },
    ]);
    const kept = [link(one, [its], { closed: true, acceptedSeconds: 1800, members: [] })];
    expect(kinds(reconcile(input({ entries: [gone], links: kept, rows: [its] })))).toEqual(['in_sync']);
    expect(kinds(reconcile(input({ entries: [{ ...one, seconds: 900 }], links: closed })))).toEqual([
      'ask target_deleted',
    ]);
    const zero = [one, minus(2, 11, 1800)];
    const accepted = [link(one, [], { closed: true, acceptedSeconds: -1800 })];
    expect(kinds(reconcile(input({ entries: [one], links: accepted })))).toEqual(['in_sync']);
    for (const entries of [[gone], zero]) {
      const noted = reconcile(input({ entries, links: accepted }));
      expect(stepOf(noted, 'accept')).toMatchObject({ closes: true, acceptedSeconds: 0 });
    }
    expect(reconcile(input({ entries: [gone], links: [link(one, [])] })).steps[0]?.why.code).toBe(
      'gone_on_both_sides',
    );
  });

  it('I24 a row that is created again is placed and mapped as the lost one was', () => {
    const lost = { ...its, projectId: 'p8', activityId: 'a5', userId: 'k9', deletedAt: DELETED_AT };
    const given = input({ entries: [one], links: [link(one, [{ ...lost, deletedAt: null }])], rows: [lost] });
    const { desired, linkId } = stepOf(decideFirst(given, 'create_again'), 'create');
    expect(linkId).toBe('L1');
    expect(desired).toMatchObject({ projectId: 'p8', activityId: 'a5', userId: 'k9', seconds: 1800 });
    expect(Object.keys(desired).sort()).toEqual([
      'activityId',
      'begin',
      'beginAt',
      'billable',
      'day',
      'description',
      'end',
      'endAt',
      'projectId',
      'seconds',
      'tags',
      'userId',
    ]);
    expect(stepOf(decideFirst(given, 'accept_deletion'), 'accept')).toMatchObject({
      closes: true,
      acceptedSeconds: -1800,
    });
  });

  it('I24 of several rows only the lost part is created again', () => {
    const more = marked(6, 1001, {
      description: 'x [tb-x1-1001-2]',
      seconds: 600,
      begin: '2026-11-20T12:00:00Z',
    });
    const longer = entry(1, { seconds: 2400 });
    const given = input({
      entries: [longer],
      links: [link(longer, [its, more])],
      rows: [its, { ...more, deletedAt: DELETED_AT }],
    });
    expect(asks(reconcile(given))[0]?.facts).toMatchObject({ kind: 'target_deleted', secondsAtStake: 600 });
    expect(stepOf(decideFirst(given, 'create_again'), 'create').desired.seconds).toBe(600);
    expect(stepOf(decideFirst(given, 'accept_deletion'), 'accept')).toMatchObject({
      closes: false,
      acceptedSeconds: -600,
    });
  });

  it('I24 keeping the row of a deleted entry closes its link and accepts the time', () => {
    const given = input({ entries: [gone], links, rows: [its] });
    expect(stepOf(decideFirst(given, 'keep'), 'accept')).toMatchObject({
      closes: true,
      acceptedSeconds: 1800,
      members: [],
      sourceBase: { seconds: 1800 },
    });
    expect(asks(reconcile(given))[0]?.facts).toMatchObject({
      secondsAtStake: -1800,
      source: { seconds: null },
      target: { seconds: 1800 },
    });
  });
});

describe('markers', () => {
  const one = entry(1);

  it('I14 an unlinked row with our marker is linked without a write, whatever the policy on exact matches', () => {
    const plan = reconcile(
      input({ entries: [one], rows: [marked(5, 1001)], bridge: bridge({ exactMatches: 'ask' }) }),
    );
    expect(stepOf(plan, 'adopt')).toMatchObject({
      rows: [{ externalId: '5' }],
      why: { code: 'marker_found' },
    });
  });

  it('I14 main and correction row are linked together, in the order of their numbers', () => {
    const rows = [
      marked(5, 1001, { description: 'x [tb-x1-1001-2]', seconds: 600 }),
      marked(6, 1001, { seconds: 1200 }),
    ];
    const plan = reconcile(input({ entries: [one], rows }));
    expect(stepOf(plan, 'adopt').rows.map(({ externalId }) => externalId)).toEqual(['6', '5']);
    expect(stepOf(plan, 'adopt').acceptedSeconds).toBe(0);
  });

  it('I14 two rows of one number are a duplicate, the lowest id first', () => {
    const rows = [marked(10, 1001), marked(9, 1001)];
    const facts = asks(reconcile(input({ entries: [one], rows })))[0]?.facts;
    expect(facts).toMatchObject({
      kind: 'duplicate',
      why: { code: 'several_with_marker' },
      secondsAtStake: -1800,
    });
    expect(facts?.candidates.map(({ timesheet }) => timesheet.externalId)).toEqual(['9', '10']);
    expect(facts?.why.facts).toMatchObject({ timesheetIds: ['9', '10'], targetSeconds: 3600 });
  });

  it('I14 a second row with the marker of a linked entry is a duplicate too', () => {
    const its = marked(5, 1001);
    const given = input({ entries: [one], links: [link(one, [its])], rows: [its, marked(6, 1001)] });
    const facts = asks(reconcile(given))[0]?.facts;
    expect(facts).toMatchObject({
      kind: 'duplicate',
      secondsAtStake: -1800,
      why: { facts: { linkId: 'L1' } },
    });
    expect(facts?.candidates).toHaveLength(2);
    const kept = decideFirst(given, 'keep_one', { targetId: '5' });
    expect(kinds(kept)).toEqual(['adopt', 'delete']);
    expect(stepOf(kept, 'delete')).toMatchObject({ linkId: null, closes: false, row: { externalId: '6' } });
    const locked = { ...given, rows: [its, marked(6, 1001, { exported: true })] };
    const blocked = asks(reconcile(locked))[0]?.facts.choices.filter(({ choice }) => choice === 'keep_one');
    expect(blocked?.map(({ targetId, blocked: why }) => [targetId, why?.code])).toEqual([
      ['5', 'row_exported'],
      ['6', undefined],
    ]);
  });

  it('I14 a marked row of another duration is asked, and foreign or other markers make no candidate', () => {
    const differs = asks(reconcile(input({ entries: [one], rows: [marked(5, 1001, { seconds: 2400 })] })))[0]
      ?.facts;
    expect(differs).toMatchObject({
      kind: 'mismatch',
      why: { code: 'marker_differs' },
      secondsAtStake: -600,
    });
    for (const description of [
      '#50012 [tb-y2-1001]',
      '#50012 [tb-x1-1002]',
      '#50012 [tb-x1-1001] [tb-y2-5]',
    ]) {
      expect(kinds(reconcile(input({ entries: [one], rows: [row(5, { description })] })))).toEqual([
        'create',
      ]);
    }
  });

  it('I14 a removed marker alone writes nothing, and comes back with the next write', () => {
    const bare = marked(5, 1001, { description: 'nur Worte' });
    const links = [link(one, [marked(5, 1001)])];
    expect(kinds(reconcile(input({ entries: [one], links, rows: [bare] })))).toEqual(['accept']);
    const step = stepOf(
      reconcile(input({ entries: [{ ...one, seconds: 2700 }], links, rows: [bare] })),
      'update',
    );
    expect(step.changes).toEqual({
      end: '2026-11-20T11:15:00',
      description: '#50012 Drucker druckt nicht [tb-x1-1001]\nnur Worte',
    });
  });

  it('I14 without markers neither new nor changed rows carry one', () => {
    const plain = bridge({ marker: false });
    const step = stepOf(reconcile(input({ entries: [one], bridge: plain })), 'create');
    expect(step).toMatchObject({ marker: null, desired: { description: '#50012 Drucker druckt nicht' } });
  });
});
