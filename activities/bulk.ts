import { ApplicationFailure } from '@temporalio/common';
import { DECISION_FAILURES } from '../domain/errors.js';
import { reason } from '../domain/reason.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import {
  bridgesOfBulk,
  bulkItems,
  countItems,
  holdBulk,
  moveBulk,
  moveItems,
  readBulk as findBulk,
  startGrace,
  withdrawItems,
  type Bulk,
  type BulkItem,
  type ItemMove,
} from '../db/stores/bulks.js';
import type { BulkActivities, BulkStanding } from './bulk-contract.js';
import { lockTicketsOfCases } from '../db/stores/ticket-locks.js';
import { holdCases, planCases, settleCases, type PlannedCase, type SettledCase } from './carry-out.js';
import type { DecideInput } from './contract.js';
import { recordDecisions, refuse } from './decide-cases.js';
import type { ActivityDeps } from './deps.js';
import { tellProcesses } from './tell-processes.js';
import { noteUntold } from '../db/stores/untold-conflicts.js';

const ITEMS_A_PAGE = 50;

const noSuchBulk = () => refuse(DECISION_FAILURES.closed, 'there is no such bulk decision');

async function held(session: Session, bulkId: string): Promise<Bulk> {
  const bulk = await holdBulk(session, bulkId);
  if (bulk === undefined) throw noSuchBulk();
  return bulk;
}

async function standing(deps: ActivityDeps, bulkId: string): Promise<BulkStanding> {
  const session = { db: deps.db, tx: null };
  const bulk = await findBulk(session, bulkId);
  if (bulk === undefined) throw noSuchBulk();
  return {
    state: bulk.state,
    applyAfter: bulk.applyAfter?.toISOString() ?? null,
    bridgeIds: await bridgesOfBulk(session, bulkId),
    counts: countsOf(await countItems(session, bulkId)),
  };
}

const countsOf = (counts: Readonly<Record<string, number | undefined>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([state, items]) => [state, items ?? 0]));

/** Decides a page of cases; a case that changed or is not open any more is an outcome and keeps nobody else back. */
const recordPage = (deps: ActivityDeps, bulkId: string): Promise<{ readonly more: boolean }> =>
  inTransaction(deps.db, async (session) => {
    const bulk = await held(session, bulkId);
    if (bulk.state !== 'recording') return { more: false };
    const items = await bulkItems(session, bulkId, { state: 'pending', after: 0, limit: ITEMS_A_PAGE });
    const inputs = items.map((item) => inputOf(bulk, item));
    const recorded = await recordDecisions(session, inputs, { graceMs: deps.graceMs, bulkId });
    const moves = items.map(({ conflictId, decisionId }): ItemMove => {
      const answer = recorded.get(decisionId);
      return answer instanceof ApplicationFailure
        ? refusedItem(conflictId, answer)
        : { conflictId, state: 'decided' };
    });
    await moveItems(session, bulkId, moves);
    return { more: items.length === ITEMS_A_PAGE };
  });

const inputOf = (bulk: Bulk, { conflictId, decisionId, version }: BulkItem): DecideInput => ({
  decisionId,
  conflictId,
  version,
  choice: bulk.choice,
  parameters: {},
  note: bulk.note,
  actor: { kind: 'person', id: bulk.actorId, name: bulk.actorName },
});

function refusedItem(conflictId: string, { type, details }: ApplicationFailure): ItemMove {
  const [detail] = details ?? [];
  if (type === DECISION_FAILURES.invalid) return { conflictId, state: 'refused', why: detail };
  if (type === DECISION_FAILURES.stale) return { conflictId, state: 'stale', why: reason('facts_changed') };
  const gone =
    typeof detail === 'object' && detail !== null && 'state' in detail && detail.state === 'closed';
  return gone
    ? { conflictId, state: 'no_op', why: reason('case_closed') }
    : { conflictId, state: 'stale', why: reason('decided_meanwhile') };
}

const withdraw = (
  deps: ActivityDeps,
  { bulkId, actorId }: { readonly bulkId: string; readonly actorId: string },
) =>
  inTransaction(deps.db, async (session) => {
    const bulk = await held(session, bulkId);
    if (bulk.state === 'withdrawn') return;
    if (bulk.state !== 'recording' && bulk.state !== 'grace')
      throw refuse(DECISION_FAILURES.closed, `the bulk decision is ${bulk.state}`, { state: bulk.state });
    await moveBulk(session, bulkId, 'withdrawn');
    const opened = await withdrawItems(session, bulkId);
    await audit(session, bulk, 'bulk.withdrawn', actorId, { conflicts: opened });
    await notifyChange(session, 'conflicts', opened);
  });

