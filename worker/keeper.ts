import type { Logger } from 'pino';
import { startAlerts } from '../temporal/alerts.js';
import { countConflictProcesses, signalFactsChanged, startConflict } from '../temporal/conflicts.js';
import type { Temporal } from '../temporal/connect.js';
import { startBulk } from '../temporal/bulks.js';
import { startUndo } from '../temporal/undos.js';
import { isRunAlive, startProbe, startRun } from '../temporal/runs.js';
import {
  ensureBridgeSchedules,
  ensureRetentionSchedule,
  listScheduleIds,
  type BridgeSchedule,
} from '../temporal/schedules.js';
import { registerSearchAttributes } from '../temporal/search-attributes.js';
import { ONE_BY_ONE, signalTicketChanged } from '../temporal/tickets.js';
import { scheduleIds } from '../workflows/messages.js';
import { inFlight } from './in-flight.js';
import type { KeeperStore, WaitingDelivery } from './keeper-store.js';

const IN_FLIGHT = 4;
/** `startsAPass` bounds a pass after a wipe of Temporal's store; the next pass goes on where this one ended. */
const LIMITS = { conflictsAPage: 200, startsAPass: 2_000 };
const DELIVERIES_A_PAGE = 500;
/** At a pass each second: what people click waits behind these alone, and they take a tenth of two cores. */
const TOLD_A_PASS = 5;

/**
 * Makes Temporal run what our rows say should run. Everything it does may be repeated, so that a wiped Temporal is
 * filled again and nothing has to be remembered there.
 */
export class Keeper {
  /** Schedules as this process last made them, so that unchanged ones are left alone. */
  private readonly made = new Map<string, string>();
  private sweptUpTo: string | null = null;
  private sweeping = true;

  constructor(
    private readonly store: KeeperStore,
    private readonly temporal: Temporal,
    private readonly log: Logger,
    private readonly limits: typeof LIMITS = LIMITS,
  ) {}

  /** One pass over everything; does nothing while another worker is at it. */
  async keep(): Promise<void> {
    await this.locked(async () => {
      await this.step('search attributes', () => registerSearchAttributes(this.temporal));
      await this.step('deliveries', () => this.drainDeliveries());
      await this.step('schedules', () => this.keepSchedules());
      await this.step('conflicts', () => this.keepConflicts());
      await this.step('bulk decisions', () => this.keepMany());
      await this.step('runs', () => this.closeAbandonedRuns());
      await this.step('probes', () => this.keepProbes());
      await this.step('alerts', () => this.keepAlerts());
    });
  }

  /** Only the deliveries that nobody was told of: they came while Temporal was away, or many at once. */
  async drain(): Promise<void> {
    const waiting = await this.store.unsignalledDeliveries(1, []);
    if (waiting.length > 0) await this.locked(() => this.drainDeliveries());
  }

  /** A few of the cases whose rows moved and whose processes nobody told: what moved them died, or moved many at once. */
  async tell(): Promise<void> {
    const untold = await this.store.untoldConflicts(1);
    if (untold.length > 0) await this.locked(() => this.tellConflicts());
  }

  private async locked(pass: () => Promise<void>): Promise<void> {
    const release = await this.store.tryLock();
    if (!release) return;
    try {
      await pass();
    } finally {
      await release();
    }
  }

