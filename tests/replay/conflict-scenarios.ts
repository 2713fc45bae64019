import { randomUUID } from 'node:crypto';
import {
  askAgent,
  assignConflict,
  decideConflict,
  signalFactsChanged,
  snoozeConflict,
  withdrawDecision,
} from '../../temporal/conflicts.js';
import { workflowIds, type ConflictApprovalArgs } from '../../workflows/messages.js';
import { decisionOn, NOTHING_APPLIED } from '../integration/workflows/fake-world.js';
import { settle, type ReplayStage, type Scenario } from './stage.js';

const CASE = { bridgeId: 'demo', ticketId: '7', kind: 'missing' };

async function openCase(stage: ReplayStage, waits: Partial<ConflictApprovalArgs> = {}): Promise<string> {
  const conflictId = stage.world.openConflict();
  await stage.temporal.client.workflow.start('conflictApproval', {
    taskQueue: stage.temporal.taskQueue,
    workflowId: workflowIds.conflict(conflictId),
    args: [
      {
        conflictId,
        bridgeId: 'demo',
        remindEveryMs: 3_600_000,
        retryFirstMs: 50,
        retryMostMs: 200,
        ...waits,
      },
    ],
  });
  await settle();
  return conflictId;
}

async function endOfCase(stage: ReplayStage, conflictId: string): Promise<string> {
  const id = workflowIds.conflict(conflictId);
  await stage.temporal.client.workflow.getHandle(id).result();
  return id;
}

const decideNow = ({ temporal }: ReplayStage, conflictId: string) =>
  decideConflict(temporal, { ...CASE, conflictId }, decisionOn(conflictId));

/** Ways of a question. */
export const conflictScenarios = {
  'conflict-decided': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage);
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-new-and-decided': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage, { isNew: true });
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-withdrawn-and-decided': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage);
      stage.world.graceMs = 2_000;
      const { decisionId } = await decideNow(stage, id);
      await withdrawDecision(stage.temporal, { conflictId: id, decisionId, actorId: 'anna' });
      await settle();
      stage.world.graceMs = 200;
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-stale-then-vanished': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage);
      await decideNow(stage, id);
      stage.world.row(id).version = 'v2';
      await settle();
      await settle();
      stage.world.row(id).state = 'closed';
      await signalFactsChanged(stage.temporal, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-reminded-and-snoozed': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage, { remindEveryMs: 300 });
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const snooze = { until, untilChange: false, actorId: 'anna' };
      await snoozeConflict(stage.temporal, { ...CASE, conflictId: id }, snooze);
      await settle();
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-assigned': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage);
      const assignment = { assigneeId: 'berta', actorId: 'anna' };
      await assignConflict(stage.temporal, { ...CASE, conflictId: id }, assignment);
      await settle();
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-asked': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      const id = await openCase(stage);
      await askAgent(stage.temporal, { ...CASE, conflictId: id }, { askId: randomUUID() });
      await settle();
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-gap-closed': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      stage.world.overrides.planDecision = async () => ({ stale: false, replan: true });
      const id = await openCase(stage);
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
  'conflict-waits-for-target': {
    workflow: 'conflictApproval',
    play: async (stage) => {
      let tries = 0;
      stage.world.overrides.applyPlan = async () => ({ ...NOTHING_APPLIED, targetPaused: (tries += 1) < 3 });
      const id = await openCase(stage);
      await decideNow(stage, id);
      return endOfCase(stage, id);
    },
  },
} as const satisfies Record<string, Scenario>;
