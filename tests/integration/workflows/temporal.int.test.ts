import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../stack/ports.js';
import { decideConflict } from '../../../temporal/conflicts.js';
import { connectTemporal } from '../../../temporal/connect.js';
import { runCheck, startRun } from '../../../temporal/runs.js';
import {
  ensureBridgeSchedules,
  listScheduleIds,
  nextRuns,
  pauseBridgeSchedules,
  removeBridgeSchedules,
} from '../../../temporal/schedules.js';
import { scheduleIds, workflowIds } from '../../../workflows/messages.js';
import { temporalAddress } from '../../kit/temporal.js';
import { decisionOn } from './fake-world.js';
import { until, withWorkflows } from './kit.js';

const stage = withWorkflows();
const RUN = { trigger: 'person', triggeredBy: 'anna', full: false } as const;

describe('calls while Temporal is down', () => {
  it('fail as unavailable in a bounded time', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const temporal = connectTemporal({ address, namespace: 'default', taskQueue: 'none' });
    const since = Date.now();
    const starting = startRun(temporal, { bridgeId: 'bridge', ...RUN });
    await expect(starting).rejects.toMatchObject({ kind: 'unavailable' });
    expect(Date.now() - since).toBeLessThan(10_000);
    await temporal.close();
  });
});

describe('calls while no worker is there', () => {
  const nobody = () =>
    connectTemporal({ address: temporalAddress(), namespace: 'default', taskQueue: `none-${randomUUID()}` });

  it('accept a run that starts later', async () => {
    const temporal = nobody();
    const bridgeId = randomUUID();
    expect(await startRun(temporal, { bridgeId, ...RUN })).toBe('accepted');
    await temporal.client.workflow.getHandle(workflowIds.startRun(bridgeId)).terminate();
    await temporal.close();
  });

  it('do not wait for ever for a decision', async () => {
    const temporal = nobody();
    const conflictId = randomUUID();
    const ref = { conflictId, bridgeId: 'bridge', ticketId: null, kind: 'missing' };
    const deciding = decideConflict(temporal, ref, decisionOn(conflictId), 1_000);
    await expect(deciding).rejects.toMatchObject({ kind: 'unavailable' });
    await temporal.close();
  });
});

describe('a check of a connector', () => {
  it('answers with the id by which its findings are read, and with nothing of them', async () => {
    const { world, temporal } = stage();
    const checkId = randomUUID();
    world.overrides.checkConnector = async () => ({ checkId });
    expect(await runCheck(temporal, randomUUID())).toEqual({ checkId });
  });
});

describe('the schedules of a bridge', () => {
  const plain = () => ({
    bridgeId: randomUUID(),
    cron: '*/15 * * * *',
    nightlyCron: '30 3 * * *',
    timeZone: 'Europe/Berlin',
    paused: false,
  });

  it('run on the weekday and at the hour that are meant, in the zone of the bridge: what is shown is what is run', async () => {
    const { temporal } = stage();
    const mondays = { ...plain(), cron: '30 7 * * 1', timeZone: 'America/New_York' };
    await ensureBridgeSchedules(temporal, mondays);
    const shown = (await nextRuns(temporal, mondays.bridgeId)).map((at) =>
      new Intl.DateTimeFormat('en-GB', {
        timeZone: 'America/New_York',
        weekday: 'long',
        hour: '2-digit',
        minute: '2-digit',
      }).format(at),
    );
    expect(new Set(shown)).toEqual(new Set(['Monday 07:30']));
    await removeBridgeSchedules(temporal, mondays.bridgeId);
  });

  it('may be ensured again and again, show their next runs, can be paused and removed', async () => {
    const { temporal } = stage();
    const schedule = plain();
    await ensureBridgeSchedules(temporal, schedule);
    await ensureBridgeSchedules(temporal, schedule);
    expect((await nextRuns(temporal, schedule.bridgeId)).length).toBeGreaterThan(3);
    await pauseBridgeSchedules(temporal, schedule.bridgeId, true);
    await until(async () => expect(await nextRuns(temporal, schedule.bridgeId)).toEqual([]));
    await until(async () => {
      const ids = await listScheduleIds(temporal);
      expect(ids.has(scheduleIds.nightly(schedule.bridgeId))).toBe(true);
    });
    await removeBridgeSchedules(temporal, schedule.bridgeId);
    await removeBridgeSchedules(temporal, schedule.bridgeId);
    expect(await nextRuns(temporal, schedule.bridgeId)).toEqual([]);
  });

  it.each([
    ['a cron text', { cron: '99 * * * *' }],
    ['a time zone', { timeZone: 'Europe/Nowhere' }],
  ])('are refused with an explanation when %s is wrong', async (_what, wrong) => {
    const explanation: unknown = expect.stringMatching(/\w{4}/);
    const ensuring = ensureBridgeSchedules(stage().temporal, { ...plain(), ...wrong });
    await expect(ensuring).rejects.toMatchObject({
      kind: 'invalid',
      message: explanation,
    });
  });
});
