import { ApplicationFailure } from '@temporalio/common';
import { resealTokens, startPreview } from '../../temporal/previews.js';
import { startAlerts } from '../../temporal/alerts.js';
import { startBulk, withdrawBulk } from '../../temporal/bulks.js';
import { startUndo } from '../../temporal/undos.js';
import { runCheck, runWebhookInstall, startRun, stopRun } from '../../temporal/runs.js';
import { signalTicketChanged } from '../../temporal/tickets.js';
import { workflowIds, type StartRunArgs } from '../../workflows/messages.js';
import { NOTHING_APPLIED, NOTHING_RECONCILED, rejectedToken } from '../integration/workflows/fake-world.js';
import { conflictScenarios } from './conflict-scenarios.js';
import { settle, type ReplayStage, type Scenario } from './stage.js';

const RUN: StartRunArgs = { bridgeId: 'demo', trigger: 'person', triggeredBy: 'anna', full: true };

async function playRun(stage: ReplayStage, args: StartRunArgs = RUN): Promise<string> {
  await startRun(stage.temporal, args);
  const id = workflowIds.syncRun(args.bridgeId);
  await stage.temporal.client.workflow
    .getHandle(id)
    .result()
    .catch(() => undefined);
  return id;
}

async function playPreview({ temporal }: ReplayStage): Promise<string> {
  await startPreview(temporal, { bridgeId: 'demo', previewId: 'p1', asConfirmed: true, requestedBy: 'anna' });
  const id = workflowIds.preview('demo');
  await temporal.client.workflow.getHandle(id).result();
  return id;
}

const runScenarios = {
  'start-run-started': {
    workflow: 'startRun',
    play: async (stage) => {
      await playRun(stage);
      return workflowIds.startRun(RUN.bridgeId);
    },
  },
  'start-run-while-one-runs': {
    workflow: 'startRun',
    play: async (stage) => {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      stage.world.overrides.fetchTarget = async () =>
        opened.then(() => ({ read: 0, changed: 0, unreadable: 0 }));
      await startRun(stage.temporal, RUN);
      await startRun(stage.temporal, RUN);
      open();
      await stage.temporal.client.workflow.getHandle(workflowIds.syncRun(RUN.bridgeId)).result();
      return workflowIds.startRun(RUN.bridgeId);
    },
  },
  'sync-run-completed': {
    workflow: 'syncRun',
    play: (stage) => {
      const { world } = stage;
      world.reconcileAnswers.push({ ...NOTHING_RECONCILED, tickets: 200, planned: 5, more: true });
      world.applyAnswers.push(
        { ...NOTHING_APPLIED, written: 4, more: true },
        { ...NOTHING_APPLIED, refused: 1 },
      );
      return playRun(stage);
    },
  },
  'sync-run-idle': {
    workflow: 'syncRun',
    play: (stage) => {
      stage.world.reconcileAnswers.push({ ...NOTHING_RECONCILED, idle: true });
      return playRun(stage, { ...RUN, full: false });
    },
  },
  'sync-run-notes-its-phases': {
    workflow: 'syncRun',
    play: (stage) => {
      stage.world.reconcileAnswers.push({ ...NOTHING_RECONCILED, tickets: 1, planned: 1 });
      stage.world.applyAnswers.push({ ...NOTHING_APPLIED, written: 1 });
      return playRun(stage, { ...RUN, full: false });
    },
  },
  'sync-run-unknown-outcome': {
    workflow: 'syncRun',
    play: (stage) => {
      const waitUntil = new Date(Date.now() + 1_500).toISOString();
      stage.world.applyAnswers.push({ ...NOTHING_APPLIED, waitUntil });
      return playRun(stage, { ...RUN, full: false });
    },
  },
  'sync-run-stopped': {
    workflow: 'syncRun',
    play: (stage) => {
      stage.world.overrides.applyPlan = async () => {
        await stopRun(stage.temporal, RUN.bridgeId);
        return { ...NOTHING_APPLIED, written: 1, more: true };
      };
      return playRun(stage);
    },
  },
  'sync-run-not-begun': {
    workflow: 'syncRun',
    play: (stage) => {
      stage.world.refusedToBegin = 'bridge_off';
      return playRun(stage);
    },
  },
  'sync-run-failed': {
    workflow: 'syncRun',
    play: (stage) => {
      stage.world.overrides.fetchSource = async () =>
        Promise.reject(ApplicationFailure.nonRetryable('a defect', 'TypeError'));
      return playRun(stage);
    },
  },
  'sync-run-pauses-target': {
    workflow: 'syncRun',
    play: (stage) => {
      stage.world.overrides.applyPlan = async () => Promise.reject(rejectedToken('kimai'));
      return playRun(stage);
    },
  },
} as const satisfies Record<string, Scenario>;

