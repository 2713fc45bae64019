import { randomUUID } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findTemporal } from '../../../stack/temporal-binary.js';
import { decideConflict, withdrawDecision } from '../../../temporal/conflicts.js';
import { startRun } from '../../../temporal/runs.js';
import { signalTicketChanged } from '../../../temporal/tickets.js';
import { view, workflowIds } from '../../../workflows/messages.js';
import { decisionOn, NOTHING_APPLIED, NOTHING_RECONCILED } from './fake-world.js';
import { pause, startCase, until, withWorkflows } from './kit.js';

/* A server that asks for a new run after a few events, and a worker that replays everything at each step. */

const EVENTS_A_RUN = 60;
let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  const path = await findTemporal({ say: () => undefined });
  const limit = `limit.historyCount.suggestContinueAsNew=${EVENTS_A_RUN}`;
  const fine = 'history.timerProcessorMaxTimeShift="50ms"';
  environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      ui: false,
      extraArgs: [limit, fine].flatMap((value) => ['--dynamic-config-value', value]),
    },
  });
});
afterAll(() => environment.teardown());

const stage = withWorkflows({ maxCachedWorkflows: 0 }, () => environment.address);
const runsOf = async (workflowId: string): Promise<number> => {
  let runs = 0;
  const query = `WorkflowId = '${workflowId}'`;
  for await (const _run of stage().temporal.client.workflow.list({ query })) runs += 1;
  return runs;
};

it('a long run goes on in new runs under the same row, and writes each page once', async () => {
  const { world, temporal } = stage();
  const args = { bridgeId: randomUUID(), trigger: 'person' as const, triggeredBy: null, full: false };
  world.reconcileAnswers.push(
    ...Array.from({ length: 12 }, () => ({ ...NOTHING_RECONCILED, tickets: 1, more: true })),
  );
  world.applyAnswers.push(
    ...Array.from({ length: 25 }, () => ({ ...NOTHING_APPLIED, written: 1, more: true })),
  );
  await startRun(temporal, args);
  const workflowId = workflowIds.syncRun(args.bridgeId);
  const end: unknown = await temporal.client.workflow.getHandle(workflowId).result();
  expect(end).toMatchObject({ phase: 'finished', read: 30, tickets: 12, written: 25 });
  expect(world.called('beginRun')).toHaveLength(1);
  expect(world.called('fetchSource')).toHaveLength(1);
  expect(world.called('finishRun')).toMatchObject([{ state: 'completed' }]);
  await until(async () => expect(await runsOf(workflowId)).toBeGreaterThan(2));
});

it('a case keeps its reminders, and a decision survives the change of runs', async () => {
  const { world, temporal } = stage();
  const conflictId = world.openConflict();
  const ref = { conflictId, bridgeId: 'bridge', ticketId: null, kind: 'missing' };
  const handle = await startCase(stage(), conflictId, { remindEveryMs: 3_600_000 });
  world.graceMs = 5_000;
  for (let round = 0; round < 8; round += 1) {
    const { decisionId } = await decideConflict(temporal, ref, decisionOn(conflictId));
    await withdrawDecision(temporal, { conflictId, decisionId, actorId: 'anna' });
  }
  await until(async () => expect(await handle.query(view)).toMatchObject({ phase: 'open' }));
  world.graceMs = 300;
  await decideConflict(temporal, ref, decisionOn(conflictId));
  await until(() => expect(world.row(conflictId).state).toBe('closed'));
  expect(world.applied.filter((id) => id === conflictId)).toHaveLength(1);
  expect(await runsOf(workflowIds.conflict(conflictId))).toBeGreaterThan(1);
});

it('a busy ticket loses no signal when its process goes on in a new run', async () => {
  const { world, temporal } = stage();
  const ticketId = randomUUID();
  const workflowId = workflowIds.ticketSync('bridge', ticketId);
  let last = 0;
  for (let signal = 0; signal < 60; signal += 1) {
    last = Date.now();
    await signalTicketChanged(temporal, { bridgeId: 'bridge', ticketId, spacingMs: 100 });
    await pause(30);
  }
  await until(() => {
    const syncs = world.calls.filter(({ name }) => name === 'fetchTicket');
    expect(syncs.at(-1)?.at).toBeGreaterThanOrEqual(last);
  });
  await until(async () => expect(await runsOf(workflowId)).toBeGreaterThan(1));
});
