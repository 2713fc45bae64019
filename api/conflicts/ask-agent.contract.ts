import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, rowId, text, uuid } from '../fields.contract.js';

/**
 * The note is internal: agents see it, customers do not. Sending the same `askId` again writes nothing twice. 422
 * `note-refused` with the reason where the ticket's system does not take it, 503 `note-pending` while it does not answer.
 */
export const askAgent = contract({
  id: 'askAgent',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/questions`,
  summary:
    'Ask the agent by an internal note in the ticket, and put the case aside until something happens there',
  access: 'approver',
  status: 201,
  params: closed({ conflictId: rowId().required() }),
  body: closed({
    askId: uuid().required(),
    text: text(2000).required(),
    /** The case comes back then at the latest; null: only when something happens. */
    until: instant().nullable().defined(),
  }),
  reply: closed({
    noteId: yup.string().required(),
    /** False when something was written in the ticket since: then the case stays where it is. */
    asleep: yup.boolean().required(),
  }),
});
