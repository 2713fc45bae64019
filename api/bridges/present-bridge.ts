import { entryCounts, openCounts, type EntryCounts, type OpenCounts } from '../../db/stores/bridge-counts.js';
import type { BridgeRecord } from '../../db/stores/bridges.js';
import { listRotas } from '../../db/stores/duty.js';
import { lastRuns, type RunRecord } from '../../db/stores/runs-view.js';
import type { Session } from '../../db/sql.js';
import { dutyAt, type Rota, type RotaPerson } from '../../domain/rota.js';
import { DEFAULT_POLICIES } from '../../domain/policies.js';
import { API_PREFIX } from '../contract.js';
import type { ApiDeps } from '../deps.js';
import { iso, isoOrNull } from '../present.js';
import type { Bridge } from './bridge-shape.contract.js';

/** Bridges with where their entries stand; one statement for each kind of count, however many bridges there are. */
export async function presentBridges(
  deps: ApiDeps,
  session: Session,
  bridges: readonly BridgeRecord[],
): Promise<Bridge[]> {
  const [entries, open, runs, rotas] = await Promise.all([
    entryCounts(session),
    openCounts(session),
    lastRuns(session),
    listRotas(session),
  ]);
  return Promise.all(
    bridges.map(async (bridge) => {
      const lastRun = runs.find((run) => run.bridgeId === bridge.id);
      const nextRuns = await nextRunsOf(deps, bridge);
      const rota = rotas.find(({ bridgeId }) => bridgeId === bridge.id);
      const counts = { entries: entries(bridge.id), open: open(bridge.id) };
      return present(deps, bridge, { ...counts, lastRun, nextRuns, rota });
    }),
  );
}

export async function presentBridge(deps: ApiDeps, session: Session, bridge: BridgeRecord): Promise<Bridge> {
  const [presented] = await presentBridges(deps, session, [bridge]);
  if (!presented) throw new Error('one bridge must be presented');
  return presented;
}

const NEXT_RUNS = 5;

/** Null when Temporal cannot be asked: the page then says so instead of "never". */
async function nextRunsOf(
  { gateway }: ApiDeps,
  { id, mode, schedule }: BridgeRecord,
): Promise<string[] | null> {
  if (mode === 'off' || schedule.paused) return [];
  try {
    return (await gateway.nextRuns(id)).slice(0, NEXT_RUNS).map(iso);
  } catch {
    return null;
  }
}

type Circumstances = {
  readonly entries: EntryCounts;
  readonly open: OpenCounts;
  readonly lastRun: RunRecord | undefined;
  readonly nextRuns: string[] | null;
  readonly rota: Rota | undefined;
};

const present = ({ settings }: ApiDeps, bridge: BridgeRecord, around: Circumstances): Bridge => ({
  id: bridge.id,
  name: bridge.name,
  source: { ...bridge.source },
  target: { ...bridge.target },
  code: bridge.code,
  mode: bridge.mode,
  pausedCause: bridge.pausedCause && { code: bridge.pausedCause.code, facts: bridge.pausedCause.facts ?? {} },
  startFrom: bridge.startFrom,
  closedUntil: bridge.closedUntil,
  policies: { ...DEFAULT_POLICIES, ...bridge.policies },
  schedule: { ...bridge.schedule },
  nextRuns: around.nextRuns,
  webhook: {
    url: webhookUrl(settings.publicUrl, bridge.id),
    hasSecret: bridge.hasWebhookSecret,
    previousAccepted: bridge.hasPreviousSecret,
    lastDeliveryAt: isoOrNull(bridge.lastDeliveryAt),
    lastRefusal: bridge.lastRefusal && {
      at: iso(new Date(bridge.lastRefusal.at)),
      cause: bridge.lastRefusal.cause,
    },
  },
  firstRunConfirmedAt: isoOrNull(bridge.firstRunConfirmedAt),
  tokenRisk: {
    powerful: bridge.targetPowerful,
    accepted: bridge.tokenRisk && { name: bridge.tokenRisk.name, at: bridge.tokenRisk.at },
  },
  duty: presentDuty(around.rota),
  revision: bridge.revision,
  entries: { ...around.entries },
  openConflicts: around.open.open,
  gaps: around.open.gaps,
  lastRun: around.lastRun ? presentLastRun(around.lastRun) : null,
  createdAt: iso(bridge.createdAt),
  updatedAt: iso(bridge.updatedAt),
});

function presentDuty(rota: Rota | undefined): Bridge['duty'] {
  if (!rota) return { people: [], since: null, current: null, next: null };
  const { current, next } = dutyAt(rota, Date.now());
  return {
    people: [...rota.people],
    since: rota.since,
    current: current && named(current),
    next: next && { ...named(next), from: next.from },
  };
}

const named = ({ id, name }: RotaPerson) => ({ id, name });

const presentLastRun = ({ id, state, startedAt, finishedAt }: RunRecord) => ({
  id,
  state,
  startedAt: iso(startedAt),
  finishedAt: isoOrNull(finishedAt),
});

export const webhookUrl = (publicUrl: string, bridgeId: string): string =>
  `${publicUrl}${API_PREFIX}/webhooks/zammad/${bridgeId}`;
