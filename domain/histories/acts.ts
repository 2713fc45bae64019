import fc from 'fast-check';
import { anyClosedUntil, anyPolicies, anyRules } from './settings.js';

// Tiny alphabets, so that equal and nearly equal rows, days and tickets meet often.
const pick = fc.nat({ max: 7 });
const ticket = fc.constantFrom('50', '51');
const day = fc.constantFrom(
  '2026-11-20',
  '2026-11-20',
  '2026-11-20',
  '2026-11-19',
  '2026-10-25',
  '2026-10-02',
);
const time = fc.constantFrom('08:00:00', '08:00:00', '09:00:00', '14:20:30', '22:50:00', '23:10:00');
const activity = fc.constantFrom('a3', 'a5');
const project = fc.constantFrom('p7', 'p8', 'p1');
const person = fc.constantFrom('k4', 'k4', 'k5');
const rowSeconds = fc.constantFrom(600, 660, 1800, 1830, 60);
/** Written as Zammad writes it once the unit is known; some do not come out even. */
const anySeconds = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(600, 600, 630, 1800, 1800) },
  { weight: 5, arbitrary: fc.constantFrom(-300, -600, -630, -900) },
  { weight: 1, arbitrary: fc.constantFrom(20, 0, null) },
);
const type = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('3', '3', '3', '5') },
  { weight: 1, arbitrary: fc.constantFrom('6', null) },
);
const bookedBy = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom('4', '4', '4', '5') },
  { weight: 1, arbitrary: fc.constant('99') },
);
const mapped = fc.constantFrom('a3', 'a5', 'k4', 'k5', 'p7', 'p8', 'ignored', 'removed');
const faults = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom('none', 'lost_done', 'lost_not_done', 'refused'), {
      minLength: 1,
      maxLength: 3,
    }),
  },
);
const act = <K extends string>(name: K) => fc.constant(name);

const acts = {
  book: fc.record({
    do: act('book'),
    ticket,
    seconds: anySeconds,
    day,
    time,
    type,
    person: bookedBy,
  }),
  /** Less time than was booked before, as agents correct it: late enough to have leads before it. */
  correct: fc.record({ do: act('correct'), pick, seconds: fc.constantFrom(-300, -630, -900) }),
  edit: fc.record({ do: act('edit'), pick, seconds: anySeconds }),
  retype: fc.record({ do: act('retype'), pick, type }),
  rehome: fc.record({ do: act('rehome'), pick, ticket }),
  orphan: fc.record({ do: act('orphan'), pick }),
  moveTicket: fc.record({
    do: act('moveTicket'),
    ticket,
    to: fc.constantFrom('7', '8', '66', null),
    customer: fc.constantFrom('9', '10'),
  }),
  retitle: fc.record({ do: act('retitle'), ticket }),
  mergeTicket: fc.record({ do: act('mergeTicket'), ticket }),
  deleteEntry: fc.record({ do: act('deleteEntry'), pick }),
  deleteTicket: fc.record({ do: act('deleteTicket'), ticket }),
  restoreBackup: fc.record({ do: act('restoreBackup'), pick }),
  retime: fc.record({ do: act('retime'), pick, seconds: rowSeconds }),
  reday: fc.record({ do: act('reday'), pick, day }),
  shift: fc.record({ do: act('shift'), pick, minutes: fc.constantFrom(-30, 15) }),
  pause: fc.record({ do: act('pause'), pick }),
  rebook: fc.record({ do: act('rebook'), pick, project }),
  reactivity: fc.record({ do: act('reactivity'), pick, activity }),
  reperson: fc.record({ do: act('reperson'), pick, person }),
  reword: fc.record({
    do: act('reword'),
    pick,
    how: fc.constantFrom('below', 'above', 'behind', 'unmark', 'empty'),
  }),
  retag: fc.record({ do: act('retag'), pick }),
  remove: fc.record({ do: act('remove'), pick }),
  export: fc.record({ do: act('export'), pick }),
  unexport: fc.record({ do: act('unexport'), pick }),
  garble: fc.record({ do: act('garble'), pick }),
  copy: fc.record({ do: act('copy'), pick, how: fc.constantFrom('duplicate', 'restart') }),
  type: fc.record({
    do: act('type'),
    seconds: rowSeconds,
    day,
    time,
    project,
    activity,
    person,
    words: fc.constantFrom('#50050 von Hand', '50051 von Hand', 'Drucker druckt nicht', 'Wartung', null),
  }),
  sync: fc.record({ do: act('sync'), faults }),
  syncTicket: fc.record({ do: act('syncTicket'), ticket, faults }),
  decide: fc.record({
    do: act('decide'),
    pick,
    choice: fc.nat({ max: 9 }),
    fields: fc.nat({ max: 31 }),
    edit: fc.constantFrom(
      { seconds: 1200 },
      { begin: '11:00' },
      { begin: '2026-11-19T11:00' },
      { projectId: 'p8' },
    ),
    target: mapped,
  }),
  undo: fc.record({ do: act('undo'), pick, of: fc.constantFrom('decision', 'run') }),
  later: fc.record({ do: act('later'), minutes: fc.constantFrom(7, 45) }),
  setPolicies: fc.record({ do: act('setPolicies'), policies: anyPolicies }),
  setRules: fc.record({ do: act('setRules'), rules: anyRules }),
  close: fc.record({ do: act('close'), until: anyClosedUntil }),
  remap: fc.record({
    do: act('remap'),
    kind: fc.constantFrom('activities', 'users', 'customers'),
    key: fc.constantFrom('3', '5', '', '4', '99', 'organization:7', 'organization:66', 'customer:9'),
    to: mapped,
  }),
  reapply: fc.record({ do: act('reapply') }),
  forget: fc.record({ do: act('forget'), pick }),
};
export type Act = {
  [K in keyof typeof acts]: (typeof acts)[K] extends fc.Arbitrary<infer T> ? T : never;
}[keyof typeof acts];

