import type { CatalogueItem, SourceEntry, SourceTicket, UnreadableRecord } from '../domain/staged.js';
import type { Instant } from '../domain/time-entry.js';
import type { DesiredTimesheet, Timesheet, TimesheetChanges } from '../domain/timesheet.js';

/*
 * What Timebridge asks of any system that time is read from (TimeSource) or written to (TimeTarget).
 * Every method may reject with a SyncError (domain/errors.ts); its code says how to react.
 * A rejected read never looks like "no entries". Instants are written as `toInstant` (domain/zone.ts) writes them.
 */

export type { CatalogueItem, SourceEntry, SourceTicket, UnreadableRecord };

/**
 * One page. `cursor` is what to ask for next; null at the end. `readAt` is our clock when it was asked for, which orders
 * readings; `serverTime` is the server's (`Date` header), by which it stamps its changes.
 * An unreadable record of a source is in `unreadable`; an unreadable timesheet stays in `items`, with its
 * `unreadable` set, because it counts as there and untouchable.
 */
export type Page<T> = {
  readonly items: readonly T[];
  readonly unreadable: readonly UnreadableRecord[];
  readonly cursor: string | null;
  readonly readAt: Instant;
  readonly serverTime: Instant;
};

export type TicketReading =
  | { readonly found: false; readonly readAt: Instant }
  | {
      readonly found: true;
      readonly ticket: SourceTicket;
      readonly entries: readonly SourceEntry[];
      readonly unreadable: readonly UnreadableRecord[];
      readonly readAt: Instant;
    };

/** Proof of a single GET: `gone` is a 404; a 403 or any failure is not (it rejects). */
export type Existence = 'there' | 'gone';

