import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { beforeEach, describe, expect, it } from 'vitest';
import { runProgress, startRun, stopRun } from '../../../temporal/runs.js';
import { ensureBridgeSchedules, removeBridgeSchedules } from '../../../temporal/schedules.js';
import { scheduleIds, workflowIds, type StartRunArgs } from '../../../workflows/messages.js';
import { NOTHING_APPLIED, NOTHING_RECONCILED, rejectedToken } from './fake-world.js';
import { until, withWorkflows } from './kit.js';

const stage = withWorkflows();
const byPerson = (overrides: Partial<StartRunArgs> = {}): StartRunArgs => ({
  bridgeId: `bridge-${randomUUID()}`,
  trigger: 'person',
  triggeredBy: 'anna',
  full: false,
  ...overrides,
});
const ended = ({ bridgeId }: StartRunArgs) =>
  stage().temporal.client.workflow.getHandle(workflowIds.syncRun(bridgeId)).result();
const lastFinish = () => stage().world.called('finishRun').at(-1);

beforeEach(() => {
  const { world } = stage();
  for (const name of Object.keys(world.overrides)) Reflect.deleteProperty(world.overrides, name);
  Object.assign(world, { sourcePaused: false, targetPaused: false, refusedToBegin: null });
  for (const list of [world.calls, world.applyAnswers, world.reconcileAnswers, world.bridges])
    list.length = 0;
});

