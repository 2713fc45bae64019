import { readInboxRow } from '../../db/stores/conflicts-view.js';
import type { ConflictRef } from '../../temporal/conflicts.js';
import type { ApiDeps } from '../deps.js';
import { notFound } from '../http/problem.js';
import { notOpen } from './decision-problem.js';

/** What its process is addressed by. @throws Problem 404, or 409 when the conflict is not open any more */
export async function openConflictRef({ db }: Pick<ApiDeps, 'db'>, conflictId: string): Promise<ConflictRef> {
  const conflict = await readInboxRow({ db, tx: null }, conflictId);
  if (!conflict) throw notFound('conflict');
  if (conflict.state !== 'open') throw notOpen(conflict);
  return { conflictId, bridgeId: conflict.bridgeId, ticketId: conflict.ticketId, kind: conflict.kind };
}
