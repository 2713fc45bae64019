import { inTransaction } from '../db/sql.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import { dirtyTickets } from '../db/stores/books.js';
import { openIntents, type LedgerRow } from '../db/stores/ledger.js';
import { claimIntents, releaseClaimed } from '../db/stores/ledger-claims.js';
import { conflictsOfDecisions } from '../db/stores/decisions.js';
import { stopForRisk } from '../db/stores/token-risk.js';
import { isConnectorPaused } from '../db/stores/health.js';
import type { Applied, ApplyInput } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { NOTHING_PROVISIONED, provisionPlanned, type Provisioned } from './provision.js';
import { recordWrites } from './record-writes.js';
import { scopeFilter } from './reconcile.js';
import { isTargetRead, readTargetCatalogue } from './fetch-target.js';
import { LedgerWriter, type WriteResult } from './ledger-writer.js';
import { isPlainCreate, writeNewRows, type GroupResult } from './write-new-rows.js';

/** Between two pages the target has nothing to do for a moment, and no page may outlast its lease by far. */
const ROWS_A_PAGE = 600;
/** New rows of one person that share their bookkeeping; as many may need a look-up after a crash. */
const GROUP_SIZE = 25;
/**
 * How many people are written for at a time; each one's rows go one after the other. One more than the connector lets
 * through by default: while what came back for one of them is kept, the target is busy with the others.
 */
const PEOPLE_AT_A_TIME = 5;
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
  const page = await inTransaction(deps.db, (tx) =>
    claimIntents(tx, input.bridgeId, scope, { limit: ROWS_A_PAGE, leaseSeconds: deps.unknownWaitSeconds }),
  );
  const writer = new LedgerWriter(deps, context, target);
  const { results, failure } = await writePage(deps, writer, page);
  await recordWrites(deps, input, page);
  if (writer.answers.choiceRefused) await readTargetCatalogue(deps, targetConnectorId, target);
  if (failure !== null)
    throw failure instanceof Error ? failure : new Error('a write failed', { cause: failure });
  await wakeDecisions(deps, page, input.cause.decisionId);
  const left = await openIntents(session, input.bridgeId, scope);
  const progressed =
    (page.length > 0 && left.ready > 0) || (provisioned.tried > 0 && provisioned.left?.ready === true);
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

type Left = { readonly ready: number; readonly waiting: number; readonly next: Date | null };

function untilOf({ ready, waiting, next }: Left, busyUntil: Date): Date | null {
  if (ready > 0) return busyUntil;
  return waiting > 0 ? (next ?? busyUntil) : null;
}

const unmadeUntil = ({ left }: Provisioned, busyUntil: Date): Date | null =>
  left === null ? null : left.ready ? busyUntil : left.next;

const earliest = (a: Date | null, b: Date | null): Date | null =>
  a === null || (b !== null && b < a) ? b : a;

/** Rows of one person in their order, a few people side by side; the first failure stops new rows from starting. */
async function writePage(
  deps: ActivityDeps,
  writer: LedgerWriter,
  page: readonly LedgerRow[],
): Promise<GroupResult> {
  const queues = queuesByPerson(page);
  const results: WriteResult[] = [];
  let failure: unknown = null;
  const write = async (group: readonly LedgerRow[]): Promise<void> => {
    const written = await writeGroup(writer, group);
    results.push(...written.results);
    failure ??= written.failure;
  };
  const work = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift())
      for (const group of groupsOf(queue))
        if (failure === null) await write(group);
        else for (const row of group) await releaseUnsent(deps, row);
  };
  await Promise.all(Array.from({ length: PEOPLE_AT_A_TIME }, work));
  return { results, failure };
}

/** Plain new rows go together, everything else one by one. */
function groupsOf(queue: readonly LedgerRow[]): LedgerRow[][] {
  const groups: LedgerRow[][] = [];
  for (const row of queue) {
    const last = groups.at(-1);
    const first = last?.[0];
    const joins =
      first !== undefined && isPlainCreate(first) && isPlainCreate(row) && (last?.length ?? 0) < GROUP_SIZE;
    if (joins) last?.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** A failure that is not about one row stops the page; that row, unless it was sent, goes back to the plan. */
async function writeGroup(writer: LedgerWriter, group: readonly LedgerRow[]): Promise<GroupResult> {
  const [row] = group;
  if (row === undefined) return { results: [], failure: null };
  if (group.length > 1 && !group.some((one) => writer.isClosed(one))) return writeNewRows(writer, group);
  const results: WriteResult[] = [];
  for (const [index, one] of group.entries()) {
    try {
      results.push(await writer.write(one));
      if (writer.answers.outage !== null) throw writer.answers.outage;
    } catch (failure) {
      for (const left of group.slice(index)) await releaseUnsent(writer.deps, left);
      return { results, failure };
    }
    writer.deps.heartbeat({ row: one.id });
  }
  return { results, failure: null };
}

function queuesByPerson(page: readonly LedgerRow[]): LedgerRow[][] {
  const queues = new Map<string, LedgerRow[]>();
  for (const row of [...page].sort((a, b) => Number(a.id) - Number(b.id)))
    queues.set(row.targetUserId, [...(queues.get(row.targetUserId) ?? []), row]);
  return [...queues.values()];
}

/** A row that was never sent goes back at once; whatever else went wrong, a sent one keeps its wait. */
const releaseUnsent = (deps: ActivityDeps, row: LedgerRow): Promise<void> =>
  releaseClaimed({ db: deps.db, tx: null }, [row]);

/** Decisions whose writes a run or another ticket's sync carried out: their processes settle at once. */
async function wakeDecisions(
  deps: ActivityDeps,
  page: readonly LedgerRow[],
  own: string | null,
): Promise<void> {
  const others = page.flatMap(({ decisionId }) =>
    decisionId === null || decisionId === own ? [] : [decisionId],
  );
  if (others.length === 0) return;
  for (const conflictId of await conflictsOfDecisions({ db: deps.db, tx: null }, [...new Set(others)]))
    await deps.processes.signalFactsChanged(conflictId);
}
