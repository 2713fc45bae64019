import type { Choice, GapKind } from '../conflict.js';
import type { Link } from '../link.js';
import type { SourceBase } from '../time-entry.js';
import type { Timesheet } from '../timesheet.js';
import {
  byId,
  FIELDS,
  isLocked,
  isThere,
  leftAsItIs,
  makeQuestion,
  markersIn,
  sameMoment,
  standing,
  standsFor,
  sumOf,
  type Books,
  type Case,
  type Marker,
  type Moves,
  type Question,
  type Values,
} from './books.js';
import { wholeMinutes } from './calendar.js';
import { mappingOf, type Mapping } from './mapping.js';
import { rewritten } from './rewriting.js';

/** What a linked lead comes to, before anybody settles it. */
export type Verdict =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'noted'; readonly closes: boolean }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'unmapped'; readonly mapping: Exclude<Mapping, { booking: unknown }> };

const AGREED: Verdict = { kind: 'agreed' };
const noted = (closes: boolean): Verdict => ({ kind: 'noted', closes });
const asked = (parts: Parameters<typeof makeQuestion>[0]): Verdict => ({
  kind: 'question',
  question: makeQuestion(parts),
});

/** Rows that nobody has linked and that say they belong to this entry of this bridge, and to nothing else. */
export function markedFor({ input }: Books, about: Case): readonly Timesheet[] {
  const { code } = input.bridge;
  const { sourceId } = about.lead.entry;
  const isOwn = (one: Marker): boolean => one.code === code && one.sourceId === sourceId;
  return freeRows(input)
    .filter(({ description }) => {
      const markers = markersIn(description);
      return markers.length > 0 && markers.every(isOwn);
    })
    .sort(byMarker);
}

export const freeRows = (input: Books['input']): readonly Timesheet[] =>
  input.rows.filter(
    ({ externalId, deletedAt }) =>
      deletedAt === null &&
      !input.linkedElsewhere.has(externalId) &&
      !input.links.some(({ rows }) => rows.some((one) => one.externalId === externalId)),
  );

const memberSum = (link: Link): number =>
  link.members.reduce((sum, { signedSeconds }) => sum + signedSeconds, 0);

const membersMoved = ({ members }: Case, link: Link): boolean =>
  [...members, ...link.members].some(
    ({ entryId }) => partOf(members, entryId) !== partOf(link.members, entryId),
  );
const partOf = (members: Link['members'], id: string): number | undefined =>
  members.find(({ entryId }) => entryId === id)?.signedSeconds;

export function judgeLinked(books: Books, about: Case, link: Link): Verdict {
  const extra = markedFor(books, about);
  const hasTime = about.stands && about.sum !== 0;
  if (link.closed) return judgeClosed(about, link, hasTime);
  if (about.stands && extra.length > 0) {
    const rows = [...standing(about), ...extra];
    return asked({ kind: 'duplicate', about, candidates: rows, atStake: about.sum - sumOf(rows) });
  }
  if (!hasTime) return judgeWithoutTime(books, about, link);
  if (about.rows.some((row) => !isThere(row))) return targetDeleted(books, about);
  if (link.rows.length === 0) return judgeWithoutRows(books, about, link);
  return judgeMoves(books, about, link);
}

const isSettled = (about: Case, link: Link): boolean =>
  leftAsItIs(about) === link.acceptedSeconds && !membersMoved(about, link);

function judgeClosed(about: Case, link: Link, hasTime: boolean): Verdict {
  if (hasTime && about.sum !== memberSum(link)) return targetDeletedOf(about, null);
  return hasTime || isSettled(about, link) ? AGREED : noted(true);
}

function targetDeleted({ input }: Books, about: Case): Verdict {
  const mapping = mappingOf(about.lead, input);
  return targetDeletedOf(about, 'booking' in mapping ? mapping.booking : null);
}

/** A row is written again as it was agreed; where none is known any more, as the mappings say. */
function targetDeletedOf(about: Case, mapped: Question['booking']): Verdict {
  const gone = about.rows.find((row) => !isThere(row))?.linked.targetBase;
  return asked({
    kind: 'target_deleted',
    about,
    booking: gone ?? mapped,
    atStake: about.sum - standsFor(about),
  });
}

