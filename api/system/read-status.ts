import { listConnectors, type ConnectorRecord } from '../../db/stores/connectors.js';
import { peopleOnDuty } from '../../db/stores/duty.js';
import { lastRuns } from '../../db/stores/runs-view.js';
import { countBridges, pausedBridges, statusCounts } from '../../db/stores/status-view.js';
import { countWaitingDeliveries } from '../../db/stores/webhook-deliveries.js';
import { presentHealthCause } from '../connectors/present-connector.js';
import { endpoint } from '../endpoint.js';
import { iso, isoOrNull } from '../present.js';
import { presentRun } from '../runs/present-run.js';
import { readStatus } from './read-status.contract.js';

export const readStatusEndpoint = endpoint(readStatus, async ({ db, gateway, settings }) => {
  const session = { db, tx: null };
  const [reachable, connectors, paused, bridges, runs, duty, counts, waitingDeliveries] = await Promise.all([
    gateway.reachable(),
    listConnectors(session),
    pausedBridges(session),
    countBridges(session),
    lastRuns(session),
    peopleOnDuty(session, new Date()),
    statusCounts(session),
    countWaitingDeliveries(session),
  ]);
  return {
    version: settings.version,
    temporal: { reachable, uiUrl: settings.temporalUiUrl },
    connectors: connectors.map(presentHealth),
    pausedBridges: paused.map(({ id, name, cause }) => ({
      id,
      name,
      cause: { code: cause.code, facts: cause.facts ?? {} },
    })),
    bridges,
    lastRuns: runs.map((run) => presentRun(run, settings)),
    duty: duty.map(({ person: { id, name }, ...bridge }) => ({ ...bridge, person: { id, name } })),
    counts: { ...counts, waitingDeliveries },
  };
});

const presentHealth = (connector: ConnectorRecord) => ({
  id: connector.id,
  kind: connector.kind,
  name: connector.name,
  health: connector.health,
  cause: presentHealthCause(connector),
  since: iso(connector.healthSince),
  nextProbeAt: isoOrNull(connector.nextProbeAt),
});
