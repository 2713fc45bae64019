import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  statesOf,
  stepOf,
} from './books.test-support.js';
import { reconcile } from './reconcile.js';

describe('a new entry', () => {
  it('is created where its booking ends, with our marker at the end of the line', () => {
    const plan = reconcile(input({ entries: [entry(1)] }));
    const step = stepOf(plan, 'create');
    expect(step.desired).toMatchObject({
      userId: 'k4',
      projectId: 'p7',
      activityId: 'a3',
      day: '2026-11-20',
      begin: '2026-11-20T10:30:00',
      end: '2026-11-20T11:00:00',
      seconds: 1800,
      description: '#50012 Drucker druckt nicht [tb-x1-1001]',
      tags: ['zammad'],
      billable: null,
    });
    expect(step.marker).toBe('[tb-x1-1001]');
    expect(statesOf(plan)).toEqual({ 1: 'pending' });
  });

  it('is adopted when a person typed the same row before, without a write', () => {
    const plan = reconcile(input({ entries: [entry(1)], rows: [row(5)] }));
    expect(kinds(plan)).toEqual(['adopt']);
    expect(stepOf(plan, 'adopt')).toMatchObject({ rows: [{ externalId: '5' }], acceptedSeconds: 0 });
  });

  it('waits for a person when the bridge asks for new entries', () => {
    const plan = reconcile(input({ entries: [entry(1)], bridge: bridge({ newEntries: 'ask' }) }));
    expect(kinds(plan)).toEqual(['ask missing']);
    expect(asks(plan)[0]?.facts).toMatchObject({ subject: 'lead:1', entryIds: ['1'], secondsAtStake: 1800 });
  });
});

describe('a linked entry', () => {
  const lead = entry(1);
  const linked = marked(5, 1001);

  it('stays as it is when both books say what was agreed', () => {
    const plan = reconcile(input({ entries: [lead], links: [link(lead, [linked])], rows: [linked] }));
    expect(kinds(plan)).toEqual(['in_sync']);
    expect(statesOf(plan)).toEqual({ 1: 'agreed' });
  });

  it('I27 follows an edit in Zammad: begin stays, the end moves, nothing else is sent', () => {
    const edited = { ...lead, seconds: 2700 };
    const plan = reconcile(input({ entries: [edited], links: [link(lead, [linked])], rows: [linked] }));
    const step = stepOf(plan, 'update');
    expect(step.changes).toEqual({ end: '2026-11-20T11:15:00' });
    expect(step.desired.seconds).toBe(2700);
    expect(step.acceptedSeconds).toBe(0);
  });

  it('is asked about when somebody changed the duration in Kimai', () => {
    const changed = marked(5, 1001, { seconds: 3600 });
    const plan = reconcile(input({ entries: [lead], links: [link(lead, [linked])], rows: [changed] }));
    expect(kinds(plan)).toEqual(['ask target_changed']);
    expect(asks(plan)[0]?.facts).toMatchObject({
      differing: ['seconds'],
      secondsAtStake: -1800,
      targetRowId: '5',
    });
  });

  it('is asked about as a mismatch when both sides moved', () => {
    const changed = marked(5, 1001, { seconds: 3600 });
    const edited = { ...lead, seconds: 2700 };
    const plan = reconcile(input({ entries: [edited], links: [link(lead, [linked])], rows: [changed] }));
    expect(kinds(plan)).toEqual(['ask mismatch']);
  });

  it('is asked about when its row was deleted in Kimai, and when it was deleted in Zammad', () => {
    const gone = { ...linked, deletedAt: '2026-11-21T00:00:00Z' };
    const links = [link(lead, [linked])];
    expect(kinds(reconcile(input({ entries: [lead], links, rows: [gone] })))).toEqual(['ask target_deleted']);
    const deleted = { ...lead, deletedAt: '2026-11-21T00:00:00Z' };
    expect(kinds(reconcile(input({ entries: [deleted], links, rows: [linked] })))).toEqual([
      'ask source_deleted',
    ]);
  });

  it('is asked about as locked when the edit would touch an exported row', () => {
    const exported = { ...linked, exported: true };
    const edited = { ...lead, seconds: 2700 };
    const plan = reconcile(input({ entries: [edited], links: [link(lead, [linked])], rows: [exported] }));
    expect(kinds(plan)).toEqual(['ask locked']);
    expect(asks(plan)[0]?.facts.secondsAtStake).toBe(900);
  });
});

describe('gaps', () => {
  it('asks once per gap, with every entry that waits behind it', () => {
    const entries = [
      entry(1, { activityTypeId: '99', organizationId: '55' }),
      entry(2, { activityTypeId: '99' }),
    ];
    const plan = reconcile(input({ entries }));
    expect(asks(plan).map(({ facts }) => [facts.subject, facts.entryIds])).toEqual([
      ['gap:unmapped_activity:99', ['1', '2']],
      ['gap:unmapped_customer:organization:55', ['1']],
    ]);
    expect(plan.outcomes[0]?.subjects).toEqual([
      'gap:unmapped_activity:99',
      'gap:unmapped_customer:organization:55',
    ]);
  });
});

describe('corrections', () => {
  it('nets a negative entry into the latest earlier lead before anything is written', () => {
    const later = booked(entry(2, { seconds: -600, bookedAt: '2026-11-20T11:00:00Z' }));
    const step = stepOf(reconcile(input({ entries: [entry(1), later] })), 'create');
    expect(step.desired.seconds).toBe(1200);
    expect(step.members).toEqual([
      { entryId: '1', signedSeconds: 1800 },
      { entryId: '2', signedSeconds: -600 },
    ]);
  });

  it('asks about a negative entry that no lead can take', () => {
    expect(kinds(reconcile(input({ entries: [entry(1, { seconds: -600 })] })))).toEqual(['ask correction']);
  });
});
