import { DECISION_FAILURES } from '../domain/errors.js';
import { desiredKey } from '../domain/desired.js';
import { reason } from '../domain/reason.js';
import type { SourceBase } from '../domain/time-entry.js';
import { planUndo, type UndoStep } from '../domain/undo.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import { markConflictsDirty } from '../db/stores/bridge-entries.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import type { WriteStep } from '../db/stores/ledger.js';
import { planUndoIntents, type UndoIntent } from '../db/stores/ledger-undo.js';
import { readChanges, type LeadChanges } from '../db/stores/undo-changes.js';
import {
  bridgesOfUndo,
  closeUndo,
  dropEmptyDecisions,
  moveUndoItem,
  pauseBridgeOfRun,
  pendingLeads,
  readUndo as findUndo,
  undoItems,
  type Undo,
} from '../db/stores/undos.js';
import { refuse } from './decide-cases.js';
import type { ActivityDeps } from './deps.js';
import { settleUndoneLead } from './settle-undo.js';
import type { UndoActivities, UndoStanding } from './undo-contract.js';

const LEADS_A_PAGE = 50;

async function undoOf(session: Session, undoId: string): Promise<Undo> {
  const undo = await findUndo(session, undoId);
  if (undo === undefined) throw refuse(DECISION_FAILURES.closed, 'there is no such undoing');
  return undo;
}

async function standing(deps: ActivityDeps, undoId: string): Promise<UndoStanding> {
  const session = { db: deps.db, tx: null };
  const undo = await undoOf(session, undoId);
  const counts: Record<string, number> = {};
  for (const { state } of await undoItems(session, undoId)) counts[state] = (counts[state] ?? 0) + 1;
  return { state: undo.state, bridgeIds: await bridgesOfUndo(session, undoId), counts };
}

/** A run that is undone has shown that something is wrong: its bridge waits until a person has looked. */
const begin = (deps: ActivityDeps, undoId: string): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    const undo = await undoOf(session, undoId);
    if (undo.kind === 'run') {
      const paused = await pauseBridgeOfRun(session, undo.subjectId);
      if (paused !== null) {
        await audit(session, undo, 'bridge.paused', { bridgeId: paused });
        await notifyChange(session, 'bridges', [paused]);
      }
      return;
    }
    const reopened = await dropEmptyDecisions(session, undo);
    await markConflictsDirty(session, reopened);
    if (reopened.length > 0) await audit(session, undo, 'decision.undone', { conflicts: reopened });
  });

const planPage = (deps: ActivityDeps, undoId: string): Promise<{ readonly more: boolean }> =>
  inTransaction(deps.db, async (session) => {
    const undo = await undoOf(session, undoId);
    const pending = await pendingLeads(session, undoId, LEADS_A_PAGE);
    const changes = await readChanges(
      session,
      undo,
      pending.map(({ leadId }) => leadId),
    );
    const known = new Map(changes.map((change) => [change.leadId, change]));
    for (const { leadId } of pending) {
      const change = known.get(leadId);
      if (change === undefined)
        await moveUndoItem(session, { undoId, leadId }, { state: 'undone', action: 'nothing' });
      else await planLead(session, undo, change);
    }
    return { more: pending.length === LEADS_A_PAGE };
  });

async function planLead(session: Session, undo: Undo, change: LeadChanges): Promise<void> {
  const { rules, targetConnectorId } = await readBridgeContext(session, change.bridgeId);
  const plan = planUndo({ ...change, closedUntil: rules.closedUntil, zone: rules.timeZone });
  const { action, fields, left: remaining, steps } = plan;
  const at = { undoId: undo.id, leadId: change.leadId };
  if (action === 'nothing') return moveUndoItem(session, at, { state: 'left', action, fields, remaining });
  await moveUndoItem(session, at, { state: 'writing', action, fields, remaining });
  const target = { undoId: undo.id, bridgeId: change.bridgeId, targetConnectorId };
  await planUndoIntents(
    session,
    target,
    steps.map((step) => intentOf(change, step)),
  );
  if (steps.length === 0) await settleUndoneLead(session, undo.id, change.leadId);
}

const NOTHING_AGREED: SourceBase = { seconds: 0, activityTypeId: null, ticketId: '', organizationId: null };

/** The step as the ledger carries it out; its link becomes what it was when all rows of the lead are written. */
function intentOf(change: LeadChanges, step: UndoStep): UndoIntent {
  const shared = {
    leadId: change.leadId,
    linkId: null,
    members: [],
    sourceBase: change.linkBefore?.sourceBase ?? NOTHING_AGREED,
    by: { kind: 'policy' },
    why: reason('undone'),
  } as const;
  if (step.kind === 'create') {
    const { desired, marker, replaces } = step;
    const row = change.writes.find(({ before }) => before?.externalId === replaces)?.before;
    if (!row) throw new Error(`row ${replaces} was never there`);
    const write: WriteStep = {
      ...shared,
      kind: 'create',
      role: 'main',
      sequence: 1,
      desired,
      acceptedSeconds: 0,
      marker,
    };
    return {
      rowId: replaces,
      row,
      userId: desired.userId,
      intent: { step: write, then: [], desiredKey: desiredKey(desired) },
    };
  }
  const { row } = step;
  const write: WriteStep =
    step.kind === 'delete'
      ? { ...shared, kind: 'delete', row, closes: false }
      : { ...shared, kind: 'update', row, changes: step.changes, desired: step.desired, acceptedSeconds: 0 };
  const key = step.kind === 'delete' ? '' : desiredKey(step.desired);
  return {
    rowId: row.externalId,
    row,
    userId: row.userId,
    intent: { step: write, then: [], desiredKey: key },
  };
}

const finish = (deps: ActivityDeps, undoId: string): Promise<{ readonly finished: boolean }> =>
  inTransaction(deps.db, async (session) => {
    const undo = await undoOf(session, undoId);
    const items = await undoItems(session, undoId);
    if (items.some(({ state }) => state === 'pending' || state === 'writing')) return { finished: false };
    if (await closeUndo(session, undoId)) {
      const left = items.filter(({ state }) => state === 'left');
      await audit(session, undo, `${undo.kind}.undone`, { undone: items.length - left.length, left });
      await notifyChange(session, 'conflicts', []);
    }
    return { finished: true };
  });

const audit = (
  session: Session,
  undo: Undo,
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> =>
  writeAudit(session, [
    {
      bridgeId: null,
      runId: undo.kind === 'run' ? undo.subjectId : null,
      actor: { kind: 'person', id: undo.actorId },
      action,
      subject: { kind: undo.kind, id: undo.subjectId },
      version: null,
      details: { undoId: undo.id, ...details },
    },
  ]);

export const undoActivities = (deps: ActivityDeps): UndoActivities => ({
  readUndo: ({ undoId }) => standing(deps, undoId),
  beginUndo: ({ undoId }) => begin(deps, undoId),
  planUndoPage: ({ undoId }) => planPage(deps, undoId),
  finishUndo: ({ undoId }) => finish(deps, undoId),
});
