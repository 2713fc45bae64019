import { randomUUID } from 'node:crypto';
import { inTransaction, type Session } from '../../db/sql.js';
import { writeAudit } from '../../db/stores/audit.js';
import { readBridgeContext } from '../../db/stores/bridge-rules.js';
import { readChanges, type LeadChanges, type UndoSubject } from '../../db/stores/undo-changes.js';
import { openUndo, undoItems, type UndoItem } from '../../db/stores/undos.js';
import { planUndo } from '../../domain/undo.js';
import { didBy } from '../audit-record.js';
import type { Actor } from '../auth/actor.js';
import type { ApiDeps } from '../deps.js';
import { orUnavailable } from '../http/outage-problem.js';

type How = { readonly preview: boolean; readonly actor: Actor };

/** Shows what would be written back, or stores the undoing and starts its process: rows first, the process after. */
export async function takeBack({ db, gateway }: ApiDeps, subject: UndoSubject, { preview, actor }: How) {
  if (preview) return presentUndo(null, await plannedItems({ db, tx: null }, subject));
  const undoId = await inTransaction(db, async (session) => {
    const actorOf = { actorId: actor.userId, actorName: actor.name };
    const drawn = randomUUID();
    const id = await openUndo(session, { ...subject, id: drawn, ...actorOf });
    if (id !== drawn) return id; // asked again: it was told already
    const about = { kind: subject.kind, id: subject.subjectId };
    const details = { undoId: id };
    await writeAudit(session, [didBy(actor, { action: 'undo.started', subject: about, details })]);
    return id;
  });
  await orUnavailable(gateway.startUndo({ undoId, ...subject }));
  return presentUndo(undoId, await undoItems({ db, tx: null }, undoId));
}

async function plannedItems(session: Session, subject: UndoSubject): Promise<UndoItem[]> {
  const changes = await readChanges(session, subject, null);
  const contexts = new Map<string, Awaited<ReturnType<typeof readBridgeContext>>>();
  for (const bridgeId of new Set(changes.map((change) => change.bridgeId)))
    contexts.set(bridgeId, await readBridgeContext(session, bridgeId));
  return changes.flatMap((change) => {
    const context = contexts.get(change.bridgeId);
    return context ? [plannedItem(change, context.rules)] : [];
  });
}

function plannedItem(
  change: LeadChanges,
  rules: { readonly closedUntil: string | null; readonly timeZone: string },
): UndoItem {
  const plan = planUndo({ ...change, closedUntil: rules.closedUntil, zone: rules.timeZone });
  const { leadId, bridgeId, ticketNumber } = change;
  const { action, fields, left: remaining } = plan;
  return {
    leadId,
    bridgeId,
    ticketNumber,
    state: action === 'nothing' ? 'left' : 'pending',
    action,
    fields,
    remaining,
  };
}

export const presentItem = ({ remaining, fields, ...item }: UndoItem) => ({
  ...item,
  fields: [...fields],
  left: [...remaining],
});

function presentUndo(undoId: string | null, items: readonly UndoItem[]) {
  const counts: Record<string, number> = {};
  for (const { action } of items) counts[action ?? 'pending'] = (counts[action ?? 'pending'] ?? 0) + 1;
  return { undoId, counts, items: items.map(presentItem) };
}