const smallScenarios = {
  'ticket-sync-coalesced': {
    workflow: 'ticketSync',
    play: async ({ temporal }) => {
      const ticket = { bridgeId: 'demo', ticketId: '7', spacingMs: 500 };
      for (let signal = 0; signal < 12; signal += 1) await signalTicketChanged(temporal, ticket);
      const id = workflowIds.ticketSync(ticket.bridgeId, ticket.ticketId);
      await temporal.client.workflow.getHandle(id).result();
      return id;
    },
  },
  'ticket-sync-asks-nothing': {
    workflow: 'ticketSync',
    play: async ({ temporal }) => {
      const ticket = { bridgeId: 'demo', ticketId: '10', spacingMs: 100 };
      await signalTicketChanged(temporal, ticket);
      const id = workflowIds.ticketSync(ticket.bridgeId, ticket.ticketId);
      await temporal.client.workflow.getHandle(id).result();
      return id;
    },
  },
  'ticket-sync-covered-by-a-reading': {
    workflow: 'ticketSync',
    play: async ({ temporal, world }) => {
      const ticket = { bridgeId: 'demo', ticketId: '9', spacingMs: 500 };
      const covered = [3, 5];
      world.overrides.fetchTicket = async () => {
        return { read: 1, changed: 1, unreadable: 0, coveredUpTo: covered.shift() ?? 0 };
      };
      for (const deliveryId of ['1', '2', '3', '4', '5'])
        await signalTicketChanged(temporal, { ...ticket, deliveryId });
      const id = workflowIds.ticketSync(ticket.bridgeId, ticket.ticketId);
      await temporal.client.workflow.getHandle(id).result();
      return id;
    },
  },
  'ticket-sync-pauses-connector': {
    workflow: 'ticketSync',
    play: async ({ temporal, world }) => {
      const ticket = { bridgeId: 'demo', ticketId: '8', spacingMs: 100 };
      world.overrides.fetchTicket = async () => Promise.reject(rejectedToken('zammad'));
      await signalTicketChanged(temporal, ticket);
      const id = workflowIds.ticketSync(ticket.bridgeId, ticket.ticketId);
      await temporal.client.workflow.getHandle(id).result();
      return id;
    },
  },
  'probe-catches-up': {
    workflow: 'probe',
    play: async ({ temporal, world }) => {
      let looks = 0;
      world.overrides.probeConnector = async () => (looks += 1) > 2;
      world.bridges.push('demo');
      const id = workflowIds.probe('kimai');
      await temporal.client.workflow.execute('probe', {
        taskQueue: temporal.taskQueue,
        workflowId: id,
        args: [{ connectorId: 'kimai', firstMs: 100, mostMs: 200 }],
      });
      return id;
    },
  },
  'preview-made': {
    workflow: 'preview',
    play: (stage) => playPreview(stage),
  },
  'preview-failed': {
    workflow: 'preview',
    play: (stage) => {
      stage.world.overrides.fetchSource = async () => Promise.reject(rejectedToken('zammad'));
      return playPreview(stage);
    },
  },
  'alerts-delivered': {
    workflow: 'deliverAlerts',
    play: async ({ temporal, world }) => {
      world.alertPages.push(true);
      await startAlerts(temporal);
      await temporal.client.workflow.getHandle(workflowIds.alerts).result();
      return workflowIds.alerts;
    },
  },
  'retention-in-two-pages': {
    workflow: 'retention',
    play: async ({ temporal, world }) => {
      world.forgetPages.push(true);
      await temporal.client.workflow.execute('retention', {
        taskQueue: temporal.taskQueue,
        workflowId: workflowIds.retention,
      });
      return workflowIds.retention;
    },
  },
  'reseal-tokens': {
    workflow: 'resealTokens',
    play: async ({ temporal }) => {
      await resealTokens(temporal);
      return workflowIds.resealTokens;
    },
  },
  'install-webhook': {
    workflow: 'installWebhook',
    play: async ({ temporal }) => {
      await runWebhookInstall(temporal, {
        ...{ bridgeId: 'demo', connectorId: 'zammad', url: 'https://tb.example.com/hook' },
        ...{ sealedSecret: 'sealed', sealedToken: null },
      });
      return workflowIds.installWebhook('demo');
    },
  },
  'check-connector': {
    workflow: 'checkConnector',
    play: async ({ temporal }) => {
      await runCheck(temporal, 'kimai');
      return workflowIds.checkConnector('kimai');
    },
  },
} as const satisfies Record<string, Scenario>;

