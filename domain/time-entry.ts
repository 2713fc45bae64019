/** Whole seconds; negative for a correction that an agent booked. */
export type Seconds = number;
/** An instant in UTC, ISO 8601 with `Z`. */
export type Instant = string;
/** A calendar day, `YYYY-MM-DD`, in the zone of the source connector. */
export type Day = string;
/** A wall-clock time without offset, `YYYY-MM-DDTHH:mm:ss`, in the zone of the source connector. */
export type LocalTime = string;

/**
 * The unified time entry: what one person accounted once on one ticket, whatever system it came from.
 * `source` + `sourceId` identify it. The API shows it in snake case with float minutes (`presentTimeEntry`).
 */
export type TimeEntry = {
  /** Our own row id (bigint as text). */
  readonly id: string;
  /** Id of the source connector. */
  readonly source: string;
  readonly sourceId: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly ticketTitle: string;
  /** Organization of the ticket; null when its customer belongs to none. */
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  /** The ticket's customer: a person in Zammad, not who is billed. */
  readonly ticketCustomerId: string | null;
  readonly ticketCustomerName: string | null;
  readonly groupId: string | null;
  /** The ticket was merged into another one; its time stays here. */
  readonly ticketMerged: boolean;
  /** The number as Zammad wrote it, for showing the original beside h:mm. */
  readonly unitText: string;
  /** Null when the record could not be read (`unreadable` says why). */
  readonly seconds: Seconds | null;
  readonly activityTypeId: string | null;
  readonly activityTypeName: string | null;
  readonly userId: string;
  readonly userName: string;
  readonly userEmail: string | null;
  readonly articleId: string | null;
  readonly description: string;
  readonly entryDate: Day;
  readonly bookedAt: Instant;
  readonly updatedAt: Instant;
  readonly readAt: Instant;
  /** Set once a single GET answered 404. */
  readonly deletedAt: Instant | null;
  readonly unreadable: string | null;
  readonly tags: readonly string[];
};

/** The facts of an entry whose change is a *source edit* (books.md, "Facts"). */
export type SourceBase = {
  readonly seconds: Seconds;
  readonly activityTypeId: string | null;
  readonly ticketId: string;
  readonly organizationId: string | null;
  /** Who is billed where there is no organization; not known of agreements made before it was kept. */
  readonly ticketCustomerId?: string | null;
};
