import { inTransaction } from '../db/sql.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import { dirtyTickets } from '../db/stores/books.js';
import { openIntents, type OpenIntents } from '../db/stores/ledger.js';
import { claimIntents } from '../db/stores/ledger-claims.js';
import { conflictsOfDecisions } from '../db/stores/decisions.js';
import { stopForRisk } from '../db/stores/token-risk.js';
import { isConnectorPaused } from '../db/stores/health.js';
import type { Applied, ApplyInput } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { NOTHING_PROVISIONED, provisionPlanned, type Provisioned } from './provision.js';
import { recordWrites } from './record-writes.js';
import { enterPhase } from './runs.js';
import { scopeFilter } from './reconcile.js';
import { isTargetRead, readTargetCatalogue } from './fetch-target.js';
import { LedgerWriter } from './ledger-writer.js';
import { writeClaimed, type WasClaimed } from './write-claimed.js';

/**
 * As many rows as let those of one person be written in groups. Twice as many people as the connector lets through by
 * default: while what came back for one of them is kept, the target is busy with the others.
 */
const MANY = { people: 8, rows: 1_000 } as const;
/** Of a bulk decision: few people and not many rows of each, because somebody may decide singly meanwhile. */
const OF_BULK = { people: 3, rows: 30 } as const;
/** When somebody else writes for the same people: look again after this. */
const BUSY_MS = 500;

/** One page of planned writes. A target that is paused or was never read, or a shadow bridge, leaves them *waiting to be written*. */
export async function applyPlan(deps: ActivityDeps, input: ApplyInput): Promise<Applied> {
  const session = { db: deps.db, tx: null };
  const context = await readBridgeContext(session, input.bridgeId);
  const none = { written: 0, refused: 0, dropped: 0, more: false, dirty: false, waitUntil: null };
  if (context.rules.mode !== 'live' || (context.pausedCause !== null && input.scope.kind !== 'undo'))
    return { ...none, targetPaused: false };
  if (context.riskOpen) {
    await stopForRisk(session, input.bridgeId);
    return { ...none, targetPaused: false };
  }
  const { targetConnectorId } = context;
  if ((await isConnectorPaused(session, targetConnectorId)) || !(await isTargetRead(deps, targetConnectorId)))
    return { ...none, targetPaused: true };
  const scope = scopeFilter(input.scope);
  const target = await deps.connectors.target(targetConnectorId);
  // Who is billed comes first, whoever asks: what waits for it is planned again in the next round.
  const provisioned =
    input.scope.kind === 'undo'
      ? NOTHING_PROVISIONED
      : await provisionPlanned(deps, context, target.provisioning);
  const writer = new LedgerWriter(deps, context, target);
  const most = input.scope.kind === 'bulk' ? OF_BULK : MANY;
  const { rows, results, failure } = await writeClaimed(writer, {
    people: most.people,
    claim: () =>
      inTransaction(deps.db, (tx) =>
        claimIntents(tx, input.bridgeId, scope, {
          limit: most.rows,
          leaseSeconds: deps.unknownWaitSeconds,
        }),
      ),
    begin: () => enterPhase(deps, { runId: input.cause.runId, phase: 'applying' }),
    record: (written) => recordWrites(deps, input, written),
  });
  if (writer.answers.choiceRefused) await readTargetCatalogue(deps, targetConnectorId, target);
  if (failure !== null)
    throw failure instanceof Error ? failure : new Error('a write failed', { cause: failure });
  await wakeDecisions(deps, rows, input.cause.decisionId);
  const left = await openIntents(session, input.bridgeId, scope);
  const progressed =
    (rows.length > 0 && left.ready) || (provisioned.tried > 0 && provisioned.left?.ready === true);
  const busyUntil = new Date(deps.now().getTime() + BUSY_MS);
  const waitUntil = progressed
    ? null
    : earliest(untilOf(left, busyUntil), unmadeUntil(provisioned, busyUntil));
  return {
    written: results.filter((r) => r.outcome === 'written').length,
    refused: results.filter((r) => r.outcome === 'refused').length,
    dropped: results.filter((r) => r.outcome === 'dropped').length,
    more: progressed,
    dirty: (await dirtyTickets(session, input.bridgeId, scope, 1)).tickets.length > 0,
    waitUntil: waitUntil?.toISOString() ?? null,
    targetPaused: false,
  };
}

function untilOf({ ready, waiting, next }: OpenIntents, busyUntil: Date): Date | null {
  if (ready) return busyUntil;
  return waiting ? (next ?? busyUntil) : null;
}

const unmadeUntil = ({ left }: Provisioned, busyUntil: Date): Date | null =>
  left === null ? null : left.ready ? busyUntil : left.next;

const earliest = (a: Date | null, b: Date | null): Date | null =>
  a === null || (b !== null && b < a) ? b : a;

/** Decisions whose writes a run or another ticket's sync carried out: their processes settle at once. */
async function wakeDecisions(
  deps: ActivityDeps,
  page: readonly WasClaimed[],
  own: string | null,
): Promise<void> {
  const others = page.flatMap(({ decisionId }) =>
    decisionId === null || decisionId === own ? [] : [decisionId],
  );
  if (others.length === 0) return;
  for (const conflictId of await conflictsOfDecisions({ db: deps.db, tx: null }, [...new Set(others)]))
    await deps.processes.signalFactsChanged(conflictId);
}
