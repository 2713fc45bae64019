import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, reason, rowId } from '../fields.contract.js';
import { bulkChoice, bulkItems } from './bulk-fields.contract.js';

/** "31 create, 4 update, 2 blocked": from what each conflict keeps about its choices; nothing is asked of Kimai. */
export const previewBulk = contract({
  id: 'previewBulk',
  method: 'post',
  path: `${API_PREFIX}/conflicts/bulk/preview`,
  summary: 'What one choice would do with many conflicts',
  access: 'viewer',
  body: closed({ choice: bulkChoice(), items: bulkItems() }),
  reply: closed({
    creates: yup.number().required(),
    updates: yup.number().required(),
    deletes: yup.number().required(),
    /** Decided, and nothing is written to Kimai. */
    writesNothing: yup.number().required(),
    blocked: list(closed({ conflictId: rowId().required(), reason: reason() })),
    /** Changed, decided or gone since they were read. */
    stale: list(rowId().required()),
  }),
});
