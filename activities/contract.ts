import type { AlertActivities } from './alerts/contract.js';
import type { BulkActivities } from './bulk-contract.js';
import type { UndoActivities } from './undo-contract.js';
import type { Cause } from '../domain/cause.js';
import type { Choice, DecisionParameters } from '../domain/conflict.js';

/*
 * What workflows may ask of the outside, and nothing else. Payloads carry ids, cursors and counters;
 * entries stay in the database. Failures arrive as ApplicationFailure whose `type` is a SyncErrorCode
 * or one of DECISION_FAILURES (both in domain/errors.ts).
 */

export type RunTrigger = 'person' | 'schedule' | 'cli' | 'probe' | 'webhooks';

/** Which tickets a reconciliation looks at: those with something new, of the whole bridge or of one ticket. */
export type Scope =
  | { readonly kind: 'bridge' }
  | { readonly kind: 'ticket'; readonly ticketId: string }
  | { readonly kind: 'conflict'; readonly conflictId: string }
  | { readonly kind: 'bulk'; readonly bulkId: string }
  | { readonly kind: 'undo'; readonly undoId: string };

export type FetchInput = { readonly bridgeId: string; readonly runId: string | null; readonly full: boolean };
export type Fetched = { readonly read: number; readonly changed: number; readonly unreadable: number };
/** `coveredUpTo`: the newest webhook delivery that was kept before the reading began; an older release does not say. */
export type FetchedTicket = Fetched & { readonly coveredUpTo?: number };

export type ReconcileInput = { readonly bridgeId: string; readonly scope: Scope; readonly cause: Cause };
/** `more`: there are further dirty tickets in the scope; call again. */
export type Reconciled = {
  readonly tickets: number;
  readonly asked: number;
  readonly planned: number;
  readonly agreed: number;
  readonly more: boolean;
  /** Nothing was dirty, and the bridge has nothing to write, to start or to tell. Older releases do not say. */
  readonly idle?: boolean;
};

export type ApplyInput = { readonly bridgeId: string; readonly scope: Scope; readonly cause: Cause };
/**
 * `dirty`: entries of the scope have to be planned again, because their facts moved under a write, a write was refused or
 * dropped, or one was taken back. `more`: planned writes are left that can be tried at once. `waitUntil`: writes whose outcome is unknown may be
 * looked up from this instant on. `targetPaused`: the connector paused; what is planned stays *waiting to be written*.
 */
export type Applied = {
  readonly written: number;
  readonly refused: number;
  readonly dropped: number;
  readonly dirty: boolean;
  readonly more: boolean;
  readonly waitUntil: string | null;
  readonly targetPaused: boolean;
};

export type BeginRun = {
  readonly bridgeId: string;
  readonly trigger: RunTrigger;
  readonly triggeredBy: string | null;
  readonly full: boolean;
  readonly workflowId: string;
  /** First run id of the process; one started by an older release does not say. */
  readonly executionId?: string;
};
export type RunBegun =
  | {
      readonly started: true;
      readonly runId: string;
      readonly sourcePaused: boolean;
      readonly targetPaused: boolean;
      /** The activities note the run's phases themselves; one that an older release began has `setRunPhase` called. */
      readonly notesPhases?: boolean;
    }
  /** The bridge is off or paused; `code` says which. */
  | { readonly started: false; readonly code: string };

export type RunPhase = 'fetching' | 'reconciling' | 'applying';

export type RunState = 'completed' | 'stopped' | 'failed' | 'target_paused';

export type DecideInput = {
  readonly decisionId: string;
  readonly conflictId: string;
  readonly version: string;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly note: string | null;
  readonly actor: { readonly kind: 'person' | 'settings'; readonly id: string; readonly name: string };
};
export type Decided = { readonly decisionId: string; readonly applyAfter: string; readonly graceMs: number };

/** What is asked stands in the database under this id. */
export type AskAgent = { readonly askId: string };
/**
 * `asleep`: false when something was written in the ticket after the note already. `until`: when the case comes back at the
 * latest, if there is such a day.
 */
export type Asked = { readonly noteId: string; readonly asleep: boolean; readonly until: string | null };

/** What a conflict's process needs to know after facts changed or a decision was planned. */
export type ConflictStanding = {
  readonly state: 'open' | 'deciding' | 'applying' | 'closed';
  readonly decisionId: string | null;
  /** While `deciding`: the end of the grace time. */
  readonly applyAfter: string | null;
  readonly snoozedUntil: string | null;
};

/**
 * `asConfirmed`: plan as if an admin had confirmed the first run, so that old entries are not asked for their age.
 * `reapply`: as if today's mappings and template were re-applied to what is written and open.
 */
export type PreviewInput = {
  readonly bridgeId: string;
  readonly previewId: string;
  readonly asConfirmed: boolean;
  readonly reapply?: boolean;
  readonly requestedBy: string | null;
};