const manyScenarios = {
  'bulk-applied': {
    workflow: 'bulkDecision',
    play: async ({ temporal, world }) => {
      world.applyAnswers.push({ ...NOTHING_APPLIED, written: 3 });
      await startBulk(temporal, 'bulk-1');
      await temporal.client.workflow.getHandle(workflowIds.bulk('bulk-1')).result();
      return workflowIds.bulk('bulk-1');
    },
  },
  'bulk-lets-a-guard-go': {
    workflow: 'bulkDecision',
    play: async ({ temporal, world }) => {
      world.overrides.planBulkPage = async () => {
        return { more: false, replan: ['demo'], released: [{ bridgeId: 'demo', decisionId: 'decision-1' }] };
      };
      world.applyAnswers.push(NOTHING_APPLIED, { ...NOTHING_APPLIED, written: 11 });
      await startBulk(temporal, 'bulk-1');
      await temporal.client.workflow.getHandle(workflowIds.bulk('bulk-1')).result();
      return workflowIds.bulk('bulk-1');
    },
  },
  'bulk-leaves-processes-to-the-run': {
    workflow: 'bulkDecision',
    play: async ({ temporal, world }) => {
      world.overrides.openConflicts = async () => ({ started: 200, more: true });
      await startBulk(temporal, 'bulk-1');
      await temporal.client.workflow.getHandle(workflowIds.bulk('bulk-1')).result();
      return workflowIds.bulk('bulk-1');
    },
  },
  'bulk-withdrawn': {
    workflow: 'bulkDecision',
    play: async ({ temporal, world }) => {
      world.graceMs = 5_000;
      await startBulk(temporal, 'bulk-1');
      await settle();
      await withdrawBulk(temporal, { bulkId: 'bulk-1', actorId: 'anna' });
      await temporal.client.workflow.getHandle(workflowIds.bulk('bulk-1')).result();
      return workflowIds.bulk('bulk-1');
    },
  },
  'undo-of-a-run': {
    workflow: 'undo',
    play: async ({ temporal, world }) => {
      let rounds = 0;
      world.overrides.finishUndo = async () => ({ finished: (rounds += 1) > 1 });
      await startUndo(temporal, { undoId: 'undo-1', kind: 'run', subjectId: '1' });
      await temporal.client.workflow.getHandle(workflowIds.undo('1')).result();
      return workflowIds.undo('1');
    },
  },
} as const satisfies Record<string, Scenario>;

/** Every way that must still be taken exactly as recorded, because processes like these may be under way. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...runScenarios,
  ...smallScenarios,
  ...conflictScenarios,
  ...manyScenarios,
};