export type CheckFinding = {
  readonly level: 'ok' | 'warning' | 'error';
  /** Code for `words/`; facts name the permission, version, zone … */
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** What a connection test and each run's beginning learn; capabilities are discovered, never assumed. */
export type SystemCheck = {
  readonly findings: readonly CheckFinding[];
  readonly version: string | null;
  readonly timeZone: string | null;
  readonly account: string | null;
  readonly capabilities: Readonly<Record<string, boolean | string | number | null>>;
};

/** `brief` is one call (token, unit, zone, roles) for the beginning of a run; `full` probes every permission. */
export type CheckDepth = 'full' | 'brief';

/** An entry as people know it, to confirm by it how long the source's unit is. */
export type EntrySample = {
  readonly ticketNumber: string;
  readonly ticketTitle: string;
  readonly personName: string;
  readonly bookedAt: Instant;
  /** The number as the source wrote it, and what it is by the unit that is set; null when it does not parse. */
  readonly unitText: string;
  readonly seconds: number | null;
};

/** What a source calls at each change. `note` tells ours from one that people gave the same name: that is left alone. */
export type WebhookWanted = {
  readonly name: string;
  readonly note: string;
  readonly url: string;
  readonly secret: string;
};

/** Telling a source to call us; the same again changes nothing. */
export interface WebhookInstaller {
  install(wanted: WebhookWanted): Promise<'created' | 'updated'>;
}

/** What an agent is asked in the ticket. `mark` is a text of ours in it, by which a note whose answer was lost is found. */
export type NoteWanted = {
  readonly ticketId: string;
  /** Whom it is meant for: told of it by name where the source can; null when nobody in particular. */
  readonly personId: string | null;
  readonly personName: string | null;
  /** Plain text, several lines perhaps. */
  readonly text: string;
  /** The last line: who asks, and where from. */
  readonly signature: string;
  readonly mark: string;
};

/** `articleCount`: articles of the ticket up to this one. More of them later were written after it. */
export type NoteWritten = { readonly noteId: string; readonly articleCount: number };

/** Notes that agents see and customers never do; the same again (by its mark) is not written twice. */
export interface NoteWriter {
  write(wanted: NoteWanted): Promise<NoteWritten>;
}

export interface TimeSource {
  check(depth?: CheckDepth): Promise<SystemCheck>;
  catalogue(): Promise<readonly CatalogueItem[]>;
  /** All entries, oldest id first. Some may come twice, none is left out. */
  listAll(cursor: string | null): Promise<Page<SourceEntry>>;
  /** Entries created or edited at or after `since` (server time), newest first; catches type-only edits. */
  listChanged(since: Instant, cursor: string | null): Promise<Page<SourceEntry>>;
  /** Tickets touched at or after `since`: title, customer, merge, or a sum that a deletion changed. */
  listChangedTickets(since: Instant, cursor: string | null): Promise<Page<SourceTicket>>;
  /** Tickets by id, at most 200; an id missing in the answer cannot be read (which proves no deletion). */
  readTickets(ids: readonly string[]): Promise<readonly SourceTicket[]>;
  /** One ticket with all its entries, after a webhook. */
  readTicket(ticketId: string): Promise<TicketReading>;
  /** Proof for a deletion. */
  entryExists(sourceId: string, ticketId: string): Promise<Existence>;
  /** Number of entries the source holds now; null when it cannot tell. */
  countAll(): Promise<number | null>;
  /**
   * The source's own report of local months (`YYYY-MM`) in seconds, as a control; null when it cannot tell. `held` is what
   * we have of each: a month that agrees at the first look is not looked at more closely.
   */
  monthTotals(held: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number | null> | null>;
  /** A few of the newest entries with numbers that differ; empty when nobody booked time yet. */
  samples(): Promise<readonly EntrySample[]>;
  /** Absent where the source cannot call us. */
  readonly webhooks?: WebhookInstaller;
  /** Absent where the source has no notes. */
  readonly notes?: NoteWriter;
  /** Ends its connections; the connector is not used afterwards. */
  close(): Promise<void>;
}

export type TimesheetQuery = {
  /** Local day range of the begin, inclusive. */
  readonly fromDay?: string;
  readonly toDay?: string;
  /** Rows touched at or after this instant (misses bulk exports and deletions: the nightly comparison finds those). */
  readonly modifiedAfter?: Instant;
  readonly userId?: string;
};

/**
 * Making who is billed, where the policy of a bridge says so. Never changed and never deleted again. A lost answer rejects
 * with `outcome_unknown`; both lists are read anew at each call, hidden and ended ones included.
 */
export interface Provisioning {
  customers(): Promise<readonly CatalogueItem[]>;
  projectsOf(customerId: string): Promise<readonly CatalogueItem[]>;
  /** `number` is unique in the target: it is how a customer is found again. */
  createCustomer(wanted: { readonly name: string; readonly number: string }): Promise<CatalogueItem>;
  createProject(wanted: {
    readonly name: string;
    readonly number: string | null;
    readonly customerId: string;
  }): Promise<CatalogueItem>;
}

export interface TimeTarget {
  check(depth?: CheckDepth): Promise<SystemCheck>;
  catalogue(): Promise<readonly CatalogueItem[]>;
  listTimesheets(query: TimesheetQuery, cursor: string | null): Promise<Page<Timesheet>>;
  /** Null is the proof of a deletion (404). */
  readTimesheet(externalId: string): Promise<Timesheet | null>;
  /** Rows carrying the marker, exactly, around a day of a user; lowest id first. */
  findByMarker(
    marker: string,
    around: { readonly userId: string; readonly day: string },
  ): Promise<readonly Timesheet[]>;
  /** What the target *returned* is what counts. A lost answer rejects with `outcome_unknown`. */
  createTimesheet(desired: DesiredTimesheet): Promise<Timesheet>;
  updateTimesheet(externalId: string, changes: TimesheetChanges): Promise<Timesheet>;
  /** `gone` when it was deleted already (404 after a lost answer means done). */
  deleteTimesheet(externalId: string): Promise<'deleted' | 'gone'>;
  /** Makes sure that a tag may be used by writes. */
  ensureTag(name: string): Promise<void>;
  /** Absent where nobody can be billed anew: people then map what is there. */
  readonly provisioning?: Provisioning;
  /** Ends its connections; the connector is not used afterwards. */
  close(): Promise<void>;
}

/** A proxy, and the hosts that are reached without it (in the form of `NO_PROXY`). */
export type Proxy = {
  readonly uri: string;
  readonly except: string;
  /** Whether the proxy itself may be on this machine. */
  readonly allowLoopback: boolean;
};

/** One request that ended, for the log: no query, no header, no body, so nothing secret and nobody's words. */
export type CallRecord = {
  readonly connectorId: string;
  readonly method: string;
  readonly path: string;
  /** Null when no answer came; `failure` then says how it is taken. */
  readonly status: number | null;
  readonly failure: string | null;
  readonly milliseconds: number;
};

/** What a connector is made from. Credentials are open here; only the worker process ever builds one. */
export type ConnectorContext = {
  readonly connectorId: string;
  readonly baseUrl: string;
  readonly token: string;
  /** IANA zone in which local days and times are meant. */
  readonly timeZone: string;
  /** Seconds per unit by period, oldest first: `from` inclusive (entry's creation). Sources only. */
  readonly unitPeriods: readonly {
    readonly from: Instant | null;
    readonly secondsPerUnit: number;
    /** What the system's own setting said when people confirmed this; absent until it was first read since. */
    readonly setting?: string;
  }[];
  readonly http: {
    readonly allowLoopback: boolean;
    /** PEM of a private certificate authority; TLS is always verified. */
    readonly ca?: string;
    readonly proxy?: Proxy;
    /** Requests in flight at a time; 4 when not given. */
    readonly concurrency?: number;
    /** Requests that begin in a second; as many as come when not given. */
    readonly requestsPerSecond?: number;
  };
  /**
   * Asked at each call, so that one connector serves many activities, each with its own cancellation.
   * A write that was cancelled after it was sent rejects with `outcome_unknown`.
   */
  readonly signal?: () => AbortSignal | undefined;
  /** Told of each request that ended. */
  readonly onCall?: (call: CallRecord) => void;
};
