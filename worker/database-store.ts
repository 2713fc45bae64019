import type { Sequelize } from 'sequelize';
import { alertsAreDue } from '../db/stores/alert-messages.js';
import {
  countOpenConflicts,
  listCrowdedBridges,
  listLiveBridges,
  listOpenConflicts,
  listPausedConnectors,
  listSchedules,
  listUnsignalled,
  tryKeeperLock,
} from '../db/stores/keeper.js';
import { unfinishedBulks } from '../db/stores/bulks.js';
import { abandonRun, runningRuns } from '../db/stores/runs.js';
import { unfinishedUndos } from '../db/stores/undos.js';
import { markSignalled } from '../db/stores/webhook-deliveries.js';
import { noteTold, untoldConflicts } from '../db/stores/untold-conflicts.js';
import type { KeeperStore } from './keeper-store.js';

/** The keeper's view of our database. The lock lives on a connection of its own and ends with it. */
export function createKeeperStore(db: Sequelize, databaseUrl: string): KeeperStore {
  const session = { db, tx: null };
  return {
    tryLock: () => tryKeeperLock(databaseUrl),
    listBridgesWithSchedules: () => listSchedules(session),
    liveBridges: () => listLiveBridges(session),
    openConflictCount: () => countOpenConflicts(session),
    openConflicts: (afterId, limit) => listOpenConflicts(session, afterId, limit),
    crowdedBridges: (moreThan) => listCrowdedBridges(session, moreThan),
    unsignalledDeliveries: (limit, without) => listUnsignalled(session, limit, without),
    markSignalled: (deliveryIds) => markSignalled(session, deliveryIds),
    unfinishedBulks: () => unfinishedBulks(session),
    unfinishedUndos: async () =>
      (await unfinishedUndos(session)).map(({ id, kind, subjectId }) => ({ undoId: id, kind, subjectId })),
    untoldConflicts: (limit) => untoldConflicts(session, { ids: null, bridgeId: null }, limit),
    markTold: (told) => noteTold(session, told),
    runningRuns: () => runningRuns(session),
    abandonRun: (runId) => abandonRun(session, runId),
    pausedConnectors: () => listPausedConnectors(session),
    alertsAreDue: () => alertsAreDue(session),
  };
}
