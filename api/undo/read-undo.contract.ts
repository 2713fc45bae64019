import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, list, uuid } from '../fields.contract.js';
import { undoItem } from './undo-fields.contract.js';

/** How far it is, entry by entry. */
export const readUndo = contract({
  id: 'readUndo',
  method: 'get',
  path: `${API_PREFIX}/undos/:undoId`,
  summary: 'An undoing with what became of each entry',
  access: 'viewer',
  params: closed({ undoId: uuid().required() }),
  reply: closed({
    id: uuid().required(),
    kind: yup.string().oneOf(['decision', 'bulk', 'run']).required(),
    subjectId: yup.string().required(),
    state: yup.string().oneOf(['open', 'done']).required(),
    actorName: yup.string().required(),
    createdAt: instant().required(),
    finishedAt: instant().nullable().defined(),
    items: list(undoItem()),
  }),
});