function judgeWithoutTime({ input }: Books, about: Case, link: Link): Verdict {
  const rows = standing(about);
  if (rows.length === 0)
    return link.rows.length === 0 && isSettled(about, link) ? AGREED : noted(!about.stands);
  if (about.stands && memberSum(link) === 0) return AGREED;
  const { policies, closedUntil } = input.bridge;
  const atStake = -standsFor(about);
  if (rows.some((row) => isLocked(row, closedUntil))) return asked({ kind: 'locked', about, atStake });
  const wanted = about.stands ? policies.corrections === 'net' : policies.sourceDeletions === 'delete';
  const isOurs = movedFields(about).length === 0;
  const automatic = wanted && isOurs ? 'delete_target' : null;
  return asked({ kind: 'source_deleted', about, atStake, automatic });
}

function judgeWithoutRows({ input }: Books, about: Case, link: Link): Verdict {
  if (memberSum(link) === about.sum) return AGREED;
  const mapping = mappingOf(about.lead, input);
  if (!('booking' in mapping)) return { kind: 'unmapped', mapping };
  return asked({
    kind: 'missing',
    about,
    booking: mapping.booking,
    quiet: true,
    automatic: input.bridge.policies.sourceEdits === 'auto' ? 'create' : null,
    atStake: about.sum,
  });
}

/** The organization pays; where there is none, the ticket's customer. */
const payerOf = (of: Pick<SourceBase, 'organizationId' | 'ticketCustomerId'>): string =>
  of.organizationId ?? `person ${of.ticketCustomerId ?? ''}`;

const movedFields = (about: Case): Moves['byTarget'] =>
  FIELDS.filter((field) =>
    about.rows.some((row) => isThere(row) && row.now[field] !== row.linked.targetBase[field]),
  );

function valuesOf(rows: readonly Timesheet[]): Values {
  const [first] = rows;
  return {
    seconds: sumOf(rows),
    day: first?.day ?? '',
    projectId: first?.projectId ?? '',
    activityId: first?.activityId ?? '',
    userId: first?.userId ?? '',
  };
}

/** Each side against its own base, field by field. */
function judgeMoves(books: Books, about: Case, link: Link): Verdict {
  const { entry } = about.lead;
  const moved = {
    seconds: about.sum !== memberSum(link),
    type: entry.activityTypeId !== link.sourceBase.activityTypeId,
    customer: entry.ticketId !== link.sourceBase.ticketId || payerOf(entry) !== payerOf(link.sourceBase),
  };
  const kinds: readonly GapKind[] = [
    ...(moved.type ? (['unmapped_activity'] as const) : []),
    ...(moved.customer ? (['unmapped_customer'] as const) : []),
  ];
  const mapping = mappingOf(about.lead, books.input, kinds);
  if (!('booking' in mapping)) return { kind: 'unmapped', mapping };
  const base = valuesOf(about.rows.map(({ linked }) => linked.targetBase));
  const now = valuesOf(standing(about));
  const wanted: Values = {
    ...base,
    seconds: moved.seconds ? wholeMinutes(about.sum) : base.seconds,
    activityId: moved.type ? mapping.booking.activityId : base.activityId,
    projectId: moved.customer ? mapping.booking.projectId : base.projectId,
  };
  const bySource = FIELDS.filter((field) => wanted[field] !== base[field]);
  const byTarget = movedFields(about);
  if (bySource.length === 0 && byTarget.length === 0) {
    const sameFacts = !moved.seconds && !moved.type && !moved.customer;
    return (sameFacts && judgeReapplied(books, about, now)) || judgeWords(about, link, moved);
  }
  if (FIELDS.every((field) => wanted[field] === now[field])) return noted(false);
  return judgeMerge(books, about, { base, wanted, now, bySource, byTarget }, moved.customer);
}

