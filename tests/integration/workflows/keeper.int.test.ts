import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countConflictProcesses, startConflict } from '../../../temporal/conflicts.js';
import { nextRuns, removeBridgeSchedules, type BridgeSchedule } from '../../../temporal/schedules.js';
import { Keeper } from '../../../worker/keeper.js';
import { isRunAlive } from '../../../temporal/runs.js';
import { ONE_BY_ONE } from '../../../temporal/tickets.js';
import type { UndoRef } from '../../../temporal/undos.js';
import type { KeeperStore, OpenRun, Untold, WaitingDelivery } from '../../../worker/keeper-store.js';
import { workflowIds } from '../../../workflows/messages.js';
import { until, withWorkflows } from './kit.js';

const stage = withWorkflows();
const silent = pino({ level: 'silent' });

/** Rows as a database would hold them. */
class MemoryStore implements KeeperStore {
  schedules: BridgeSchedule[] = [];
  conflictIds: string[] = [];
  bridgeId = 'bridge';
  deliveries: WaitingDelivery[] = [];
  paused: string[] = [];
  bulks: string[] = [];
  undos: UndoRef[] = [];
  alerting = false;
  mayRun = true;
  untold: Untold[] = [];
  runs: OpenRun[] = [];
  locked = false;

  async tryLock() {
    if (this.locked) return null;
    this.locked = true;
    return async () => void (this.locked = false);
  }
  async listBridgesWithSchedules() {
    return this.schedules;
  }
  async liveBridges() {
    return [this.bridgeId];
  }
  async openConflictCount() {
    return this.conflictIds.length;
  }
  async openConflicts(afterId: string | null, limit: number) {
    const ids = [...this.conflictIds].sort().filter((id) => afterId === null || id > afterId);
    return ids
      .slice(0, limit)
      .map((conflictId) => ({ conflictId, bridgeId: this.bridgeId, ticketId: null, kind: 'missing' }));
  }
  async crowdedBridges(moreThan: number) {
    const tickets = new Set(this.deliveries.map(({ ticketId }) => ticketId));
    return tickets.size > moreThan ? [{ bridgeId: this.bridgeId, mayRun: this.mayRun }] : [];
  }
  async unsignalledDeliveries(limit: number, without: readonly string[]) {
    return this.deliveries.filter(({ bridgeId }) => !without.includes(bridgeId)).slice(0, limit);
  }
  async markSignalled(ids: readonly string[]) {
    this.deliveries = this.deliveries.filter(({ id }) => !ids.includes(id));
  }
  async unfinishedBulks() {
    return this.bulks;
  }
  async unfinishedUndos() {
    return this.undos;
  }
  async alertsAreDue() {
    return this.alerting;
  }
  async untoldConflicts(limit: number) {
    return this.untold.slice(0, limit);
  }
  async markTold(told: readonly Untold[]) {
    this.untold = this.untold.filter((one) => !told.includes(one));
  }
  async runningRuns() {
    return this.runs;
  }
  async abandonRun(runId: string) {
    this.runs = this.runs.filter((run) => run.runId !== runId);
  }
  async pausedConnectors() {
    return this.paused;
  }
}

let store: MemoryStore;
let keeper: Keeper;
beforeEach(() => {
  store = new MemoryStore();
  keeper = new Keeper(store, stage().temporal, silent);
});

const statusOf = async (workflowId: string) =>
  (await stage().temporal.client.workflow.getHandle(workflowId).describe()).status.name;
const terminate = (workflowId: string) => stage().temporal.client.workflow.getHandle(workflowId).terminate();

