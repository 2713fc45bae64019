import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, rowId } from '../fields.contract.js';
import { verdictFields } from './decide-conflict.contract.js';

/**
 * The first of two: decided it is once somebody else decides the very same (`decideConflict`). A proposal of the same
 * person before it no longer counts; the same once more changes nothing. Refused like a decision where it could not be one.
 */
export const proposeDecision = contract({
  id: 'proposeDecision',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/proposal`,
  summary: 'Propose a decision where a bridge asks for two people',
  access: 'approver',
  status: 201,
  params: closed({ conflictId: rowId().required() }),
  body: closed(verdictFields),
  reply: nothing,
});
