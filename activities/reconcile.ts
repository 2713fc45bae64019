import { createHash } from 'node:crypto';
import { reconcile as reconcileBooks } from '../domain/reconcile.js';
import { FEWEST_GUARDED } from '../domain/guards.js';
import type { Plan } from '../domain/plan.js';
import { inTransaction } from '../db/sql.js';
import { holdDirty } from '../db/stores/bridge-entries.js';
import { readBridgeContext, type BridgeContext } from '../db/stores/bridge-rules.js';
import { dirtyTickets, readBooks } from '../db/stores/books.js';
import { isIdle } from '../db/stores/idle.js';
import { isGuardReleasedBy } from '../db/stores/guard-holds.js';
import { countInRun } from '../db/stores/runs.js';
import { countLinks } from '../db/stores/link-counts.js';
import { readOpenElsewhere } from '../db/stores/open-elsewhere.js';
import { readOrderNumbers } from '../db/stores/catalogue.js';
import { lockTickets } from '../db/stores/ticket-locks.js';
import type { Reconciled, ReconcileInput, Scope } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { persistPlan, type Persisted } from './persist-plan.js';
import { enterPhase } from './runs.js';
import { tellProcesses } from './tell-processes.js';

/** Tickets a page; a ticket has a handful of entries, so a page stays below 2,000 of them. */
const TICKETS_A_PAGE = 200;

export const scopeFilter = (scope: Scope) => ({
  ticketId: scope.kind === 'ticket' ? scope.ticketId : null,
  conflictId: scope.kind === 'conflict' ? scope.conflictId : null,
  bulkId: scope.kind === 'bulk' ? scope.bulkId : null,
  undoId: scope.kind === 'undo' ? scope.undoId : null,
});

const sha256 = (canonical: string): string =>
  createHash('sha256').update(canonical).digest('hex').slice(0, 32);

const NOTHING = { tickets: 0, asked: 0, planned: 0, agreed: 0, more: false };

/** One page of tickets that have something new: both books in, a plan out, kept in one transaction. */
export async function reconcile(deps: ActivityDeps, input: ReconcileInput): Promise<Reconciled> {
  const { bridgeId } = input;
  const outside = { db: deps.db, tx: null };
  const context = await readBridgeContext(outside, bridgeId);
  if (context.rules.mode === 'off') return NOTHING;
  const scope = scopeFilter(input.scope);
  const { tickets, more } = await dirtyTickets(outside, bridgeId, scope, TICKETS_A_PAGE);
  if (tickets.length === 0) return { ...NOTHING, idle: await isIdle(outside, bridgeId) };
  await enterPhase(deps, { runId: input.cause.runId, phase: 'reconciling' });
  const persisted = await planTickets(deps, context, tickets, input);
  await tellProcesses(deps, { ids: persisted.touchedConflicts });
  return {
    tickets: tickets.length,
    asked: persisted.asked,
    planned: persisted.planned,
    agreed: persisted.agreed,
    more,
  };
}

const planTickets = (
  deps: ActivityDeps,
  context: BridgeContext,
  tickets: readonly string[],
  { bridgeId, cause }: ReconcileInput,
): Promise<Persisted> =>
  inTransaction(deps.db, async (session) => {
    await lockTickets(session, bridgeId, tickets);
    const held = await holdDirty(session, bridgeId, tickets);
    const books = await readBooks(session, context, tickets);
    const plan: Plan = reconcileBooks({
      ...books,
      bridge: context.rules,
      now: deps.now().toISOString(),
      rules: context.orderedRules,
      firstRun: context.firstRun,
      firstRunConfirmedAt: context.firstRunUntil,
      countedByRun: cause.runId !== null || (await isGuardReleasedBy(session, cause.decisionId)),
      openElsewhere: await readOpenElsewhere(session, context, books),
      ...(books.links.length >= FEWEST_GUARDED && { linksOfBridge: await countLinks(session, bridgeId) }),
      orderNumbers: await readOrderNumbers(session, context.targetConnectorId),
      hash: sha256,
    });
    const persisted = await persistPlan(session, context, { ...books, held }, plan, cause);
    await countInRun(session, cause.runId, {
      tickets: tickets.length,
      asked: persisted.asked,
      planned: persisted.planned,
    });
    return persisted;
  });