export interface Activities extends AlertActivities, BulkActivities, UndoActivities {
  beginRun(input: BeginRun): Promise<RunBegun>;
  /** Reads what changed (or everything) from the source into the database; heartbeats its cursor. */
  fetchSource(input: FetchInput): Promise<Fetched>;
  /** Reads the target's rows: changed ones, or the whole window from `start_from` − 7 days. */
  fetchTarget(input: FetchInput): Promise<Fetched>;
  /** Users, activities, projects …; at a bridge's first run, nightly, and for a preview. */
  fetchCatalogues(input: { readonly bridgeId: string; readonly unlessWithinHours?: number }): Promise<void>;
  /** One ticket with all its entries, and its linked rows. */
  fetchTicket(input: { readonly bridgeId: string; readonly ticketId: string }): Promise<FetchedTicket>;
  /** One page of dirty tickets: both books in, a plan out; asks become conflicts, writes become ledger rows. */
  reconcile(input: ReconcileInput): Promise<Reconciled>;
  /** Counts what a run would update and delete; over the limits that class is held and a guard is opened. */
  guardRun(input: { readonly bridgeId: string; readonly runId: string }): Promise<{ readonly held: number }>;
  /** One page of planned ledger rows: fresh read, write, link, audit. */
  applyPlan(input: ApplyInput): Promise<Applied>;
  /** Proves the sums and closes the run. */
  finishRun(input: {
    readonly bridgeId: string;
    readonly runId: string;
    readonly state: RunState;
    readonly error: string | null;
  }): Promise<void>;
  /** For runs that an older release began. */
  setRunPhase(input: { readonly runId: string; readonly phase: RunPhase }): Promise<void>;
  /** Starts the processes of open conflicts that have none yet; at most 200 a call. `more` asks for another call. */
  openConflicts(input: {
    readonly bridgeId: string;
  }): Promise<{ readonly started: number; readonly more: boolean }>;

  recordDecision(input: DecideInput): Promise<Decided>;
  withdrawDecision(input: {
    readonly conflictId: string;
    readonly decisionId: string;
    readonly actorId: string;
  }): Promise<void>;
  /** After the grace time: compares the version again, plans with the decision in force. */
  planDecision(input: {
    readonly conflictId: string;
    readonly decisionId: string;
  }): Promise<{ readonly stale: boolean; readonly replan: boolean }>;
  /** After the writes: closes the case, or opens it again with the reason (refused, dropped, stale). */
  settleDecision(input: {
    readonly conflictId: string;
    readonly decisionId: string;
  }): Promise<ConflictStanding>;
  readConflict(input: { readonly conflictId: string }): Promise<ConflictStanding>;
  snoozeConflict(input: {
    readonly conflictId: string;
    readonly until: string | null;
    readonly untilChange: boolean;
    readonly actorId: string;
  }): Promise<void>;
  assignConflict(input: {
    readonly conflictId: string;
    readonly assigneeId: string | null;
    readonly actorId: string;
  }): Promise<void>;
  /** Asks the agent by an internal note in the ticket, and puts the case aside until something happens there. */
  askAgent(input: AskAgent): Promise<Asked>;
  noteUnasked(input: AskAgent): Promise<void>;
  remindOfConflict(input: { readonly conflictId: string; readonly reminders: number }): Promise<void>;

  /** A connector after a `pause_connector` failure. */
  pauseConnector(input: {
    readonly connectorId: string;
    readonly code: string;
    readonly message: string;
    /** What a check found, told to people instead of the code. */
    readonly finding?: unknown;
  }): Promise<void>;
  /** True when the connector answers again; it is `ok` from then on. */
  probeConnector(input: { readonly connectorId: string }): Promise<boolean>;
  /** Makes webhook and triggers in the source; what keeps it from working is an answer. */
  installWebhook(input: InstallWebhook): Promise<WebhookInstalled>;
  bridgesOf(input: { readonly connectorId: string }): Promise<readonly string[]>;
  /** Runs the connector's check; capabilities, catalogue and what it found are stored, the last for the API to read. */
  checkConnector(input: { readonly connectorId: string }): Promise<CheckDone>;

  /** A preview: begun, planned over everything that is staged, or given up. Keeps a summary and nothing else. */
  beginPreview(input: PreviewInput): Promise<void>;
  planPreview(input: PreviewInput): Promise<void>;
  failPreview(input: PreviewInput & { readonly code: string }): Promise<void>;
  /** Forgets a page of what is past its time; `more` asks for another call. */
  forgetOld(): Promise<{ readonly more: boolean }>;
  /** Seals every connector's token anew with the newest key; what is sealed with it already stays. */
  resealTokens(): Promise<Resealed>;
}

/** What a check found holds names and addresses: it is read from the database, by this id. */
export type CheckDone = { readonly checkId: string };

/** Secret and token are sealed for the worker; no token: the stored one. */
export type InstallWebhook = {
  readonly bridgeId: string;
  readonly connectorId: string;
  readonly url: string;
  readonly sealedSecret: string;
  readonly sealedToken: string | null;
};
export type WebhookInstalled =
  | { readonly ok: true; readonly action: 'created' | 'updated' }
  | {
      readonly ok: false;
      readonly code: string;
      readonly facts: Readonly<Record<string, string | number | boolean | null>>;
    };

/** `failed` names connectors whose token no key of the worker opens: they need a new one. */
export type Resealed = {
  readonly resealed: number;
  readonly current: number;
  readonly failed: readonly string[];
};