/** A run in which Kimai refuses whatever it is sent. */
export const REFUSED: Act = { do: 'sync', faults: Array.from({ length: 20 }, () => 'refused' as const) };

const WEIGHTS: Partial<Record<keyof typeof acts, number>> = {
  book: 12,
  sync: 12,
  syncTicket: 3,
  decide: 12,
  correct: 5,
  edit: 4,
  retype: 2,
  type: 6,
  retime: 2,
  remove: 2,
  export: 2,
  copy: 2,
  reword: 4,
  rehome: 3,
  remap: 2,
  reapply: 2,
};

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  ...Object.entries(acts).map(([name, arbitrary]) => ({
    weight: Object.entries(WEIGHTS).find(([known]) => known === name)?.[1] ?? 1,
    arbitrary,
  })),
);

/** Entries and a first run, so that there is something to live with; then anything. */
export const anyHistory = (maxLength: number): fc.Arbitrary<readonly Act[]> =>
  fc
    .tuple(
      fc.array(fc.oneof(acts.book, acts.book, acts.type), { minLength: 1, maxLength: 5, size: 'max' }),
      acts.sync,
      fc.array(anyAct, { maxLength, size: 'max' }),
    )
    .map(([before, first, after]) => [...before, first, ...after]);

/** While nobody touches Kimai, and nothing is set otherwise. */
export const anySourceHistory = (maxLength: number): fc.Arbitrary<readonly Act[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: acts.book },
      { weight: 2, arbitrary: acts.edit },
      { weight: 4, arbitrary: acts.sync },
      acts.retype,
      acts.deleteEntry,
      acts.deleteTicket,
      acts.mergeTicket,
      acts.retitle,
      acts.syncTicket,
    ),
    { minLength: 1, maxLength, size: 'max' },
  );

/** What most entries are booked by. */
const remapInUse = fc.constantFrom(
  { do: 'remap', kind: 'activities', key: '3', to: 'a5' },
  { do: 'remap', kind: 'users', key: '4', to: 'k5' },
  { do: 'remap', kind: 'customers', key: 'organization:7', to: 'p8' },
) satisfies fc.Arbitrary<Act>;

/** Both sides change, people decide, and Kimai refuses what comes of it, again and again. */
export const anyRefusedHistory: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.array(acts.book, { minLength: 1, maxLength: 4, size: 'max' }),
    fc.array(acts.type, { maxLength: 2 }),
    acts.sync,
    fc.array(
      fc.oneof(
        acts.edit,
        acts.retype,
        acts.retime,
        acts.rebook,
        acts.reperson,
        acts.export,
        acts.copy,
        acts.correct,
      ),
      { minLength: 1, maxLength: 6, size: 'max' },
    ),
    fc.array(fc.tuple(acts.decide, acts.decide, fc.constant(REFUSED)), {
      minLength: 1,
      maxLength: 4,
      size: 'max',
    }),
  )
  .map(([booked, typed, first, changes, rounds]) => [
    ...booked,
    ...typed,
    first,
    ...changes,
    ...rounds.flat(),
  ]);

/** Settings change after entries were written; then an admin has them re-applied, once or more. */
export const anyReappliedHistory: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.array(acts.book, { minLength: 1, maxLength: 4, size: 'max' }),
    acts.sync,
    fc.array(
      fc.oneof(remapInUse, remapInUse, acts.retitle, acts.reword, acts.export, acts.rebook, acts.correct),
      {
        minLength: 1,
        maxLength: 5,
        size: 'max',
      },
    ),
    fc.array(
      fc.oneof(
        acts.reapply,
        acts.reapply,
        acts.sync,
        acts.decide,
        acts.decide,
        acts.edit,
        acts.undo,
        acts.close,
      ),
      { minLength: 1, maxLength: 8, size: 'max' },
    ),
    acts.reapply,
  )
  .map(([before, first, changes, after, last]) => [...before, first, ...changes, ...after, last]);

/** People write into timesheets of entries that move to another ticket or change their time. */
export const anyWordsHistory: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.array(acts.book, { minLength: 1, maxLength: 3, size: 'max' }),
    acts.sync,
    fc.array(
      fc.oneof(
        acts.reword,
        acts.reword,
        acts.rehome,
        acts.edit,
        acts.moveTicket,
        acts.reapply,
        acts.sync,
        acts.decide,
      ),
      {
        maxLength: 14,
        size: 'max',
      },
    ),
    acts.sync,
  )
  .map(([before, first, after, last]) => [...before, first, ...after, last]);
