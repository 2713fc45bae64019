import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, instant, rowId } from '../fields.contract.js';

/** Neither a time nor *until something changes* wakes it up now. */
export const snoozeConflict = contract({
  id: 'snoozeConflict',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/snooze`,
  summary: 'Put aside until an instant, or until something about it changes',
  access: 'approver',
  status: 202,
  params: closed({ conflictId: rowId().required() }),
  body: closed({ until: instant().nullable().defined(), untilChange: yup.boolean().defined() }),
  reply: nothing,
});
