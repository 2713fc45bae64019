import type { Day, Instant, LocalTime, Seconds } from './time-entry.js';

/** A Kimai timesheet as last read; ids are the target's own, as text. */
export type Timesheet = {
  readonly externalId: string;
  readonly userId: string;
  readonly projectId: string;
  readonly activityId: string;
  readonly begin: Instant;
  /** Null while the timer runs. */
  readonly end: Instant | null;
  /** What Kimai counts; with rounding rules it may differ from end − begin. */
  readonly seconds: Seconds;
  /** A break that people entered: it is within begin and end and not counted. Absent: none. */
  readonly breakSeconds?: Seconds;
  /** Local day of `begin` in the bridge's zone. */
  readonly day: Day;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly exported: boolean;
  readonly billable: boolean;
  /** Money as Kimai tells it; null when the token may not see it. */
  readonly rate: number | null;
  readonly readAt: Instant;
  /** Set once a single GET answered 404. */
  readonly deletedAt: Instant | null;
  /** The row could not be parsed: it counts as there and untouchable. */
  readonly unreadable: string | null;
};

/** What Timebridge wants a timesheet to be. Times are local to the token user's zone, whole minutes. */
export type DesiredTimesheet = {
  readonly userId: string;
  readonly projectId: string;
  readonly activityId: string;
  readonly day: Day;
  readonly begin: LocalTime;
  readonly end: LocalTime;
  readonly beginAt: Instant;
  readonly endAt: Instant;
  readonly seconds: Seconds;
  readonly description: string;
  readonly tags: readonly string[];
  /** Null leaves the choice to Kimai (customer, project and activity decide). */
  readonly billable: boolean | null;
};

/** Fields of a timesheet that a PATCH may name. Only what differs is sent. */
export type TimesheetChanges = Partial<
  Pick<DesiredTimesheet, 'userId' | 'projectId' | 'activityId' | 'begin' | 'end' | 'description' | 'tags'>
>;

/** The fields whose change in Kimai is a *target edit that matters* (books.md, "Facts"). */
export const MATTERING_FIELDS = ['seconds', 'day', 'projectId', 'activityId', 'userId'] as const;
export type MatteringField = (typeof MATTERING_FIELDS)[number];
