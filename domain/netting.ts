import { byBooking } from './booking-order.js';
import { groupBy } from './group-by.js';
import type { Link, LinkMember } from './link.js';
import type { BookedEntry } from './reconcile-input.js';
import type { Seconds } from './time-entry.js';

export type NettingInput = {
  /** Entries in scope that stand (not deleted, readable), in any order. */
  readonly entries: readonly BookedEntry[];
  readonly links: readonly Link[];
  /** Entries that are proved not to count any more (deleted). A member that is merely not handed in stays. */
  readonly gone: ReadonlySet<string>;
  /** False: corrections that no person has applied yet are all left over. */
  readonly automatic: boolean;
  /** Decided by people, for the facts as they are: correction entry → lead entry. */
  readonly applied: ReadonlyMap<string, string>;
  /** Decided by people at any time: where their choice was netted, it stays whatever type it has. */
  readonly chosen: ReadonlyMap<string, string>;
};

/** A lead with what is netted into it, itself first. */
export type NettedLead = { readonly booked: BookedEntry; readonly members: readonly LinkMember[] };

/** A correction, or the part of it, that no lead can take. */
export type LeftOver = { readonly entry: BookedEntry; readonly seconds: Seconds };

export type Netting = {
  /** By the lead's entry id, in the order of booking. Only positive entries lead. */
  readonly leads: ReadonlyMap<string, NettedLead>;
  readonly leftOver: readonly LeftOver[];
};

/** A lead with the seconds that corrections may still take from it. */
type Lead = { readonly booked: BookedEntry; readonly members: LinkMember[]; room: Seconds };
type Correction = { readonly booked: BookedEntry; rest: Seconds };

/**
 * Nets corrections into the latest earlier lead of the same ticket, person and activity type (books.md, "Links").
 * What a link already holds stays where it is, as long as its lead has room: later bookings move nothing.
 */
export function netCorrections(input: NettingInput): Netting {
  const ordered = [...input.entries].sort(byBooking);
  const leads = new Map<string, Lead>();
  const corrections: Correction[] = [];
  for (const booked of ordered) {
    const seconds = booked.entry.seconds ?? 0;
    if (seconds > 0) leads.set(booked.entry.id, leadOf(booked, seconds));
    else corrections.push({ booked, rest: -seconds });
  }
  const agreed = agreedParts(input.links);
  keepUnseenParts(input, ordered, leads, agreed);
  keepAgreedParts(corrections, leads, agreed, input.chosen);
  if (input.automatic) takeFromEarlierLeads(corrections, leads);
  // Decided is what found no lead by itself: the choice is about that rest only.
  for (const correction of corrections) applyDecided(correction, leads, input.applied);
  return {
    leads,
    leftOver: corrections
      .filter((correction) => correction.rest > 0)
      .map(({ booked, rest }) => ({ entry: booked, seconds: -rest })),
  };
}

const leadOf = (booked: BookedEntry, seconds: Seconds): Lead => ({
  booked,
  members: [{ entryId: booked.entry.id, signedSeconds: seconds }],
  room: seconds,
});

/** What a link holds of a correction, and the type its lead had then. */
type Part = { readonly leadId: string; readonly seconds: Seconds; readonly typeThen: string | null };

/** Correction entry id → the parts that links hold of it. */
function agreedParts(links: readonly Link[]): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, Part[]>();
  for (const link of links) {
    for (const member of link.members) {
      if (member.entryId === link.leadId) continue;
      const known = parts.get(member.entryId) ?? [];
      known.push({
        leadId: link.leadId,
        seconds: -member.signedSeconds,
        typeThen: link.sourceBase.activityTypeId,
      });
      parts.set(member.entryId, known);
    }
  }
  return parts;
}

/** A member that could not be read now, or lies outside what was handed in, proves nothing: it stays as agreed. */
function keepUnseenParts(
  { gone }: NettingInput,
  seen: readonly BookedEntry[],
  leads: ReadonlyMap<string, Lead>,
  agreed: ReturnType<typeof agreedParts>,
): void {
  const seenIds = new Set(seen.map(({ entry }) => entry.id));
  for (const [entryId, parts] of agreed) {
    if (seenIds.has(entryId) || gone.has(entryId)) continue;
    for (const part of parts) {
      const lead = leads.get(part.leadId);
      const seconds = Math.min(part.seconds, lead?.room ?? 0);
      if (!lead || seconds <= 0) continue;
      lead.members.push({ entryId, signedSeconds: -seconds });
      lead.room -= seconds;
    }
  }
}

function keepAgreedParts(
  corrections: readonly Correction[],
  leads: ReadonlyMap<string, Lead>,
  agreed: ReturnType<typeof agreedParts>,
  chosen: ReadonlyMap<string, string>,
): void {
  for (const correction of corrections) {
    const { entry } = correction.booked;
    const parts = agreed.get(entry.id) ?? [];
    const standing = parts
      .flatMap((part) => {
        const lead = leads.get(part.leadId);
        if (!lead || lead.booked.entry.ticketId !== entry.ticketId) return [];
        const fits = chosen.get(entry.id) === part.leadId || stillFits(correction.booked, lead, part);
        return fits ? [{ lead, seconds: part.seconds }] : [];
      })
      .sort((a, b) => byBooking(a.lead.booked, b.lead.booked));
    for (const { lead, seconds } of standing) take(correction, lead, seconds);
  }
}

/** A correction whose own type was edited is netted again; that its lead changed type moves nothing. */
const stillFits = (correction: BookedEntry, lead: Lead, { typeThen }: Part): boolean =>
  sharesType(lead.booked, correction) || correction.entry.activityTypeId === typeThen;

function applyDecided(
  correction: Correction,
  leads: ReadonlyMap<string, Lead>,
  applied: ReadonlyMap<string, string>,
): void {
  const lead = leads.get(applied.get(correction.booked.entry.id) ?? '');
  if (lead) take(correction, lead, correction.rest);
}

function takeFromEarlierLeads(corrections: readonly Correction[], leads: ReadonlyMap<string, Lead>): void {
  if (corrections.length === 0) return;
  const groups = groupBy([...leads.values()], (lead) => groupOf(lead.booked));
  for (const correction of corrections) {
    const group = groups.get(groupOf(correction.booked)) ?? [];
    for (const lead of group.toReversed()) {
      const fits = isEarlier(lead.booked, correction.booked) && sharesType(lead.booked, correction.booked);
      if (fits) take(correction, lead, correction.rest);
    }
  }
}

const groupOf = ({ entry, frozen }: BookedEntry): string => `${entry.ticketId} ${frozen.userId}`;

const isEarlier = (lead: BookedEntry, correction: BookedEntry): boolean => byBooking(lead, correction) < 0;

const sharesType = (lead: BookedEntry, correction: BookedEntry): boolean =>
  correction.entry.activityTypeId === null || correction.entry.activityTypeId === lead.entry.activityTypeId;

function take(correction: Correction, lead: Lead, atMost: Seconds): void {
  const seconds = Math.min(atMost, correction.rest, lead.room);
  if (seconds <= 0) return;
  const entryId = correction.booked.entry.id;
  const at = lead.members.findIndex((member) => member.entryId === entryId);
  const before = lead.members[at];
  if (before) lead.members[at] = { entryId, signedSeconds: before.signedSeconds - seconds };
  else lead.members.push({ entryId, signedSeconds: -seconds });
  lead.room -= seconds;
  correction.rest -= seconds;
}

export const sumOf = (members: readonly LinkMember[]): Seconds =>
  members.reduce((sum, member) => sum + member.signedSeconds, 0);
