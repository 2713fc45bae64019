import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { BulkStanding } from '../../../activities/bulk-contract.js';
import type {
  Activities,
  Applied,
  ConflictStanding,
  Decided,
  DecideInput,
  Reconciled,
  RunState,
} from '../../../activities/contract.js';
import { DECISION_FAILURES } from '../../../domain/errors.js';

type Row = {
  state: ConflictStanding['state'];
  version: string;
  decisionId: string | null;
  applyAfter: string | null;
  snoozedUntil: string | null;
};

export const NOTHING_APPLIED: Applied = {
  written: 0,
  refused: 0,
  dropped: 0,
  dirty: false,
  more: false,
  waitUntil: null,
  targetPaused: false,
};
export const NOTHING_RECONCILED: Reconciled = { tickets: 0, asked: 0, planned: 0, agreed: 0, more: false };

/**
 * Activities over memory instead of a database and two systems. A test scripts answers, or replaces one activity in
 * `overrides`; everything that was called is in `calls`.
 */
export class FakeWorld {
  readonly calls: { readonly name: keyof Activities; readonly input: unknown; readonly at: number }[] = [];
  readonly rows = new Map<string, Row>();
  readonly runs = new Map<string, { state: RunState | 'running'; error: string | null }>();
  readonly applied: string[] = [];
  readonly overrides: Partial<Activities> = {};
  /** What `reconcile` and `applyPlan` answer, in order; afterwards that nothing is left. */
  readonly reconcileAnswers: Reconciled[] = [];
  readonly applyAnswers: Applied[] = [];
  /** Whether a page of alerts is followed by another; then there are no more. */
  readonly alertPages: boolean[] = [];
  readonly forgetPages: boolean[] = [];
  readonly bridges: string[] = [];
  bulk: { state: BulkStanding['state']; applyAfter: string | null; pagesLeft: number } = {
    state: 'recording',
    applyAfter: null,
    pagesLeft: 3,
  };
  sourcePaused = false;
  targetPaused = false;
  refusedToBegin: string | null = null;
  graceMs = 300;

  /** An open conflict with a fresh id. */
  openConflict(): string {
    const id = randomUUID();
    const row: Row = { state: 'open', version: 'v1', decisionId: null, applyAfter: null, snoozedUntil: null };
    this.rows.set(id, row);
    return id;
  }

  row(conflictId: string): Row {
    const row = this.rows.get(conflictId);
    if (!row) throw new Error(`No conflict ${conflictId}`);
    return row;
  }

  called(name: keyof Activities): unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  /** The names of what was called, in order. */
  get order(): (keyof Activities)[] {
    return this.calls.map(({ name }) => name);
  }

  activities(): Activities {
    const plain = this.plainActivities();
    const noted = <K extends keyof Activities>(name: K): [string, unknown] => [
      name,
      (input: never) => {
        this.calls.push({ name, input, at: Date.now() });
        const act: (input: never) => Promise<unknown> = this.overrides[name] ?? plain[name];
        return act(input);
      },
    ];
    const names = Object.keys(plain).filter((name): name is keyof Activities => name in plain);
    const wrapped: Record<string, unknown> = Object.fromEntries(names.map(noted));
    return { ...plain, ...wrapped };
  }

  private plainActivities(): Activities {
    return {
      ...this.runActivities(),
      ...this.conflictActivities(),
      ...this.connectorActivities(),
      ...this.bulkActivities(),
      ...this.undoActivities(),
      installWebhook: async () => ({ ok: true, action: 'created' }),
      composeAlerts: async () => ({ more: this.alertPages.shift() ?? false }),
      forgetOld: async () => ({ more: this.forgetPages.shift() ?? false }),
      sendAlerts: async () => ({ sent: 1, more: false }),
    };
  }

  private runActivities() {
    const nothing = { read: 0, changed: 0, unreadable: 0 };
    return {
      beginRun: async () => {
        if (this.refusedToBegin !== null) return { started: false as const, code: this.refusedToBegin };
        const runId = randomUUID();
        this.runs.set(runId, { state: 'running', error: null });
        const { sourcePaused, targetPaused } = this;
        return { started: true as const, runId, sourcePaused, targetPaused, notesPhases: true };
      },
      fetchSource: async () => ({ ...nothing, read: 10, changed: 3 }),
      fetchTarget: async () => ({ ...nothing, read: 20 }),
      fetchTicket: async () => ({ ...nothing, read: 1, changed: 1 }),
      fetchCatalogues: async () => undefined,
      reconcile: async () => this.reconcileAnswers.shift() ?? NOTHING_RECONCILED,
      guardRun: async () => ({ held: 0 }),
      applyPlan: async () => this.applyAnswers.shift() ?? NOTHING_APPLIED,
      finishRun: async ({ runId, state, error }) => {
        this.runs.set(runId, { state, error });
      },
      setRunPhase: async () => undefined,
      openConflicts: async () => ({ started: 0, more: false }),
    } satisfies Partial<Activities>;
  }

