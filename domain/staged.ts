import type { Instant, TimeEntry } from './time-entry.js';

type TicketFields = Pick<
  TimeEntry,
  | 'ticketNumber'
  | 'ticketTitle'
  | 'organizationId'
  | 'organizationName'
  | 'ticketCustomerId'
  | 'ticketCustomerName'
  | 'groupId'
  | 'ticketMerged'
>;

/** A time entry as normalised by its connector, before it has a row of ours. */
export type SourceEntry = Omit<TimeEntry, 'id' | 'source' | 'deletedAt' | 'readAt' | keyof TicketFields>;

export type SourceTicket = TicketFields & {
  readonly ticketId: string;
  /** Id of the ticket it was merged into, if the system tells. */
  readonly mergedInto: string | null;
  /** The source's own sum, in units, for the control; null when unknown. */
  readonly unitSum: string | null;
  /** How many articles it has, internal ones too; null when the system does not tell. */
  readonly articleCount: number | null;
  readonly updatedAt: Instant;
};

/** A record that does not parse: kept, flagged for review, and the rest goes on. */
export type UnreadableRecord = {
  readonly sourceId: string;
  readonly ticketId: string | null;
  readonly problem: string;
};

/** A thing of the other system that people map or that has a name to show. */
export type CatalogueItem = {
  readonly kind: 'user' | 'activity_type' | 'organization' | 'group' | 'customer' | 'project' | 'activity';
  readonly externalId: string;
  readonly name: string;
  /** project → customer, activity → project (null: global). */
  readonly parentId: string | null;
  readonly number: string | null;
  /** Of a project; it counts as the ticket number of all its rows. */
  readonly orderNumber: string | null;
  readonly email: string | null;
  /** Of a customer: what its time is billed in, as an ISO 4217 code. Absent: not told. */
  readonly currency?: string;
  /** Selectable for new records. */
  readonly active: boolean;
};
