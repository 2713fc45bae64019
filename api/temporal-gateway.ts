import type {
  AskAgent,
  Asked,
  CheckDone,
  Decided,
  DecideInput,
  InstallWebhook,
  PreviewArgs,
  Resealed,
  WebhookInstalled,
} from '../workflows/messages.js';
import { startAlerts } from '../temporal/alerts.js';
import { startBulk, withdrawBulk } from '../temporal/bulks.js';
import {
  askAgent,
  assignConflict,
  decideConflict,
  snoozeConflict,
  withdrawDecision,
  type Assignment,
  type ConflictRef,
  type Snooze,
} from '../temporal/conflicts.js';
import type { Temporal } from '../temporal/connect.js';
import { resealTokens, startPreview } from '../temporal/previews.js';
import { runCheck, runWebhookInstall, startRun, stopRun, type RunStarted } from '../temporal/runs.js';
import { ensureBridgeSchedules, nextRuns, type BridgeSchedule } from '../temporal/schedules.js';
import { signalTicketChanged } from '../temporal/tickets.js';
import { startUndo, type UndoRef } from '../temporal/undos.js';
import type { StartRunArgs } from '../workflows/messages.js';

/** What the API asks of the durable processes. Every method may reject with a TemporalCallError. */
export interface TemporalGateway {
  decideConflict(conflict: ConflictRef, input: DecideInput): Promise<Decided>;
  withdrawDecision(input: Withdrawal): Promise<void>;
  snoozeConflict(conflict: ConflictRef, input: Snooze): Promise<void>;
  assignConflict(conflict: ConflictRef, input: Assignment): Promise<void>;
  askAgent(conflict: ConflictRef, input: AskAgent): Promise<Asked>;
  startRun(args: StartRunArgs): Promise<RunStarted>;
  stopRun(bridgeId: string): Promise<void>;
  /** `id`: the delivery that says so, by its row. */
  signalTicketChanged(delivery: {
    readonly id: string;
    readonly bridgeId: string;
    readonly ticketId: string;
  }): Promise<void>;
  checkConnector(connectorId: string): Promise<CheckDone>;
  installWebhook(args: InstallWebhook): Promise<WebhookInstalled>;
  startPreview(args: PreviewArgs): Promise<void>;
  resealTokens(): Promise<Resealed>;
  /** Tells people what is due; a process under way is left alone. */
  startAlerts(): Promise<void>;
  applySchedule(schedule: BridgeSchedule): Promise<void>;
  nextRuns(bridgeId: string): Promise<readonly Date[]>;
  /** Starts the process of a bulk decision or an undoing whose rows are stored; one that runs is left alone. */
  startBulk(bulkId: string): Promise<void>;
  withdrawBulk(input: BulkWithdrawal): Promise<void>;
  startUndo(undo: UndoRef): Promise<void>;
  reachable(): Promise<boolean>;
}

export type BulkWithdrawal = { readonly bulkId: string; readonly actorId: string };

export type Withdrawal = {
  readonly conflictId: string;
  readonly decisionId: string;
  readonly actorId: string;
};

const REACH_MS = 1_000;

/** The gateway to a real Temporal; it connects with the first call, so the API starts while Temporal is down. */
export const temporalGateway = (temporal: Temporal): TemporalGateway => ({
  decideConflict: (conflict, input) => decideConflict(temporal, conflict, input),
  withdrawDecision: (input) => withdrawDecision(temporal, input),
  snoozeConflict: (conflict, input) => snoozeConflict(temporal, conflict, input),
  assignConflict: (conflict, input) => assignConflict(temporal, conflict, input),
  askAgent: (conflict, input) => askAgent(temporal, conflict, input),
  startRun: (args) => startRun(temporal, args),
  stopRun: (bridgeId) => stopRun(temporal, bridgeId),
  signalTicketChanged: ({ id, bridgeId, ticketId }) =>
    signalTicketChanged(temporal, { bridgeId, ticketId, deliveryId: id }),
  checkConnector: (connectorId) => runCheck(temporal, connectorId),
  installWebhook: (args) => runWebhookInstall(temporal, args),
  startPreview: (args) => startPreview(temporal, args),
  resealTokens: () => resealTokens(temporal),
  startAlerts: () => startAlerts(temporal),
  applySchedule: (schedule) => ensureBridgeSchedules(temporal, schedule),
  nextRuns: (bridgeId) => nextRuns(temporal, bridgeId),
  startBulk: (bulkId) => startBulk(temporal, bulkId),
  withdrawBulk: (input) => withdrawBulk(temporal, input),
  startUndo: (undo) => startUndo(temporal, undo),
  reachable: () => reachable(temporal),
});

async function reachable(temporal: Temporal): Promise<boolean> {
  const { client } = temporal;
  try {
    await client.withDeadline(Date.now() + REACH_MS, () => client.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}
