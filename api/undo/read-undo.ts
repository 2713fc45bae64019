import { readUndo as findUndo, undoItems } from '../../db/stores/undos.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { readUndo } from './read-undo.contract.js';
import { presentItem } from './take-back.js';

export const readUndoEndpoint = endpoint(readUndo, async ({ db }, { params }) => {
  const session = { db, tx: null };
  const undo = await findUndo(session, params.undoId);
  if (!undo) throw notFound('undoing');
  return {
    ...undo,
    createdAt: undo.createdAt.toISOString(),
    finishedAt: undo.finishedAt?.toISOString() ?? null,
    items: (await undoItems(session, undo.id)).map(presentItem),
  };
});