describe('the keeper', () => {
  it('gives every open row a process, a bounded number in each pass', async () => {
    const { world, temporal } = stage();
    store.conflictIds = Array.from({ length: 14 }, () => world.openConflict());
    const bounded = new Keeper(store, temporal, silent, { conflictsAPage: 4, startsAPass: 8 });
    await bounded.keep();
    await until(() => expect(world.called('readConflict')).toHaveLength(8));
    await bounded.keep();
    await until(() => expect(world.called('readConflict')).toHaveLength(14));
    await Promise.all(store.conflictIds.map((id) => terminate(workflowIds.conflict(id))));
  });

  it('finds the one process that was lost and leaves the others alone', async () => {
    const { world, temporal } = stage();
    world.calls.length = 0;
    store.conflictIds = Array.from({ length: 5 }, () => world.openConflict());
    await keeper.keep();
    await until(() => expect(world.called('readConflict')).toHaveLength(5));
    const [lost = ''] = store.conflictIds;
    await terminate(workflowIds.conflict(lost));
    await new Keeper(store, temporal, silent).keep();
    await until(() => expect(world.called('readConflict')).toHaveLength(6));
    expect(await statusOf(workflowIds.conflict(lost))).toBe('RUNNING');
    await Promise.all(store.conflictIds.map((id) => terminate(workflowIds.conflict(id))));
  });

  it('finds it although a bridge that is off has processes that nobody counts', async () => {
    const { world, temporal } = stage();
    const ofOther = {
      conflictId: world.openConflict(),
      bridgeId: randomUUID(),
      ticketId: null,
      kind: 'missing',
    };
    await startConflict(temporal, ofOther);
    store.bridgeId = randomUUID();
    store.conflictIds = [world.openConflict(), world.openConflict()];
    await keeper.keep();
    const [lost = ''] = store.conflictIds;
    const ofLost = JSON.stringify({ conflictId: lost });
    const reads = () => world.called('readConflict').filter((input) => JSON.stringify(input) === ofLost);
    await until(() => expect(reads()).toHaveLength(1));
    await until(async () => expect(await countConflictProcesses(temporal, [store.bridgeId])).toBe(2));
    await terminate(workflowIds.conflict(lost));
    await until(async () => {
      await keeper.keep();
      expect(reads()).toHaveLength(2);
    });
    const ids = [...store.conflictIds, ofOther.conflictId];
    await Promise.all(ids.map((id) => terminate(workflowIds.conflict(id))));
  });

  it('tells each ticket once of all its waiting deliveries, and forgets none', async () => {
    const { world } = stage();
    const tickets = [randomUUID(), randomUUID()];
    store.deliveries = Array.from({ length: 40 }, (_, index) => ({
      id: String(index),
      bridgeId: 'bridge',
      ticketId: tickets[index % 2] ?? '',
    }));
    await keeper.drain();
    expect(store.deliveries).toEqual([]);
    await until(() => expect(world.called('fetchTicket')).toHaveLength(2));
    await Promise.all(tickets.map((ticketId) => terminate(workflowIds.ticketSync('bridge', ticketId))));
  });

  describe('when many tickets wait', () => {
    const bridgeId = randomUUID();
    beforeEach(() => {
      stage().world.calls.length = 0;
      store.bridgeId = bridgeId;
      store.deliveries = Array.from({ length: ONE_BY_ONE.tickets + 1 }, (_, index) => ({
        id: String(index),
        bridgeId,
        ticketId: String(index),
      }));
    });
    const other = { id: 'other', bridgeId: 'bridge', ticketId: randomUUID() };
    const runs = () => stage().world.called('beginRun');

    it('has one run read them all, and tells tickets of other bridges as ever', async () => {
      store.deliveries.push(other);
      await keeper.drain();
      await until(() => expect(runs()).toMatchObject([{ bridgeId, trigger: 'webhooks', full: false }]));
      expect(store.deliveries).toHaveLength(ONE_BY_ONE.tickets + 1);
      await until(() => expect(stage().world.called('fetchTicket')).toHaveLength(1));
      await terminate(workflowIds.ticketSync('bridge', other.ticketId));
      await until(async () => expect(await isRunAlive(stage().temporal, bridgeId)).toBe(false));
    });

    it('starts none while a system of theirs is paused', async () => {
      store.mayRun = false;
      await keeper.drain();
      expect(await isRunAlive(stage().temporal, bridgeId)).toBe(false);
      expect([runs(), stage().world.called('fetchTicket')]).toEqual([[], []]);
      expect(store.deliveries).toHaveLength(ONE_BY_ONE.tickets + 1);
    });
  });

  it('tells a case that it moved when the worker that moved it did not live to tell', async () => {
    const { world } = stage();
    const id = world.openConflict();
    store.conflictIds = [id];
    await keeper.keep();
    await until(() => expect(world.called('readConflict')).toContainEqual({ conflictId: id }));
    world.row(id).state = 'closed';
    store.conflictIds = [];
    store.untold = [{ id, since: 'now' }];
    await keeper.tell();
    expect(store.untold).toEqual([]);
    await until(async () => expect(await statusOf(workflowIds.conflict(id))).toBe('COMPLETED'));
  });

  it('tells a few at a time, because people wait for the same worker', async () => {
    const { world } = stage();
    const ids = Array.from({ length: 7 }, () => world.openConflict());
    store.untold = ids.map((id) => ({ id, since: 'now' }));
    await keeper.tell();
    expect(store.untold.map(({ id }) => id)).toEqual(ids.slice(5));
    await keeper.tell();
    expect(store.untold).toEqual([]);
  });

  it('closes a run whose process is gone, and no other', async () => {
    const { world, temporal } = stage();
    const [gone, alive] = [`bridge-${randomUUID()}`, `bridge-${randomUUID()}`];
    const order = { trigger: 'person', triggeredBy: null, full: false } as const;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    world.overrides.fetchSource = async () => {
      await held;
      return { read: 0, changed: 0, unreadable: 0 };
    };
    await temporal.client.workflow.start('syncRun', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.syncRun(alive),
      args: [{ bridgeId: alive, ...order }],
    });
    store.runs = [gone, alive].map((bridgeId) => ({ runId: `run of ${bridgeId}`, bridgeId }));
    await keeper.keep();
    expect(store.runs).toEqual([{ runId: `run of ${alive}`, bridgeId: alive }]);
    release();
    await temporal.client.workflow.getHandle(workflowIds.syncRun(alive)).result();
    delete world.overrides.fetchSource;
  });

  it('lets a probe wait for each paused connector', async () => {
    const connectorId = `kimai-${randomUUID()}`;
    store.paused = [connectorId];
    await keeper.keep();
    await keeper.keep();
    expect(await statusOf(workflowIds.probe(connectorId))).toBe('RUNNING');
    await terminate(workflowIds.probe(connectorId));
  });

  it('sends alerts when some are due, and leaves the process alone otherwise', async () => {
    const { world } = stage();
    await keeper.keep();
    expect(world.called('composeAlerts')).toEqual([]);
    store.alerting = true;
    await keeper.keep();
    await until(() => expect(world.called('sendAlerts')).toHaveLength(1));
  });

  it('does nothing while another worker holds the lock', async () => {
    store.locked = true;
    store.deliveries = [{ id: '1', bridgeId: 'bridge', ticketId: randomUUID() }];
    await keeper.drain();
    await keeper.keep();
    expect(store.deliveries).toHaveLength(1);
  });
});

describe('schedules that the keeper keeps', () => {
  const bridgeId = `bridge-${randomUUID()}`;
  const daily = { bridgeId, cron: '15 6 * * *', nightlyCron: null, timeZone: 'UTC', paused: false };
  const firstRun = async () => (await nextRuns(stage().temporal, bridgeId))[0]?.toISOString().slice(11, 16);
  afterEach(() => removeBridgeSchedules(stage().temporal, bridgeId));

  it('are made, made again when Temporal forgot them, and changed with their row', async () => {
    store.schedules = [daily];
    await keeper.keep();
    expect(await firstRun()).toBe('06:15');
    await removeBridgeSchedules(stage().temporal, bridgeId);
    await until(async () => {
      await keeper.keep();
      expect(await firstRun()).toBe('06:15');
    });
    store.schedules = [{ ...daily, cron: '45 7 * * *' }];
    await keeper.keep();
    await until(async () => expect(await firstRun()).toBe('07:45'));
  });

  it('do not keep the others from being made when one is wrong', async () => {
    const broken = { ...daily, bridgeId: `bridge-${randomUUID()}`, cron: '99 99 * * *' };
    store.schedules = [broken, daily];
    await keeper.keep();
    expect(await firstRun()).toBe('06:15');
  });
});
