import { describe, expect, it } from 'vitest';
import {
  NOW,
  ZONE,
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
import type { ReconcileInput } from './reconcile-input.js';
import { reconcile } from './reconcile.js';
import { planUndo } from './undo.js';

/* Cases that random histories found (histories.property.test.ts); each lost or doubled time once. */

const forbidsOverlap = bridge({}, { target: { allowsFuture: true, allowsOverlap: false } });

/** An entry of ten and a half minutes: its row of eleven minutes carries half a minute of rounding. */
const long = entry(1, { seconds: 630 });
const own = marked(1, 1001, { seconds: 660 });
const copy = marked(2, 1001, { seconds: 660 });
const rounded = link(long, [own], { roundingSeconds: 30 });

describe('several rows for one linked entry', () => {
  const given = input({ entries: [long], rows: [own, copy], links: [rounded] });

  it('I31 linking one of them accepts no second time what is rounding', () => {
    const { acceptedSeconds, rows } = stepOf(decideFirst(given, 'link_one', { targetId: '2' }), 'adopt');
    expect(rows.map(({ externalId }) => externalId)).toEqual(['2']);
    expect(acceptedSeconds).toBe(0);
  });

  it('I22 leaving the rest is remembered: the same rows are neither asked nor linked again', () => {
    const asked = asks(reconcile(given))[0];
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'link_one', { targetId: '2' })];
    const after = {
      ...rounded,
      rows: [{ externalId: '2', role: 'main', sequence: 1, targetBase: copy } as const],
    };
    expect(kinds(reconcile({ ...given, decisions, links: [after] }))).toEqual(['in_sync']);
  });

  it('I24 none of them is written a second time as if it were missing', () => {
    const create = asks(reconcile(given))[0]?.facts.choices.find(({ choice }) => choice === 'create');
    expect(create?.blocked).toEqual({ code: 'already_linked', facts: {} });
  });

  it('I15 they are shown in the order of their ids, whatever order they were read in', () => {
    const copies = [copy, marked(10, 1001, { seconds: 660 }), marked(3, 1001, { seconds: 660 })];
    const shown = (rows: ReconcileInput['rows']) =>
      asks(reconcile({ ...given, rows }))[0]?.facts.candidates.map(({ timesheet }) => timesheet.externalId);
    expect(shown([own, ...copies])).toEqual(['1', '2', '3', '10']);
    expect(shown([...copies, own].reverse())).toEqual(['1', '2', '3', '10']);
  });
});

it('I16 a row that names two tickets is linked to neither entry by itself', () => {
  const [one, other] = [entry(1), entry(2, { ticketId: '51', ticketNumber: '50013' })];
  const both = row(1, { description: 'Wartung zu #50012 und #50013' });
  expect(kinds(reconcile(input({ entries: [one, other], rows: [both] })))).toEqual([
    'ask duplicate',
    'ask duplicate',
  ]);
  const byOrder = input({
    entries: [one, other],
    rows: [row(1)],
    rest: { orderNumbers: { p7: '50013' } },
  });
  expect(kinds(reconcile(byOrder))).toEqual(['ask duplicate', 'ask duplicate']);
});

it('I24 a row that differs in duration is not the same: the entry is created with all of its time', () => {
  const given = input({ entries: [entry(1)], rows: [row(1, { seconds: 600 })] });
  expect(stepOf(decideFirst(given, 'create'), 'create').desired.seconds).toBe(1800);
  const longer = input({ entries: [entry(1)], rows: [row(1, { seconds: 3600 })] });
  expect(stepOf(decideFirst(longer, 'create'), 'create').desired.seconds).toBe(1800);
});

it('I26 a running timer takes all that follows; what was booked before it finds its place, what comes later is asked', () => {
  const running = row(8, { begin: '2026-11-20T09:45:00Z', end: null, seconds: 0, description: null });
  const later = row(9, { begin: '2026-11-20T12:00:00Z', seconds: 300, projectId: 'p8', description: null });
  const plan = reconcile(input({ entries: [entry(1)], rows: [running, later], bridge: forbidsOverlap }));
  expect(stepOf(plan, 'create').desired.endAt <= '2026-11-20T09:45:00Z').toBe(true);
  const midnight = row(8, { begin: '2026-11-19T23:00:00Z', end: null, seconds: 0, description: null });
  const full = reconcile(input({ entries: [entry(1)], rows: [midnight, later], bridge: forbidsOverlap }));
  expect(kinds(full)).toEqual(['ask rejected']);
});

