import type { Fact } from './reason.js';

/** What happens next, by the code of an error; the one table that workflows, activities and connectors share. */
export const REACTIONS = {
  /** The other side asks for patience. */
  rate_limited: 'wait',
  /** Not reachable, timed out, 5xx, a broken page. */
  unavailable: 'wait',
  /** A write was sent and no answer came: never repeated before the wait and the look-up. */
  outcome_unknown: 'wait',
  /** Token unknown, expired, or its user disabled. */
  credentials_rejected: 'pause_connector',
  /** Token lacks a permission; `info.permission` names it. */
  permission_missing: 'pause_connector',
  /** Replies no longer have the shape they had; more than 5 % unreadable rows. */
  contract_broken: 'pause_connector',
  /** The URL must not be called (SSRF rules) or TLS cannot be verified. */
  destination_refused: 'pause_connector',
  /** The unit of time, or the installation behind the URL, is not the one that was confirmed. */
  setting_changed: 'pause_connector',
  /** This one record was refused (400/403/404 on a record); others go on. */
  record_refused: 'park_record',
} as const;

export type SyncErrorCode = keyof typeof REACTIONS;
export type Reaction = (typeof REACTIONS)[SyncErrorCode];

/** Why a decision is refused; the `type` under which the refusal travels from activity to person. */
export const DECISION_FAILURES = {
  /** The facts changed since the person looked: 409, with what changed. */
  stale: 'StaleVersion',
  /** The choice does not fit the kind, or a parameter is missing: 422. */
  invalid: 'InvalidDecision',
  /** Decided, withdrawn or vanished meanwhile: 409. */
  closed: 'NotOpen',
} as const;

/** A question to an agent that cannot be put into the ticket; `details` say why. The `type` under which it travels. */
export const NOTE_REFUSED = 'NoteRefused';

export type SyncErrorInfo = {
  readonly connectorId?: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly permission?: string;
  /** What a check found, for people: `words/` has a sentence for its code. */
  readonly finding?: { readonly code: string; readonly facts: Readonly<Record<string, Fact>> };
  /** The other system's own words, quoted for display; never used to decide. */
  readonly quoted?: readonly string[];
  /** Which field the other system names. */
  readonly field?: string;
  /** What the refusal seems to be about (`connectors/kimai/refusals.ts`); for display only. */
  readonly refusal?: string;
  /** Why a system is not reached (`connectors/http/reach.ts`), and where to; for display only. */
  readonly reach?: { readonly problem: string; readonly host: string | null; readonly place: string | null };
};

/** An expected failure that says how to react; `message` is plain English for logs, `words/` speaks to people. */
export class SyncError extends Error {
  constructor(
    readonly code: SyncErrorCode,
    message: string,
    readonly info: SyncErrorInfo = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SyncError';
  }

  get reaction(): Reaction {
    return REACTIONS[this.code];
  }
}
