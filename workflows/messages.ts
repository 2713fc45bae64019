import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  AskAgent,
  Asked,
  CheckDone,
  InstallWebhook,
  WebhookInstalled,
  ConflictStanding,
  Decided,
  DecideInput,
  PreviewInput,
  Resealed,
  RunPhase,
  RunTrigger,
} from '../activities/contract.js';

/** What messages carry, for those who send them: the API and the command line know no activities. */
export type { AskAgent, Asked, CheckDone, Decided, DecideInput, InstallWebhook, Resealed, WebhookInstalled };

/* Every message and argument under its own name; API, worker and tests import the same constants. */

export const TASK_QUEUE = 'timebridge';

/** Search attributes, registered by the worker before it polls. */
export const SEARCH_ATTRIBUTES = {
  bridge: 'TbBridge',
  ticket: 'TbTicket',
  kind: 'TbConflictKind',
  trigger: 'TbTrigger',
} as const;

export const workflowIds = {
  startRun: (bridgeId: string) => `start-run/${bridgeId}`,
  syncRun: (bridgeId: string) => `sync-run/${bridgeId}`,
  ticketSync: (bridgeId: string, ticketId: string) => `ticket-sync/${bridgeId}/${ticketId}`,
  conflict: (conflictId: string) => `conflict/${conflictId}`,
  probe: (connectorId: string) => `probe/${connectorId}`,
  checkConnector: (connectorId: string) => `check/${connectorId}`,
  installWebhook: (bridgeId: string) => `webhook/${bridgeId}`,
  bulk: (bulkId: string) => `bulk/${bulkId}`,
  undo: (subjectId: string) => `undo/${subjectId}`,
  preview: (bridgeId: string) => `preview/${bridgeId}`,
  resealTokens: 'reseal-tokens',
  alerts: 'alerts',
  retention: 'retention',
} as const;

export const scheduleIds = {
  run: (bridgeId: string) => `run/${bridgeId}`,
  nightly: (bridgeId: string) => `nightly/${bridgeId}`,
  retention: 'retention',
} as const;

export type StartRunArgs = {
  readonly bridgeId: string;
  readonly trigger: RunTrigger;
  readonly triggeredBy: string | null;
  readonly full: boolean;
};
export type StartRunResult = { readonly started: true } | { readonly started: false; readonly running: true };

export type SyncRunArgs = StartRunArgs & { readonly carried?: SyncRunCarried };
export type SyncRunProgress = {
  readonly runId: string | null;
  readonly phase: RunPhase | 'finished';
  readonly read: number;
  readonly tickets: number;
  readonly asked: number;
  readonly written: number;
  readonly refused: number;
};
/** Handed to the next run by continue-as-new: everything is read, what is left is to reconcile and to write. */
export type SyncRunCarried = {
  readonly runId: string;
  readonly progress: SyncRunProgress;
  readonly notesPhases?: boolean;
};

export type TicketSyncArgs = {
  readonly bridgeId: string;
  readonly ticketId: string;
  /** Shortest time between two syncs of the ticket while signals keep coming. */
  readonly spacingMs: number;
  /**
   * Starts processes only when the ticket asks something. Processes that an older release started are without it, and go
   * on as they began.
   */
  readonly ownQuestionsOnly?: boolean;
  /** Handed on by continue-as-new: see `TicketChanged`. */
  readonly coveredUpTo?: number;
};
/**
 * Which webhook delivery says so, by its row's id. A sync that began after the row was kept has read the change already,
 * however late the signal comes. Without one the ticket is read in any case.
 */
export type TicketChanged = { readonly deliveryId: number };

export type ConflictApprovalArgs = {
  readonly conflictId: string;
  readonly bridgeId: string;
  readonly remindEveryMs: number;
  /** First and longest wait between two tries to write a decision while the target does not answer. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
  /** Open a moment ago. Who says so looks after the start whether that still holds, so the process need not look first. */
  readonly isNew?: true;
  readonly carried?: ConflictCarried;
};
/** The clock of reminders; where the case stands is read again from its row. */
export type ConflictCarried = { readonly reminders: number; readonly since: number };
export type ConflictView = {
  /** `unknown` until the row has been read for the first time. */
  readonly phase: ConflictStanding['state'] | 'unknown';
  readonly decisionId: string | null;
  readonly applyAfter: string | null;
  readonly reminders: number;
};

/** Waits between two looks at a paused connector. */
export const PROBE_BACKOFF = { firstMs: 5_000, mostMs: 300_000 } as const;
export type ProbeArgs = { readonly connectorId: string; readonly firstMs: number; readonly mostMs: number };

export type PreviewArgs = PreviewInput;
export type CheckConnectorArgs = { readonly connectorId: string };

export type BulkDecisionArgs = {
  readonly bulkId: string;
  /** First and longest wait between two tries to write while the target does not answer. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
};
export type BulkProgress = {
  readonly phase: 'reading' | 'recording' | 'grace' | 'withdrawing' | 'withdrawn' | 'applying' | 'done';
  readonly applyAfter: string | null;
  /** Items by how they stand. */
  readonly counts: Readonly<Record<string, number>>;
};

export type UndoArgs = {
  readonly undoId: string;
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
};
export type UndoProgress = {
  readonly phase: 'reading' | 'writing' | 'done';
  readonly counts: Readonly<Record<string, number>>;
};

export const progress = defineQuery<SyncRunProgress>('progress');
export const bulkProgress = defineQuery<BulkProgress>('progress');
export const undoProgress = defineQuery<UndoProgress>('progress');
export const stop = defineSignal('stop');
export const ticketChanged = defineSignal<[TicketChanged?]>('ticketChanged');
export const decide = defineUpdate<Decided, [DecideInput]>('decide');
export const withdraw = defineUpdate<void, [{ readonly decisionId: string; readonly actorId: string }]>(
  'withdraw',
);
export const factsChanged = defineSignal('factsChanged');
export const snooze =
  defineSignal<[{ readonly until: string | null; readonly untilChange: boolean; readonly actorId: string }]>(
    'snooze',
  );
export const assign =
  defineSignal<[{ readonly assigneeId: string | null; readonly actorId: string }]>('assign');
/** To the agent, by a note in the ticket. */
export const ask = defineUpdate<Asked, [AskAgent]>('ask');
export const view = defineQuery<ConflictView>('view');
/** To a bulk decision: all of it. */
export const withdrawAll = defineUpdate<void, [{ readonly actorId: string }]>('withdraw');
