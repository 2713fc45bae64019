import type { Choice, ConflictKind, DecisionParameters } from '../conflict.js';
import type { Link, LinkMember, LinkedRow } from '../link.js';
import type { BookedEntry, ReconcileInput, Refusal } from '../reconcile-input.js';
import type { Day, Instant, Seconds } from '../time-entry.js';
import type { Timesheet } from '../timesheet.js';
import { msOf } from './calendar.js';

/*
 * The oracle: a slow, obvious model of what books.md says, on plain lists. It shares no code with the domain, only
 * its types; a rule of the layers makes an import of anything else an error.
 */

/** A lead after netting, with its link and the rows of it as they are now. */
export type Case = {
  readonly lead: BookedEntry;
  readonly stands: boolean;
  readonly members: readonly LinkMember[];
  readonly sum: Seconds;
  readonly link: Link | null;
  readonly rows: readonly CaseRow[];
};
export type CaseRow = { readonly linked: LinkedRow; readonly now: Timesheet };

/** What is booked where; of several rows the sum of their time and the rest of the first. */
export type Values = {
  readonly seconds: Seconds;
  readonly day: Day;
  readonly projectId: string;
  readonly activityId: string;
  readonly userId: string;
};
export const FIELDS = ['seconds', 'day', 'projectId', 'activityId', 'userId'] as const;
export type Field = (typeof FIELDS)[number];

export type Booking = Pick<Values, 'userId' | 'projectId' | 'activityId'>;

/** Where both sides moved to, seen from what was agreed last. */
export type Moves = {
  readonly base: Values;
  readonly wanted: Values;
  readonly now: Values;
  readonly bySource: readonly Field[];
  readonly byTarget: readonly Field[];
};

export type Deductible = { readonly from: Case; readonly row: Timesheet };

/** What did not end in a write. */
export type Tried = {
  readonly question: Question;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
};

/** Something that a policy, a rule or a person settles. */
export type Question = {
  readonly kind: ConflictKind;
  readonly about: Case;
  readonly candidates: readonly Timesheet[];
  readonly moves: Moves | null;
  readonly booking: Booking | null;
  readonly automatic: Choice | null;
  readonly quiet: boolean;
  readonly atStake: Seconds;
  readonly leftOver: { readonly seconds: Seconds; readonly leads: readonly Case[] } | null;
  readonly refusal: Refusal | null;
  readonly tried: Tried | null;
  readonly together: readonly Question[];
  /** Entries of a ticket that moved to another customer are asked once. */
  readonly moved: boolean;
  /** Nothing moved but the settings, which an admin had applied to what is written. */
  readonly reapplies: boolean;
};

export const makeQuestion = (
  parts: Pick<Question, 'kind' | 'about' | 'atStake'> & Partial<Question>,
): Question => ({
  candidates: [],
  moves: null,
  booking: null,
  automatic: null,
  quiet: false,
  leftOver: null,
  refusal: null,
  tried: null,
  together: [],
  moved: false,
  reapplies: false,
  ...parts,
});

/** What the oracle noted when something was decided or refused, in its own words. */
export type Memory = {
  /** Id of a decision → the facts that the person saw. */
  readonly seen: ReadonlyMap<string, string>;
  /** Subject of a refusal → what was sent then. */
  readonly sent: ReadonlyMap<string, string>;
};

/** Everything that the oracle looks at; `taken` grows while it goes through the questions. */
export type Books = {
  readonly input: ReconcileInput;
  readonly memory: Memory;
  readonly cases: readonly Case[];
  readonly taken: Taken[];
};
export type Taken = { readonly userId: string; readonly fromMs: number; readonly toMs: number };

export const leadIdOf = ({ lead }: Case): string => lead.entry.id;
export const subjectOf = (about: Case): string => `lead:${leadIdOf(about)}`;
export const sumOf = (rows: readonly { readonly seconds: Seconds }[]): Seconds =>
  rows.reduce((sum, row) => sum + row.seconds, 0);
export const isThere = ({ now }: CaseRow): boolean => now.deletedAt === null;
export const standing = (about: Case): readonly Timesheet[] =>
  about.rows.filter(isThere).map(({ now }) => now);
export const standsFor = (about: Case): Seconds => sumOf(standing(about));

/** The difference that remains when everything stays as it is. */
export const leftAsItIs = (about: Case): Seconds =>
  standsFor(about) - about.sum - (about.link?.roundingSeconds ?? 0);

/** Numbers by size, other texts by their letters. */
export function byId(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

export const byBooking = (a: BookedEntry, b: BookedEntry): number =>
  msOf(a.frozen.bookedAt) - msOf(b.frozen.bookedAt) || byId(a.entry.sourceId, b.entry.sourceId);

export const byBegin = (a: Timesheet, b: Timesheet): number =>
  msOf(a.begin) - msOf(b.begin) || byId(a.externalId, b.externalId);

export const sameMoment = (a: Instant | null, b: Instant | null): boolean =>
  a === null || b === null ? a === b : msOf(a) === msOf(b);

/** No row that is exported, unreadable, running or on a closed day is ever written to. */
export const isLocked = (row: Timesheet, closedUntil: Day | null): boolean =>
  row.exported || row.unreadable !== null || row.end === null || isClosed(row.day, closedUntil);

export const isClosed = (day: Day, closedUntil: Day | null): boolean =>
  closedUntil !== null && day <= closedUntil;

export type Marker = { readonly code: string; readonly sourceId: string; readonly sequence: number };

export const markersIn = (text: string | null): readonly Marker[] =>
  (text ?? '')
    .split('[tb-')
    .slice(1)
    .flatMap((part) => {
      const [code, sourceId, sequence = '1', ...more] = (part.split(']')[0] ?? '').split('-');
      const isOne = code && sourceId && more.length === 0 && part.includes(']');
      return isOne ? [{ code, sourceId, sequence: Number(sequence) }] : [];
    });
