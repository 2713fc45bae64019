import type { Link, LinkMember, LinkedRow } from './link.js';
import type { BookedEntry } from './reconcile-input.js';
import type { Seconds, SourceBase } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

/** A linked row with what is known of it now; a row that was not read again stays as it was agreed. */
export type CaseRow = { readonly linked: LinkedRow; readonly now: Timesheet };

/** Everything about one lead: its entries after netting, its link, and its rows as last read. */
export type LeadCase = {
  readonly lead: BookedEntry;
  /** False when the lead was deleted in the source, or is no longer positive. */
  readonly stands: boolean;
  readonly members: readonly LinkMember[];
  /** Σ of the members: what should be billed, before rounding. */
  readonly seconds: Seconds;
  readonly link: Link | null;
  readonly rows: readonly CaseRow[];
};

const LEAD = 'lead:';

export const subjectOfLead = (leadId: string): string => `${LEAD}${leadId}`;

/** The lead of a subject that `subjectOfLead` made. */
export const leadIdOf = (subject: string): string => subject.slice(LEAD.length);

/** Ids of all entries that stand and fall with the lead; the lead first. */
export const entryIdsOf = (subject: LeadCase): readonly string[] =>
  subject.members.length > 0 ? subject.members.map((member) => member.entryId) : [subject.lead.entry.id];

/** The rows that are still there. */
export const standingRows = (subject: LeadCase): readonly CaseRow[] =>
  subject.rows.filter((row) => row.now.deletedAt === null);

export const secondsOf = (rows: readonly { readonly seconds: Seconds }[]): Seconds =>
  rows.reduce((sum, row) => sum + row.seconds, 0);

/** Σ of the lead's rows as last read. */
export const targetSeconds = (subject: LeadCase): Seconds =>
  secondsOf(standingRows(subject).map((row) => row.now));

/** What Zammad says now, to be remembered with the next agreement; a lead that is gone keeps its last facts. */
export function sourceBaseOf({ lead, link, stands }: LeadCase): SourceBase {
  if (!stands && link) return link.sourceBase;
  const { entry } = lead;
  return {
    seconds: entry.seconds ?? 0,
    activityTypeId: entry.activityTypeId,
    ticketId: entry.ticketId,
    organizationId: entry.organizationId,
    ticketCustomerId: entry.ticketCustomerId,
  };
}

/** Our line is written anew: the entry lies on another ticket than it did at the last agreement, or an admin asked for it. */
export const isRenamed = ({ lead, link }: LeadCase): boolean =>
  link !== null && (lead.reapply === true || lead.entry.ticketId !== link.sourceBase.ticketId);
