import type { ConflictRef } from '../temporal/conflicts.js';
import type { UndoRef } from '../temporal/undos.js';
import type { BridgeSchedule } from '../temporal/schedules.js';

export type WaitingDelivery = {
  readonly id: string;
  readonly bridgeId: string;
  readonly ticketId: string;
};

export type CrowdedBridge = { readonly bridgeId: string; readonly mayRun: boolean };

/** A case to tell about; `since` is the note that says so. */
export type Untold = { readonly id: string; readonly since: string };
export type OpenRun = { readonly runId: string; readonly bridgeId: string };

/** What the keeper reads from our database; the only truth about what should be running. */
export interface KeeperStore {
  /** Takes the advisory lock that only one worker may hold; null when another has it. Call the answer to let go. */
  tryLock(): Promise<(() => Promise<void>) | null>;
  /** Every bridge, also those without a schedule or switched off: their `cron` texts are null. */
  listBridgesWithSchedules(): Promise<readonly BridgeSchedule[]>;
  /** Ids of bridges whose open conflicts need a process. */
  liveBridges(): Promise<readonly string[]>;
  /** Conflicts of these bridges whose row is not closed. */
  openConflictCount(): Promise<number>;
  /** The same in the order of their ids, those after `afterId`. */
  openConflicts(afterId: string | null, limit: number): Promise<readonly ConflictRef[]>;
  /** Cases whose rows moved and whose processes nobody told yet. */
  untoldConflicts(limit: number): Promise<readonly Untold[]>;
  markTold(told: readonly Untold[]): Promise<void>;
  /** Runs that are open by their rows. */
  runningRuns(): Promise<readonly OpenRun[]>;
  /** Closes the row of a run that no process works on. */
  abandonRun(runId: string): Promise<void>;
  /** Bridges of which more tickets than this wait to be told of, and whether a run of theirs should read them now. */
  crowdedBridges(moreThan: number): Promise<readonly CrowdedBridge[]>;
  /** Webhook deliveries that no process has been told of, oldest first, without those of some bridges. */
  unsignalledDeliveries(limit: number, without: readonly string[]): Promise<readonly WaitingDelivery[]>;
  markSignalled(deliveryIds: readonly string[]): Promise<void>;
  /** Bulk decisions and undoings that are not done. */
  unfinishedBulks(): Promise<readonly string[]>;
  unfinishedUndos(): Promise<readonly UndoRef[]>;
  /** Ids of connectors whose health is `paused`. */
  pausedConnectors(): Promise<readonly string[]>;
  /** Whether there is something to tell people now. */
  alertsAreDue(): Promise<boolean>;
}