  /** One part that fails does not keep the others from being done. */
  private async step(name: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.log.warn({ err: error, step: name }, 'the keeper will try again');
    }
  }

  private async drainDeliveries(): Promise<void> {
    const together = await this.readTogether();
    for (;;) {
      const page = await this.store.unsignalledDeliveries(DELIVERIES_A_PAGE, together);
      await inFlight(IN_FLIGHT, byTicket(page), async (deliveries) => {
        const { bridgeId, ticketId, id } = deliveries.at(-1) ?? deliveries[0];
        await signalTicketChanged(this.temporal, { bridgeId, ticketId, deliveryId: id });
        await this.store.markSignalled(deliveries.map(({ id }) => id));
      });
      if (page.length < DELIVERIES_A_PAGE) return;
    }
  }

  /**
   * Where many tickets wait, one run reads them all; what came after its reading began is looked at in the next pass.
   * While a system is paused its tickets wait for the run that catches up.
   */
  private async readTogether(): Promise<readonly string[]> {
    const crowded = await this.store.crowdedBridges(ONE_BY_ONE.tickets);
    for (const { bridgeId, mayRun } of crowded) {
      if (!mayRun || (await isRunAlive(this.temporal, bridgeId))) continue;
      await startRun(this.temporal, { bridgeId, trigger: 'webhooks', triggeredBy: null, full: false });
    }
    return crowded.map(({ bridgeId }) => bridgeId);
  }

  private async keepSchedules(): Promise<void> {
    const there = await listScheduleIds(this.temporal);
    if (!there.has(scheduleIds.retention)) await ensureRetentionSchedule(this.temporal);
    for (const schedule of await this.store.listBridgesWithSchedules()) {
      const wanted = JSON.stringify(schedule);
      if (this.made.get(schedule.bridgeId) === wanted && isThere(schedule, there)) continue;
      await this.step(`schedule of ${schedule.bridgeId}`, async () => {
        await ensureBridgeSchedules(this.temporal, schedule);
        this.made.set(schedule.bridgeId, wanted);
      });
    }
  }

  /** Counts are enough to see that processes are missing; which ones, the idempotent starts find out. */
  private async keepConflicts(): Promise<void> {
    const [running, open] = await Promise.all([
      countConflictProcesses(this.temporal, await this.store.liveBridges()),
      this.store.openConflictCount(),
    ]);
    this.sweeping ||= running < open;
    const { conflictsAPage, startsAPass } = this.limits;
    let started = 0;
    while (this.sweeping && started < startsAPass) {
      const page = await this.store.openConflicts(this.sweptUpTo, conflictsAPage);
      await inFlight(IN_FLIGHT, page, (conflict) => startConflict(this.temporal, conflict));
      started += page.length;
      this.sweptUpTo = page.at(-1)?.conflictId ?? null;
      this.sweeping = page.length === conflictsAPage;
    }
    if (!this.sweeping) this.sweptUpTo = null;
  }

  /** Decisions over many cases, and what takes them back: their rows know how far they are. */
  private async keepMany(): Promise<void> {
    for (const bulkId of await this.store.unfinishedBulks()) await startBulk(this.temporal, bulkId);
    for (const undo of await this.store.unfinishedUndos()) await startUndo(this.temporal, undo);
  }

  private async keepAlerts(): Promise<void> {
    if (await this.store.alertsAreDue()) await startAlerts(this.temporal);
  }

  private async tellConflicts(): Promise<void> {
    await inFlight(IN_FLIGHT, await this.store.untoldConflicts(TOLD_A_PASS), async (untold) => {
      await signalFactsChanged(this.temporal, untold.id);
      await this.store.markTold([untold]);
    });
  }

  /** A run whose process is gone (terminated by hand, or with Temporal's store) does not go on for ever. */
  private async closeAbandonedRuns(): Promise<void> {
    for (const { runId, bridgeId } of await this.store.runningRuns()) {
      if (await isRunAlive(this.temporal, bridgeId)) continue;
      this.log.warn({ runId, bridgeId }, 'the process of a run is gone: the run is closed');
      await this.store.abandonRun(runId);
    }
  }

  private async keepProbes(): Promise<void> {
    for (const connectorId of await this.store.pausedConnectors()) {
      await startProbe(this.temporal, connectorId);
    }
  }
}

type SameTicket = readonly [WaitingDelivery, ...WaitingDelivery[]];

function byTicket(deliveries: readonly WaitingDelivery[]): readonly SameTicket[] {
  const groups = new Map<string, [WaitingDelivery, ...WaitingDelivery[]]>();
  for (const delivery of deliveries) {
    const key = `${delivery.bridgeId}/${delivery.ticketId}`;
    const group = groups.get(key);
    if (group) group.push(delivery);
    else groups.set(key, [delivery]);
  }
  return [...groups.values()];
}

function isThere({ bridgeId, cron, nightlyCron }: BridgeSchedule, there: ReadonlySet<string>): boolean {
  const run = there.has(scheduleIds.run(bridgeId)) === (cron !== null);
  return run && there.has(scheduleIds.nightly(bridgeId)) === (nightlyCron !== null);
}
