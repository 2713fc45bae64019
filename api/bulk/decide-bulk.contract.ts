import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, text, uuid } from '../fields.contract.js';
import { bulkChoice, bulkItems } from './bulk-fields.contract.js';

/**
 * Sending the same `bulkId` again answers the same. What became of each item is at GET /bulk/:bulkId; 503 while
 * Temporal cannot be reached: it is stored then and goes on by itself, or repeat it with the same id.
 */
export const decideBulk = contract({
  id: 'decideBulk',
  method: 'post',
  path: `${API_PREFIX}/conflicts/bulk`,
  summary: 'Decide up to 5,000 conflicts with one choice; one grace time for all of them',
  access: 'approver',
  status: 202,
  body: closed({
    /** Drawn by the client, so that a repeated request is the same decision. */
    bulkId: uuid().required(),
    choice: bulkChoice(),
    note: text(2000).nullable(),
    items: bulkItems(),
  }),
  reply: closed({ bulkId: uuid().required(), itemCount: yup.number().required() }),
});
