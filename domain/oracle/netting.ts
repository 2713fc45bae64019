import type { Link } from '../link.js';
import type { BookedEntry, ReconcileInput } from '../reconcile-input.js';
import type { Seconds } from '../time-entry.js';
import { byBooking, type Case } from './books.js';

/** A correction, or what is left of it, that no lead takes. */
export type Rest = { readonly entry: BookedEntry; readonly seconds: Seconds };
export type Netted = { readonly cases: readonly Case[]; readonly rests: readonly Rest[] };

/** Somebody asks that a correction takes up to so many seconds from a lead. Served in order. */
type Claim = { readonly correction: string; readonly lead: string; readonly atMost: Seconds };
type Parcel = { readonly correction: string; readonly lead: string; readonly seconds: Seconds };

const secondsIn = ({ entry }: BookedEntry): Seconds => entry.seconds ?? 0;
const isReadable = ({ entry }: BookedEntry): boolean => entry.unreadable === null && entry.seconds !== null;
const isGone = ({ entry }: BookedEntry): boolean => entry.deletedAt !== null;
export const isEarly = ({ frozen }: BookedEntry, { bridge }: ReconcileInput): boolean =>
  frozen.entryDate < bridge.startFrom;
/** Before the start or unreadable: nothing may be concluded from it. */
const provesNothing = (booked: BookedEntry, input: ReconcileInput): boolean =>
  isEarly(booked, input) || (!isGone(booked) && !isReadable(booked));

/** Corrections in their leads, as the links hold them, as the policy nets them, as people decided. */
export function netAll(input: ReconcileInput, applied: ReadonlyMap<string, string>): Netted {
  const counted = input.entries
    .filter((one) => !isEarly(one, input) && !isGone(one) && isReadable(one))
    .sort(byBooking);
  const leads = counted.filter((one) => secondsIn(one) > 0);
  const corrections = counted.filter((one) => secondsIn(one) < 0);
  const claims = [
    ...unseenClaims(input, counted),
    ...corrections.flatMap((one) => agreedClaims(input, one, leads)),
    ...(input.bridge.policies.corrections === 'net' ? corrections : []).flatMap((one) =>
      earlierClaims(one, leads),
    ),
    ...corrections.flatMap(({ entry: { id } }) => {
      const lead = applied.get(id);
      return lead === undefined ? [] : [{ correction: id, lead, atMost: Infinity }];
    }),
  ];
  const parcels = serve(claims, leads, corrections);
  const standing = leads.map((lead) => caseOf(input, lead, parcels));
  const fallen = input.links.flatMap((link) => fallenCase(input, link, leads));
  const rests = corrections.flatMap((entry) => {
    const rest = -secondsIn(entry) - takenBy(parcels, entry.entry.id);
    return rest > 0 ? [{ entry, seconds: -rest }] : [];
  });
  return { cases: [...standing, ...fallen].sort((a, b) => byBooking(a.lead, b.lead)), rests };
}

const takenBy = (parcels: readonly Parcel[], correction: string): Seconds =>
  parcels.filter((one) => one.correction === correction).reduce((sum, one) => sum + one.seconds, 0);
const takenFrom = (parcels: readonly Parcel[], lead: string): Seconds =>
  parcels.filter((one) => one.lead === lead).reduce((sum, one) => sum + one.seconds, 0);

function serve(
  claims: readonly Claim[],
  leads: readonly BookedEntry[],
  corrections: readonly BookedEntry[],
): readonly Parcel[] {
  const parcels: Parcel[] = [];
  for (const { correction, lead, atMost } of claims) {
    const from = leads.find(({ entry }) => entry.id === lead);
    if (!from) continue;
    const to = corrections.find(({ entry }) => entry.id === correction);
    // A correction that was not read is known by what its link holds only.
    const wanted = to ? -secondsIn(to) - takenBy(parcels, correction) : Infinity;
    const seconds = Math.min(atMost, wanted, secondsIn(from) - takenFrom(parcels, lead));
    if (seconds > 0) parcels.push({ correction, lead, seconds });
  }
  return parcels;
}