const planPage = (deps: ActivityDeps, bulkId: string) =>
  inTransaction(deps.db, async (session) => {
    const bulk = await held(session, bulkId);
    if (bulk.state === 'grace') await moveBulk(session, bulkId, 'applying');
    else if (bulk.state !== 'applying') return { more: false, replan: [], released: [] };
    const items = await bulkItems(session, bulkId, { state: 'decided', after: 0, limit: ITEMS_A_PAGE });
    await lockTicketsOfCases(
      session,
      items.map(({ conflictId }) => conflictId),
    );
    const cases = await holdCases(session, items);
    const planned = await planCases(session, cases);
    await moveItems(session, bulkId, planned.map(plannedItem));
    const again = new Set(planned.flatMap(({ conflictId, replan }) => (replan ? [conflictId] : [])));
    const concerned = cases.filter(({ conflict }) => again.has(conflict.id));
    return {
      more: items.length === ITEMS_A_PAGE,
      replan: [...new Set(concerned.map(({ conflict }) => conflict.bridgeId))],
      released: concerned
        .filter(({ conflict, decision }) => conflict.kind === 'guard' && decision.choice === 'go_ahead')
        .map(({ conflict, decision }) => ({ bridgeId: conflict.bridgeId, decisionId: decision.id })),
    };
  });

function plannedItem({ conflictId, outcome }: PlannedCase): ItemMove {
  switch (outcome) {
    case 'planned':
      return { conflictId, state: 'applying' };
    case 'stale':
      return { conflictId, state: 'stale', why: reason('facts_changed') };
    case 'vanished':
      return { conflictId, state: 'no_op', why: reason('case_vanished') };
    case 'over':
      return { conflictId, state: 'failed', why: reason('decided_meanwhile') };
  }
}

/** Outcomes of a page; the cases' own processes are told after the commit, since all of them wait for that. */
async function settlePage(
  deps: ActivityDeps,
  { bulkId, after }: { readonly bulkId: string; readonly after: number },
) {
  const { settled, items, told } = await inTransaction(deps.db, async (session) => {
    const page = await bulkItems(session, bulkId, { state: 'applying', after, limit: ITEMS_A_PAGE });
    const ended = await settleCases(session, await holdCases(session, page));
    await moveItems(session, bulkId, ended.filter(({ outcome }) => outcome !== 'waiting').map(settledItem));
    const moved = ended.filter(({ outcome }) => outcome === 'applied' || outcome === 'failed');
    const ids = moved.map(({ conflictId }) => conflictId);
    await noteUntold(session, ids);
    return { settled: ended, items: page, told: ids };
  });
  await tellProcesses(deps, { ids: told });
  return {
    next: items.length === ITEMS_A_PAGE ? (items.at(-1)?.position ?? null) : null,
    waiting: settled.filter(({ outcome }) => outcome === 'waiting').length,
  };
}

function settledItem({ conflictId, outcome, why }: SettledCase): ItemMove {
  if (outcome === 'applied') return { conflictId, state: 'applied' };
  // Asked again while it was applied: the target refused the write, or the facts moved under it.
  return { conflictId, state: outcome === 'failed' ? 'refused' : 'failed', why };
}

const finish = (deps: ActivityDeps, bulkId: string) =>
  inTransaction(deps.db, async (session) => {
    const bulk = await held(session, bulkId);
    const counts = countsOf(await countItems(session, bulkId));
    if (bulk.state !== 'applying') return counts;
    await moveBulk(session, bulkId, 'done');
    await audit(session, bulk, 'bulk.applied', bulk.actorId, { counts });
    await notifyChange(session, 'conflicts', []);
    return counts;
  });

const audit = (
  session: Session,
  bulk: Bulk,
  action: string,
  actorId: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> =>
  writeAudit(session, [
    {
      bridgeId: null,
      runId: null,
      actor: { kind: 'person', id: actorId },
      action,
      subject: { kind: 'bulk', id: bulk.id },
      version: null,
      details: { choice: bulk.choice, itemCount: bulk.itemCount, ...details },
    },
  ]);

async function grace(deps: ActivityDeps, bulkId: string): Promise<BulkStanding> {
  await inTransaction(deps.db, (session) => startGrace(session, bulkId, deps.graceMs));
  return standing(deps, bulkId);
}

export const bulkActivities = (deps: ActivityDeps): BulkActivities => ({
  readBulk: ({ bulkId }) => standing(deps, bulkId),
  recordBulkPage: ({ bulkId }) => recordPage(deps, bulkId),
  startBulkGrace: ({ bulkId }) => grace(deps, bulkId),
  withdrawBulk: (input) => withdraw(deps, input),
  planBulkPage: ({ bulkId }) => planPage(deps, bulkId),
  settleBulkPage: (input) => settlePage(deps, input),
  finishBulk: ({ bulkId }) => finish(deps, bulkId),
});