  private conflictActivities() {
    return {
      recordDecision: async (input: DecideInput) => this.recordDecision(input),
      withdrawDecision: async ({ conflictId, decisionId }) => {
        const row = this.row(conflictId);
        if (row.decisionId !== decisionId || row.state !== 'deciding') throw refused('closed');
        Object.assign(row, { state: 'open', decisionId: null, applyAfter: null });
      },
      planDecision: async ({ conflictId, decisionId }) => {
        const row = this.row(conflictId);
        if (row.version !== 'v1') {
          Object.assign(row, { state: 'open', decisionId: null, applyAfter: null });
          return { stale: true, replan: false };
        }
        if (row.decisionId !== decisionId) throw refused('closed');
        row.state = 'applying';
        return { stale: false, replan: false };
      },
      settleDecision: async ({ conflictId }) => {
        this.applied.push(conflictId);
        Object.assign(this.row(conflictId), { state: 'closed' });
        return this.standing(conflictId);
      },
      readConflict: async ({ conflictId }) => this.standing(conflictId),
      snoozeConflict: async ({ conflictId, until }) => {
        this.row(conflictId).snoozedUntil = until;
      },
      assignConflict: async () => undefined,
      askAgent: async () => ({ noteId: '90', asleep: true, until: null }),
      noteUnasked: async () => undefined,
      remindOfConflict: async () => undefined,
    } satisfies Partial<Activities>;
  }

  private connectorActivities() {
    return {
      pauseConnector: async () => undefined,
      probeConnector: async () => true,
      bridgesOf: async () => this.bridges,
      checkConnector: async () => ({ checkId: '7b0b1f6e-6d3c-4d7b-9a53-0d3f7a1c2e11' }),
      beginPreview: async () => undefined,
      planPreview: async () => undefined,
      failPreview: async () => undefined,
      resealTokens: async () => ({ resealed: 1, current: 1, failed: [] }),
    } satisfies Partial<Activities>;
  }

  /** Of one bulk: three pages of cases are recorded, one is written. */
  private bulkActivities() {
    const standing = () => ({ ...this.bulk, bridgeIds: ['demo'], counts: {} });
    return {
      readBulk: async () => standing(),
      recordBulkPage: async () => ({ more: (this.bulk.pagesLeft -= 1) > 0 }),
      startBulkGrace: async () => {
        const applyAfter = new Date(Date.now() + this.graceMs).toISOString();
        if (this.bulk.state === 'recording') Object.assign(this.bulk, { state: 'grace', applyAfter });
        return standing();
      },
      withdrawBulk: async () => {
        if (this.bulk.state !== 'recording' && this.bulk.state !== 'grace') throw refused('closed');
        this.bulk.state = 'withdrawn';
      },
      planBulkPage: async () => {
        this.bulk.state = 'applying';
        return { more: false, replan: [] };
      },
      settleBulkPage: async () => ({ next: null, waiting: 0 }),
      finishBulk: async () => {
        this.bulk.state = 'done';
        return { applied: 3 };
      },
    } satisfies Partial<Activities>;
  }

  private undoActivities() {
    return {
      readUndo: async () => ({ state: 'open' as const, bridgeIds: ['demo'], counts: {} }),
      beginUndo: async () => undefined,
      planUndoPage: async () => ({ more: false }),
      finishUndo: async () => ({ finished: true }),
    } satisfies Partial<Activities>;
  }

  /** Idempotent by decision id, and by compare-and-set on the version. */
  private recordDecision({ conflictId, decisionId, version }: DecideInput): Decided {
    const row = this.row(conflictId);
    if (row.decisionId === decisionId && row.applyAfter !== null) {
      return { decisionId, applyAfter: row.applyAfter, graceMs: this.graceMs };
    }
    if (row.state !== 'open') throw refused('closed');
    if (row.version !== version) throw refused('stale');
    const applyAfter = new Date(Date.now() + this.graceMs).toISOString();
    Object.assign(row, { state: 'deciding', decisionId, applyAfter });
    return { decisionId, applyAfter, graceMs: this.graceMs };
  }

  private standing(conflictId: string): ConflictStanding {
    const { state, decisionId, applyAfter, snoozedUntil } = this.row(conflictId);
    return { state, decisionId, applyAfter, snoozedUntil };
  }
}

function refused(why: keyof typeof DECISION_FAILURES): ApplicationFailure {
  const type = DECISION_FAILURES[why];
  return ApplicationFailure.create({ type, message: type, nonRetryable: true });
}

/** A failure as the worker makes it from a SyncError that pauses a connector. */
export function rejectedToken(connectorId: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'credentials_rejected',
    message: 'The token is not known',
    details: [{ connectorId }],
    nonRetryable: true,
  });
}

/** One member of an activity's input. */
export function fieldOf(input: unknown, name: string): unknown {
  const value: unknown = Reflect.get(Object(input), name);
  return value;
}

export function decisionOn(conflictId: string, overrides: Partial<DecideInput> = {}): DecideInput {
  return {
    decisionId: randomUUID(),
    conflictId,
    version: 'v1',
    choice: 'create',
    parameters: {},
    note: null,
    actor: { kind: 'person', id: 'anna', name: 'Anna' },
    ...overrides,
  };
}