/** An admin had today's mappings and words written anew: what we wrote and nobody has locked follows them. */
function judgeReapplied(books: Books, about: Case, now: Values): Verdict | null {
  const { input } = books;
  const { entry, reapply } = about.lead;
  const mapping = mappingOf(about.lead, input);
  if (reapply !== true || !('booking' in mapping)) return null;
  const own = `[tb-${input.bridge.code}-${entry.sourceId}]`;
  const isOurs =
    !input.bridge.policies.marker || about.rows.some((row) => row.now.description?.includes(own));
  if (!isOurs) return null;
  const wanted = { ...now, ...mapping.booking };
  const tried = rewritten(books, { about, wanted, now, accepted: about.link?.acceptedSeconds ?? 0 });
  if ('blocked' in tried || tried.length === 0) return null;
  const bySource = FIELDS.filter((field) => wanted[field] !== now[field]);
  const decision = input.decisions.find(({ subject }) => subject === `lead:${entry.id}`);
  return asked({
    kind: 'mismatch',
    about,
    booking: mapping.booking,
    moves: { base: now, wanted, now, bySource, byTarget: [] },
    reapplies: true,
    automatic: decision && CHOSEN_BY_PEOPLE.includes(decision.choice) ? null : 'take_source',
    atStake: 0,
  });
}

/** By which people said what Kimai shall have. */
const CHOSEN_BY_PEOPLE: readonly Choice[] = [
  'keep_target',
  'per_field',
  'edit_and_retry',
  'link',
  'link_one',
  'keep_one',
];

/** Nothing that matters moved; what else moved is remembered. */
function judgeWords(
  about: Case,
  link: Link,
  moved: { readonly seconds: boolean; readonly type: boolean; readonly customer: boolean },
): Verdict {
  const reworded = about.rows.some(({ now, linked: { targetBase: base } }) => {
    const moments = sameMoment(now.begin, base.begin) && sameMoment(now.end, base.end);
    const words = (now.description ?? '') === (base.description ?? '') && now.billable === base.billable;
    return !moments || !words || [...now.tags].sort().join() !== [...base.tags].sort().join();
  });
  const facts = moved.seconds || moved.type || moved.customer || membersMoved(about, link);
  return facts || reworded ? noted(false) : AGREED;
}

/** Only corrections came that people applied to this very entry: they are not asked a second time. */
function isApplied({ input }: Books, about: Case): boolean {
  const held = about.link?.members ?? [];
  const moved = about.members.filter(({ entryId, signedSeconds }) => partOf(held, entryId) !== signedSeconds);
  const isChosen = (entryId: string): boolean =>
    input.decisions.some(
      ({ subject, choice, parameters }) =>
        subject === `lead:${entryId}` && choice === 'apply_to' && parameters.targetId === about.lead.entry.id,
    );
  const isGone = held.some(({ entryId }) => partOf(about.members, entryId) === undefined);
  return moved.length > 0 && moved.every(({ entryId }) => isChosen(entryId)) && !isGone;
}

function judgeMerge(books: Books, about: Case, moves: Moves, customerMoved: boolean): Verdict {
  const { policies } = books.input.bridge;
  const shared = {
    about,
    moves,
    booking: moves.wanted,
    atStake: moves.wanted.seconds - moves.now.seconds,
    quiet: moves.bySource.length > 0,
  };
  if (moves.bySource.length === 0) {
    const taken = { ask: null, keep: 'keep_target', overwrite: 'take_source' } as const;
    return asked({ ...shared, kind: 'target_changed', automatic: taken[policies.targetEdits] });
  }
  const moved = customerMoved && moves.bySource.includes('projectId');
  const tried = rewritten(books, { about, wanted: moves.wanted, now: moves.now, accepted: 0 });
  if ('blocked' in tried) return asked({ ...shared, kind: 'locked', moved: moved && shared.atStake === 0 });
  if (moves.byTarget.length > 0) return asked({ ...shared, kind: 'mismatch' });
  const isDecided = policies.sourceEdits === 'auto' || isApplied(books, about);
  const automatic = isDecided && !moved ? 'take_source' : null;
  return asked({ ...shared, kind: 'mismatch', moved, automatic });
}

/** Of several rows with one marker the lowest number, then the lowest id. */
const byMarker = (a: Timesheet, b: Timesheet): number =>
  sequenceIn(a) - sequenceIn(b) || byId(a.externalId, b.externalId);
export const sequenceIn = (row: Timesheet): number => markersIn(row.description)[0]?.sequence ?? 1;