it('I26 what a person decided waits for its end as well where Kimai forbids the future', () => {
  const noFuture = bridge({ newEntries: 'ask' }, { target: { allowsFuture: false, allowsOverlap: true } });
  const early = entry(1, { bookedAt: '2026-11-22T23:05:00Z' });
  const given = input({ entries: [early], bridge: noFuture, rest: { now: '2026-11-22T23:06:00Z' } });
  expect(stepOf(decideFirst(given, 'create'), 'wait').until).toBe('2026-11-22T23:30:00Z');
});

it('I30 a deletion that Kimai refused is asked, not tried again and again', () => {
  const gone = entry(1, { deletedAt: NOW });
  const rows = [marked(1, 1001)];
  const refusals = { 'lead:1': { code: 'lockdown', quoted: ['locked'], sent: '', at: NOW } };
  const given = input({
    entries: [gone],
    rows,
    links: [link(entry(1), rows)],
    bridge: bridge({ sourceDeletions: 'delete' }),
    rest: { refusals },
  });
  expect(kinds(reconcile(given))).toEqual(['ask rejected']);
});

it('I19 a type that nobody mapped is a gap also for a person who is left out now', () => {
  const before = entry(1);
  const rows = [marked(1, 1001)];
  const usual = bridge().mappings;
  const given = input({
    entries: [booked(entry(1, { activityTypeId: '6' }))],
    rows,
    links: [link(before, rows)],
    bridge: bridge({}, { mappings: { ...usual, users: { '4': { ignored: true } } } }),
  });
  expect(kinds(reconcile(given))).toEqual(['ask unmapped_activity']);
});

it('I13 restoring the day puts the row back where it was agreed, also on a day that is not the booking’s', () => {
  const agreed = row(1, { begin: '2026-11-18T13:00:00Z' });
  const moved = row(1, { begin: '2026-11-17T13:00:00Z' });
  const given = input({
    entries: [entry(1)],
    rows: [moved],
    links: [link(entry(1), [agreed])],
    bridge: bridge({ targetEdits: 'overwrite' }),
  });
  const { desired, changes } = stepOf(reconcile(given), 'update');
  expect([desired.day, desired.beginAt, desired.endAt]).toEqual([
    '2026-11-18',
    '2026-11-18T13:00:00Z',
    '2026-11-18T13:30:00Z',
  ]);
  expect(changes).toMatchObject({ begin: '2026-11-18T14:00:00', end: '2026-11-18T14:30:00' });
});

it('I30 a row that had a break comes back with its time, not with the break added to it', () => {
  const before = row(1, { seconds: 600, end: '2026-11-20T09:55:00Z', breakSeconds: 900 });
  const plan = planUndo({
    leadId: '1',
    writes: [{ before, after: null }],
    linkBefore: null,
    changedLater: false,
    rows: new Map(),
    closedUntil: null,
    zone: ZONE,
  });
  expect(plan.steps).toMatchObject([
    {
      kind: 'create',
      desired: { seconds: 600, beginAt: '2026-11-20T09:30:00Z', endAt: '2026-11-20T09:40:00Z' },
    },
  ]);
});

it('I27 a row whose words cannot be told from those of people is not written to when its entry only moved', () => {
  const before = entry(1, { seconds: 2400 });
  const rows = [row(1), row(2, { seconds: 600, begin: '2026-11-20T11:00:00Z' })];
  const moved = entry(1, { seconds: 3000, ticketId: '51', ticketNumber: '50013' });
  const given = input({
    entries: [moved],
    rows,
    links: [link(before, rows)],
    bridge: bridge({ marker: false }),
  });
  const { steps } = reconcile(given);
  expect(steps.map((step) => (step.kind === 'update' ? step.row.externalId : step.kind))).toEqual(['2']);
});
