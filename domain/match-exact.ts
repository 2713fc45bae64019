import { compareIds } from './booking-order.js';
import { roundToMinutes } from './duration.js';
import type { Booking } from './gaps.js';
import { groupBy } from './group-by.js';
import type { LeadCase } from './lead-case.js';
import { namesTicket } from './match-score.js';
import type { Seconds } from './time-entry.js';
import type { Timesheet } from './timesheet.js';
import { instantMs } from './zone.js';

/** A lead without a link whose mappings are complete: what matching works on. */
export type OpenLead = { readonly about: LeadCase; readonly booking: Booking };

export type ExactMatches = {
  /** n entries and n equal rows, paired by time. */
  readonly paired: ReadonlyMap<OpenLead, Timesheet>;
  /** n entries and m equal rows: a person says which is which. */
  readonly crowded: ReadonlyMap<OpenLead, readonly Timesheet[]>;
  /** Ticket, person and day agree, and only the duration differs; one row, one entry. */
  readonly differing: ReadonlyMap<OpenLead, Timesheet>;
};

type Slot = { readonly leads: OpenLead[]; readonly rows: Timesheet[] };

/** books.md, "Exact": ticket number, known person, local date, duration. `rowsOf` gives a person's rows of a day, `leads` come by booking. */
export function matchExactly(
  leads: readonly OpenLead[],
  rowsOf: (userId: string, day: string) => readonly Timesheet[],
  orderNumbers: Readonly<Record<string, string>>,
): ExactMatches {
  const paired = new Map<OpenLead, Timesheet>();
  const crowded = new Map<OpenLead, readonly Timesheet[]>();
  const differing = new Map<OpenLead, Timesheet>();
  const groups = groupBy(
    leads,
    ({ about: { lead }, booking }) => `${lead.entry.ticketId} ${booking.userId} ${lead.frozen.entryDate}`,
  );
  for (const group of groups.values()) {
    const rows = rowsNaming(group, rowsOf, orderNumbers);
    if (rows.length === 0) continue;
    const slots = slotsByDuration(group, rows);
    for (const slot of slots.values()) settleSlot(slot, paired, crowded);
    const leadsLeft = group.filter((lead) => !paired.has(lead) && !crowded.has(lead));
    const taken = new Set([...slots.values()].flatMap((slot) => (slot.leads.length > 0 ? slot.rows : [])));
    const rowsLeft = rows.filter((row) => !taken.has(row));
    const [lead, ...otherLeads] = leadsLeft;
    const [row, ...otherRows] = rowsLeft;
    if (lead && row && otherLeads.length + otherRows.length === 0) differing.set(lead, row);
  }
  leaveSharedRows(paired, crowded, differing);
  return { paired, crowded, differing };
}

/** A row that names several tickets is matched by entries of each: a person says whose it is. */
function leaveSharedRows(
  paired: Map<OpenLead, Timesheet>,
  crowded: Map<OpenLead, readonly Timesheet[]>,
  differing: Map<OpenLead, Timesheet>,
): void {
  const tickets = new Map<Timesheet, Set<string>>();
  const note = ({ about }: OpenLead, row: Timesheet): void => {
    tickets.set(row, (tickets.get(row) ?? new Set()).add(about.lead.entry.ticketId));
  };
  for (const [lead, row] of [...paired, ...differing]) note(lead, row);
  for (const [lead, rows] of crowded) for (const row of rows) note(lead, row);
  for (const matches of [paired, differing])
    for (const [lead, row] of matches) {
      if (tickets.get(row)?.size === 1) continue;
      matches.delete(lead);
      crowded.set(lead, [row]);
    }
}

function rowsNaming(
  group: readonly OpenLead[],
  rowsOf: (userId: string, day: string) => readonly Timesheet[],
  orderNumbers: Readonly<Record<string, string>>,
): readonly Timesheet[] {
  const [first] = group;
  if (!first) return [];
  const { entry, frozen } = first.about.lead;
  return rowsOf(first.booking.userId, frozen.entryDate).filter(
    (row) =>
      namesTicket(row.description, entry.ticketNumber) || orderNumbers[row.projectId] === entry.ticketNumber,
  );
}

/** A row made by hand has whole minutes: it equals an entry exactly or after rounding. */
function slotsByDuration(leads: readonly OpenLead[], rows: readonly Timesheet[]): ReadonlyMap<Seconds, Slot> {
  const slots = new Map<Seconds, Slot>();
  const slotOf = (seconds: Seconds): Slot => {
    const slot = slots.get(seconds) ?? { leads: [], rows: [] };
    slots.set(seconds, slot);
    return slot;
  };
  for (const lead of leads) slotOf(roundToMinutes(lead.about.seconds)).leads.push(lead);
  for (const row of rows) slotOf(roundToMinutes(row.seconds)).rows.push(row);
  return slots;
}

function settleSlot(
  { leads, rows }: Slot,
  paired: Map<OpenLead, Timesheet>,
  crowded: Map<OpenLead, readonly Timesheet[]>,
): void {
  if (rows.length === 0) return;
  const byTime = [...rows].sort(byBegin);
  if (leads.length !== rows.length) {
    for (const lead of leads) crowded.set(lead, byTime);
    return;
  }
  leads.forEach((lead, index) => {
    const row = byTime[index];
    if (row) paired.set(lead, row);
  });
}

export const byBegin = (a: Timesheet, b: Timesheet): number =>
  instantMs(a.begin) - instantMs(b.begin) || compareIds(a.externalId, b.externalId);
