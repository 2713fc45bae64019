import * as yup from 'yup';
import { CHOICES, CONFLICT_KINDS } from '../../domain/conflict.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, list, reason, rowId, uuid } from '../fields.contract.js';
import { BULK_OUTCOMES, BULK_STATES } from './bulk-fields.contract.js';

/** How far it is; every item has an outcome of its own, `pending` until it is known. */
export const readBulk = contract({
  id: 'readBulk',
  method: 'get',
  path: `${API_PREFIX}/bulk/:bulkId`,
  summary: 'A bulk decision with the outcome of each item',
  access: 'viewer',
  params: closed({ bulkId: uuid().required() }),
  reply: closed({
    id: uuid().required(),
    state: yup.string().oneOf(BULK_STATES).required(),
    choice: yup.string().oneOf(CHOICES).required(),
    note: yup.string().nullable().defined(),
    actorName: yup.string().required(),
    itemCount: yup.number().required(),
    createdAt: instant().required(),
    /** End of the one grace time; null until everything is recorded. */
    applyAfter: instant().nullable().defined(),
    finishedAt: instant().nullable().defined(),
    counts: closed(Object.fromEntries(BULK_OUTCOMES.map((outcome) => [outcome, yup.number().required()]))),
    items: list(
      closed({
        conflictId: rowId().required(),
        /** What people call the case: its ticket, what is not mapped, or else its kind. */
        kind: yup.string().oneOf(CONFLICT_KINDS).required(),
        ticketNumber: yup.string().nullable().defined(),
        gapName: yup.string().nullable().defined(),
        outcome: yup.string().oneOf(BULK_OUTCOMES).required(),
        reason: reason().nullable().defined(),
      }),
    ),
  }),
});