/** Keeps an activity from returning until the test says so. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

describe('a run', () => {
  it('reads both sides, reconciles page by page, writes page by page, and closes', async () => {
    const { world, temporal } = stage();
    const args = byPerson({ full: true });
    world.reconcileAnswers.push({ ...NOTHING_RECONCILED, tickets: 200, planned: 5, asked: 2, more: true });
    world.applyAnswers.push(
      { ...NOTHING_APPLIED, written: 3, more: true },
      { ...NOTHING_APPLIED, written: 2 },
    );
    expect(await startRun(temporal, args)).toBe('started');
    expect(await ended(args)).toMatchObject({
      phase: 'finished',
      read: 30,
      tickets: 200,
      asked: 2,
      written: 5,
    });
    expect(world.order).toEqual([
      ...['beginRun', 'fetchCatalogues', 'fetchTarget', 'fetchSource'],
      ...['reconcile', 'reconcile', 'guardRun', 'applyPlan', 'applyPlan', 'openConflicts', 'finishRun'],
    ]);
    expect(lastFinish()).toMatchObject({ state: 'completed', error: null });
  });

  it('looks once and ends when nothing changed and nothing is on its way', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.reconcileAnswers.push({ ...NOTHING_RECONCILED, idle: true });
    await startRun(temporal, args);
    await ended(args);
    expect(world.order).toEqual(['beginRun', 'fetchTarget', 'fetchSource', 'reconcile', 'finishRun']);
    expect(lastFinish()).toMatchObject({ state: 'completed', error: null });
  });

  it('does nothing when the bridge is off', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.refusedToBegin = 'bridge_off';
    await startRun(temporal, args);
    await ended(args);
    expect(world.order).toEqual(['beginRun']);
  });

  it('plans refused and dropped writes anew, but not for ever', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.overrides.applyPlan = async () => ({ ...NOTHING_APPLIED, dropped: 1 });
    await startRun(temporal, args);
    await ended(args);
    expect(world.called('reconcile')).toHaveLength(5);
    expect(lastFinish()).toMatchObject({ state: 'completed' });
  });

  it('waits for writes without an answer before it looks them up', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    const waitUntil = new Date(Date.now() + 900).toISOString();
    world.applyAnswers.push({ ...NOTHING_APPLIED, waitUntil });
    await startRun(temporal, args);
    await ended(args);
    const looks = world.calls.filter(({ name }) => name === 'applyPlan');
    expect(looks).toHaveLength(2);
    expect(looks[1]?.at).toBeGreaterThanOrEqual(Date.parse(waitUntil));
  });

  it('comes back to rows that another process is writing, less and less often', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.overrides.applyPlan = async () => {
      const busy = world.called('applyPlan').length < 5;
      return { ...NOTHING_APPLIED, waitUntil: busy ? new Date().toISOString() : null };
    };
    await startRun(temporal, args);
    await ended(args);
    const looks = world.calls.filter(({ name }) => name === 'applyPlan').map(({ at }) => at);
    expect(looks).toHaveLength(5);
    expect((looks[4] ?? 0) - (looks[0] ?? 0)).toBeGreaterThanOrEqual(400 + 800 + 1_600 + 3_200 - 100);
    expect(lastFinish()).toMatchObject({ state: 'completed' });
  });

  it('says how far it is while it goes on', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    const { open, opened } = gate();
    world.overrides.fetchSource = async () => opened.then(() => ({ read: 1, changed: 0, unreadable: 0 }));
    await startRun(temporal, args);
    await until(() => expect(world.called('fetchSource')).toHaveLength(1));
    expect(await runProgress(temporal, args.bridgeId)).toMatchObject({ phase: 'fetching', read: 20 });
    open();
    await ended(args);
    expect(await runProgress(temporal, `none-${randomUUID()}`)).toBeNull();
  });
});

describe('one run of a bridge at a time', () => {
  it('holds for people, schedules and the command line alike', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    const { bridgeId } = args;
    const { open, opened } = gate();
    world.overrides.fetchTarget = async () => opened.then(() => ({ read: 0, changed: 0, unreadable: 0 }));
    const starts = await Promise.all([1, 2, 3].map(() => startRun(temporal, args)));
    expect(starts.filter((start) => start === 'started')).toHaveLength(1);
    const schedule = {
      bridgeId,
      cron: '0 4 1 1 *',
      nightlyCron: null,
      timeZone: 'Europe/Berlin',
      paused: false,
    };
    await ensureBridgeSchedules(temporal, schedule);
    await temporal.client.schedule.getHandle(scheduleIds.run(bridgeId)).trigger();
    const launched = `WorkflowId STARTS_WITH '${workflowIds.startRun(bridgeId)}-' AND ExecutionStatus = 'Completed'`;
    await until(async () => expect((await temporal.client.workflow.count(launched)).count).toBe(1));
    expect(await startRun(temporal, byPerson({ bridgeId, trigger: 'cli' }))).toBe('running');
    expect(world.called('beginRun')).toHaveLength(1);
    open();
    await ended(args);
    expect(await startRun(temporal, args)).toBe('started');
    await ended(args);
    await removeBridgeSchedules(temporal, bridgeId);
  });
});

describe('a run that is stopped', () => {
  it('ends after the page in hand and leaves the rest', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    let pages = 0;
    world.overrides.applyPlan = async () => {
      if ((pages += 1) === 2) await stopRun(temporal, args.bridgeId);
      return { ...NOTHING_APPLIED, written: 1, more: pages < 50 };
    };
    await startRun(temporal, args);
    await ended(args);
    expect(pages).toBeLessThan(50);
    expect(lastFinish()).toMatchObject({ state: 'stopped', error: null });
  });

  it('is not there to be stopped when it has ended', async () => {
    const stopping = stopRun(stage().temporal, `none-${randomUUID()}`);
    await expect(stopping).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('a run that meets a failure', () => {
  it('is closed as failed, and red in Temporal too', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.overrides.fetchSource = async () =>
      Promise.reject(ApplicationFailure.nonRetryable('a defect', 'TypeError'));
    await startRun(temporal, args);
    await expect(ended(args)).rejects.toThrow();
    expect(lastFinish()).toMatchObject({ bridgeId: args.bridgeId, state: 'failed', error: 'internal' });
  });

  it('pauses a target that rejects the token, probes it, and catches up when it answers', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    const connectorId = `kimai-${randomUUID()}`;
    world.bridges.push(args.bridgeId);
    let answers = 0;
    world.overrides.applyPlan = async () => {
      if ((answers += 1) === 1) throw rejectedToken(connectorId);
      return NOTHING_APPLIED;
    };
    await startRun(temporal, args);
    await ended(args);
    expect(world.called('pauseConnector')).toMatchObject([{ connectorId, code: 'credentials_rejected' }]);
    expect(lastFinish()).toMatchObject({ state: 'target_paused', error: 'credentials_rejected' });
    await until(() => expect(world.called('beginRun')).toHaveLength(2));
    expect(world.called('beginRun')[1]).toMatchObject({ trigger: 'probe', bridgeId: args.bridgeId });
    await until(() => expect(lastFinish()).toMatchObject({ state: 'completed' }));
  });

  it('does not take a paused target for an empty one: it reads the source and compares nothing', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.targetPaused = true;
    await startRun(temporal, args);
    await ended(args);
    expect(world.order).toEqual(['beginRun', 'fetchSource', 'finishRun']);
    expect(lastFinish()).toMatchObject({ state: 'target_paused' });
  });

  it('leaves what is planned when the target pauses while it writes', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    world.applyAnswers.push({ ...NOTHING_APPLIED, written: 4, targetPaused: true, more: true });
    await startRun(temporal, args);
    await ended(args);
    expect(world.called('applyPlan')).toHaveLength(1);
    expect(world.called('openConflicts')).toHaveLength(1);
    expect(lastFinish()).toMatchObject({ state: 'target_paused' });
  });

  it('is closed as stopped when somebody cancels it in Temporal', async () => {
    const { world, temporal } = stage();
    const args = byPerson();
    const { open, opened } = gate();
    world.overrides.reconcile = async () => opened.then(() => NOTHING_RECONCILED);
    await startRun(temporal, args);
    await until(() => expect(world.called('reconcile')).toHaveLength(1));
    await temporal.client.workflow.getHandle(workflowIds.syncRun(args.bridgeId)).cancel();
    open();
    await ended(args);
    expect(lastFinish()).toMatchObject({ state: 'stopped' });
  });
});