const heldParts = (link: Link): readonly Claim[] =>
  link.members
    .filter(({ entryId, signedSeconds }) => entryId !== link.leadId && signedSeconds < 0)
    .map((one) => ({ correction: one.entryId, lead: link.leadId, atMost: -one.signedSeconds }));

/** A member that is not among what was read, and not proved to be gone, stays where it is. */
function unseenClaims(input: ReconcileInput, counted: readonly BookedEntry[]): readonly Claim[] {
  const isCounted = (id: string) => counted.some(({ entry }) => entry.id === id);
  const isProvedGone = (id: string) =>
    input.entries.some((one) => one.entry.id === id && isGone(one) && !isEarly(one, input));
  return input.links
    .flatMap(heldParts)
    .filter(({ correction }) => !isCounted(correction) && !isProvedGone(correction));
}

/** What a link holds stays, as long as it is about the same ticket and the correction's own type did not move. */
function agreedClaims(
  input: ReconcileInput,
  { entry }: BookedEntry,
  leads: readonly BookedEntry[],
): readonly Claim[] {
  const chosen = input.decisions
    .filter(({ subject, choice }) => subject === `lead:${entry.id}` && choice === 'apply_to')
    .map(({ parameters }) => parameters.targetId);
  return leads.flatMap((lead) => {
    const link = input.links.find(({ leadId }) => leadId === lead.entry.id);
    const stays =
      chosen.at(-1) === lead.entry.id ||
      suits(lead, entry.activityTypeId) ||
      entry.activityTypeId === link?.sourceBase.activityTypeId;
    const isHere = lead.entry.ticketId === entry.ticketId;
    return link && stays && isHere ? heldParts(link).filter((one) => one.correction === entry.id) : [];
  });
}

/** The latest earlier lead first: same ticket, same person, same type (or a correction without a type). */
const earlierClaims = (correction: BookedEntry, leads: readonly BookedEntry[]): readonly Claim[] =>
  leads
    .filter(
      (lead) =>
        byBooking(lead, correction) < 0 &&
        lead.entry.ticketId === correction.entry.ticketId &&
        lead.frozen.userId === correction.frozen.userId &&
        suits(lead, correction.entry.activityTypeId),
    )
    .reverse()
    .map((lead) => ({ correction: correction.entry.id, lead: lead.entry.id, atMost: Infinity }));

const suits = (lead: BookedEntry, typeId: string | null): boolean =>
  typeId === null || typeId === lead.entry.activityTypeId;

function caseOf(input: ReconcileInput, lead: BookedEntry, parcels: readonly Parcel[]): Case {
  const { id } = lead.entry;
  const mine = parcels.filter((one) => one.lead === id);
  const members = [
    { entryId: id, signedSeconds: secondsIn(lead) },
    ...[...new Set(mine.map(({ correction }) => correction))].map((correction) => ({
      entryId: correction,
      signedSeconds: -takenBy(mine, correction),
    })),
  ];
  const sum = members.reduce((total, one) => total + one.signedSeconds, 0);
  const link = input.links.find(({ leadId }) => leadId === id) ?? null;
  return { lead, stands: true, members, sum, link, rows: rowsOf(input, link) };
}

/** A linked lead that is deleted, or positive no more. */
function fallenCase(input: ReconcileInput, link: Link, leads: readonly BookedEntry[]): readonly Case[] {
  const lead = input.entries.find(({ entry }) => entry.id === link.leadId);
  if (!lead || leads.includes(lead) || provesNothing(lead, input)) return [];
  return [{ lead, stands: false, members: [], sum: 0, link, rows: rowsOf(input, link) }];
}

/** A row that was not read again is taken to be as it was agreed. */
const rowsOf = ({ rows }: ReconcileInput, link: Link | null): Case['rows'] =>
  (link?.rows ?? []).map((linked) => ({
    linked,
    now: rows.find(({ externalId }) => externalId === linked.externalId) ?? linked.targetBase,
  }));
