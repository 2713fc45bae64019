import { inTransaction, type Session } from '../db/sql.js';
import { notifyChange } from '../db/notify.js';
import { writeAudit } from '../db/stores/audit.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import { conflictsToStart, noteStarted, type ConflictToStart } from '../db/stores/conflict-starts.js';
import { assignConflict as assign, findConflict, snoozeConflict as snooze } from '../db/stores/conflicts.js';
import { runningDecision } from '../db/stores/decisions.js';
import { storeNotification } from '../db/stores/notifications.js';
import type { ConflictStanding } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { tellProcesses } from './tell-processes.js';

type Starting = Pick<ActivityDeps, 'db' | 'processes'>;

const STARTS_A_CALL = 200;
const STARTS_AT_A_TIME = 10;

/** Starts the processes of open cases that have none, and tells those whose cases moved. A bridge in shadow mode opens none. */
export async function openConflicts(
  deps: Starting,
  { bridgeId }: { readonly bridgeId: string },
): Promise<{ readonly started: number; readonly more: boolean }> {
  const session = { db: deps.db, tx: null };
  const { rules } = await readBridgeContext(session, bridgeId);
  if (rules.mode !== 'live') return { started: 0, more: false };
  await tellProcesses(deps, { bridgeId });
  const waiting = await conflictsToStart(session, bridgeId, STARTS_A_CALL);
  for (let at = 0; at < waiting.length; at += STARTS_AT_A_TIME)
    await startGroup(deps, bridgeId, waiting.slice(at, at + STARTS_AT_A_TIME));
  return { started: waiting.length, more: waiting.length === STARTS_A_CALL };
}

/** A process that was started as that of a new case is told when its case had moved by then. */
async function startGroup(
  deps: Starting,
  bridgeId: string,
  group: readonly ConflictToStart[],
): Promise<void> {
  await Promise.all(
    group.map(({ id, kind, ticket_id, ticket_number, is_new }) =>
      deps.processes.startConflict({
        conflictId: id,
        bridgeId,
        kind,
        ticketId: ticket_id,
        ticketNumber: ticket_number,
        isNew: is_new,
      }),
    ),
  );
  const ids = group.map(({ id }) => id);
  await tellProcesses(deps, { ids: await noteStarted({ db: deps.db, tx: null }, ids) });
}

/**
 * Where a case stands, from its row and its unfinished decision. One that is not there counts as closed. While a bulk
 * decides it, the bulk's process carries that out: for its own process the case goes on being open.
 */
export async function standingOf(session: Session, conflictId: string): Promise<ConflictStanding> {
  const conflict = await findConflict(session, conflictId);
  if (conflict === undefined)
    return { state: 'closed', decisionId: null, applyAfter: null, snoozedUntil: null };
  const running = await runningDecision(session, conflictId);
  const snoozedUntil = conflict.snoozedUntil?.toISOString() ?? null;
  if (conflict.state !== 'closed' && (running?.bulk_id ?? null) !== null)
    return { state: 'open', decisionId: null, applyAfter: null, snoozedUntil };
  return {
    state: conflict.state,
    decisionId: running?.id ?? null,
    applyAfter: running?.state === 'grace' ? running.apply_after.toISOString() : null,
    snoozedUntil,
  };
}

export const readConflict = (
  deps: ActivityDeps,
  { conflictId }: { readonly conflictId: string },
): Promise<ConflictStanding> => standingOf({ db: deps.db, tx: null }, conflictId);

/** Out of sight until an instant, or until the facts change; both left out: visible again. */
export const snoozeConflict = (
  deps: ActivityDeps,
  input: {
    readonly conflictId: string;
    readonly until: string | null;
    readonly untilChange: boolean;
    readonly actorId: string;
  },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    await snooze(session, input.conflictId, input.until, input.untilChange);
    await note(session, input.conflictId, input.actorId, 'conflict.snoozed', {
      until: input.until,
      untilChange: input.untilChange,
    });
  });

export const assignConflict = (
  deps: ActivityDeps,
  input: { readonly conflictId: string; readonly assigneeId: string | null; readonly actorId: string },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    await assign(session, input.conflictId, input.assigneeId);
    await note(session, input.conflictId, input.actorId, 'conflict.assigned', {
      assigneeId: input.assigneeId,
    });
  });

/** Keeps a reminder for the daily message; nothing expires by itself. */
export const remindOfConflict = async (
  deps: ActivityDeps,
  input: { readonly conflictId: string; readonly reminders: number },
): Promise<void> => {
  await storeNotification({ db: deps.db, tx: null }, { kind: 'conflict_waits', facts: input });
};

async function note(
  session: Session,
  conflictId: string,
  actorId: string,
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const conflict = await findConflict(session, conflictId);
  await writeAudit(session, [
    {
      bridgeId: conflict?.bridgeId ?? null,
      runId: null,
      actor: { kind: 'person', id: actorId },
      action,
      subject: { kind: 'conflict', id: conflictId },
      version: conflict?.version ?? null,
      details,
    },
  ]);
  await notifyChange(session, 'conflicts', [conflictId]);
}
