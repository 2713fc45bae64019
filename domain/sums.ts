import { byBooking } from './booking-order.js';
import { monthOf } from './entry-date.js';
import { groupBy } from './group-by.js';
import { customerKey } from './gaps.js';
import type { Link } from './link.js';
import type { EntryOutcome } from './plan.js';
import type { BookedEntry } from './reconcile-input.js';
import type { Day, Seconds } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

/** All in seconds. target − source = rounding + accepted + open + broken; broken must be zero. */
export type Sum = {
  readonly source: Seconds;
  readonly target: Seconds;
  readonly rounding: Seconds;
  readonly accepted: Seconds;
  readonly open: Seconds;
  readonly broken: Seconds;
};

/** One lead; or, with `linkId` null, the entries of a ticket that no link holds. */
export type LeadSum = Sum & {
  readonly leadId: string;
  readonly linkId: string | null;
  readonly day: Day;
  readonly customerKey: string;
};

export type SumsInput = {
  readonly startFrom: Day;
  readonly entries: readonly BookedEntry[];
  readonly links: readonly Link[];
  /** As last read from Kimai, tombstones included. A linked row that is missing here counts as it was agreed. */
  readonly rows: readonly Timesheet[];
  readonly outcomes: readonly EntryOutcome[];
  /** Leads that wait for a person or a write although their entry is gone (a deletion that is asked about). */
  readonly openLeads: ReadonlySet<string>;
};

type Books = {
  readonly entries: ReadonlyMap<string, BookedEntry>;
  readonly rows: ReadonlyMap<string, Timesheet>;
  /** Entries that are not settled: they wait, are skipped, or are about to be written. */
  readonly unsettled: ReadonlySet<string>;
};

/**
 * The identity per lead (books.md, "The sum must come out"): Σ of its rows as last read − Σ of its members =
 * rounding + accepted + open. *Open* exists only while a conflict, a skip or a pending write does; what is left
 * over is *broken*, and says where.
 */
export function sumsByLead(input: SumsInput): readonly LeadSum[] {
  const books = booksOf(input);
  const linked = input.links.flatMap((link) => {
    const lead = books.entries.get(link.leadId);
    return lead && lead.frozen.entryDate >= input.startFrom ? [sumOfLink(link, lead, books)] : [];
  });
  return [...linked, ...sumsWithoutLink(input, books)];
}

function booksOf({ entries, rows, outcomes, openLeads }: SumsInput): Books {
  const unsettled = new Set(openLeads);
  for (const { entryId, state } of outcomes) if (state !== 'agreed') unsettled.add(entryId);
  return {
    entries: new Map(entries.map((booked) => [booked.entry.id, booked])),
    rows: new Map(rows.map((row) => [row.externalId, row])),
    unsettled,
  };
}

const secondsNow = ({ entry }: BookedEntry): Seconds => (entry.deletedAt === null ? (entry.seconds ?? 0) : 0);

function sumOfLink(link: Link, lead: BookedEntry, { rows, unsettled }: Books): LeadSum {
  const corrections = link.members.filter((member) => member.entryId !== link.leadId);
  // A lead that turned negative is a correction now and no time of this link.
  const own = Math.max(0, secondsNow(lead));
  const source = corrections.reduce((sum, member) => sum + member.signedSeconds, own);
  const target = link.rows.reduce((sum, { externalId, targetBase }) => {
    const row = rows.get(externalId) ?? targetBase;
    return row.deletedAt === null ? sum + row.seconds : sum;
  }, 0);
  const ids = [link.leadId, ...corrections.map((member) => member.entryId)];
  return {
    leadId: link.leadId,
    linkId: link.id,
    day: lead.frozen.entryDate,
    customerKey: customerKey(lead.entry),
    ...identity(
      { source, target, rounding: link.roundingSeconds, accepted: link.acceptedSeconds },
      ids,
      unsettled,
    ),
  };
}

function identity(
  known: Pick<Sum, 'source' | 'target' | 'rounding' | 'accepted'>,
  entryIds: readonly string[],
  unsettled: ReadonlySet<string>,
): Sum {
  const rest = known.target - known.source - known.rounding - known.accepted;
  const isOpen = entryIds.some((id) => unsettled.has(id));
  return { ...known, open: isOpen ? rest : 0, broken: isOpen ? 0 : rest };
}

/**
 * What no link holds: entries that are not written, and the parts of corrections that moved since. They may cancel
 * each other (net zero and never written, also across a month's end), which is why they are summed per ticket
 * (a person may apply one to a lead of another colleague). While something waits each month says what is its own.
 */
function sumsWithoutLink({ startFrom, links }: SumsInput, books: Books): readonly LeadSum[] {
  const held = heldByLinks(links);
  const groups = groupBy(
    [...books.entries.values()]
      .filter((booked) => booked.frozen.entryDate >= startFrom && restOf(booked, held) !== 0)
      .sort(byBooking),
    ({ entry }) => entry.ticketId,
  );
  return [...groups.values()].flatMap((group) => {
    const open = group.some((booked) => isOpen(booked, held, books));
    const parts = open ? [...groupBy(group, ({ frozen }) => monthOf(frozen.entryDate)).values()] : [group];
    return parts.flatMap((part) => sumOfRests(part, held, open));
  });
}

function sumOfRests(part: readonly BookedEntry[], held: Held, isOpen: boolean): readonly LeadSum[] {
  const [first] = part;
  const source = part.reduce((sum, booked) => sum + restOf(booked, held), 0);
  if (!first || source === 0) return [];
  return [
    {
      leadId: first.entry.id,
      linkId: null,
      day: first.frozen.entryDate,
      customerKey: customerKey(first.entry),
      source,
      target: 0,
      rounding: 0,
      accepted: 0,
      open: isOpen ? -source : 0,
      broken: isOpen ? 0 : -source,
    },
  ];
}

/** What links hold of corrections: how much of each, and the leads it was netted into. */
type Held = {
  readonly leads: ReadonlySet<string>;
  readonly parts: ReadonlyMap<string, Seconds>;
  readonly holders: ReadonlyMap<string, readonly string[]>;
};

function heldByLinks(links: readonly Link[]): Held {
  const parts = new Map<string, Seconds>();
  const holders = new Map<string, string[]>();
  for (const { leadId, members } of links) {
    for (const { entryId, signedSeconds } of members) {
      if (entryId === leadId) continue;
      parts.set(entryId, (parts.get(entryId) ?? 0) + signedSeconds);
      const known = holders.get(entryId);
      if (known) known.push(leadId);
      else holders.set(entryId, [leadId]);
    }
  }
  return { leads: new Set(links.map((link) => link.leadId)), parts, holders };
}

/** Not settled itself, or its old part lies with a lead that waits: only that lead's question gives it back. */
const isOpen = ({ entry }: BookedEntry, { holders }: Held, { unsettled }: Books): boolean =>
  entry.deletedAt !== null ||
  unsettled.has(entry.id) ||
  (holders.get(entry.id) ?? []).some((leadId) => unsettled.has(leadId));

function restOf(booked: BookedEntry, { leads, parts }: Held): Seconds {
  const now = secondsNow(booked);
  const own = leads.has(booked.entry.id) ? Math.min(0, now) : now;
  return own - (parts.get(booked.entry.id) ?? 0);
}
