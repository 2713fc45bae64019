import * as yup from 'yup';
import { CHOICES } from '../../domain/conflict.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, rowId, uuid } from '../fields.contract.js';

const sides = yup
  .mixed<Record<string, 'source' | 'target'>>()
  .test(
    'sides',
    '${path} must say "source" or "target" for each field',
    (value) => !value || Object.values(value).every((side) => side === 'source' || side === 'target'),
  );

/** What is decided, and about which facts. */
export const verdictFields = {
  version: yup.string().max(200).required(),
  choice: yup.string().oneOf(CHOICES, '${path} must be one of: ${values}').required(),
  parameters: closed({
    targetId: yup.string().max(120),
    fields: sides,
    edit: closed({
      begin: yup.string().max(40),
      seconds: yup.number().integer().min(60).max(86_400),
      projectId: yup.string().max(40),
    }).optional(),
  }).optional(),
  note: yup.string().max(2000).nullable(),
};

/**
 * Sending the same `decisionId` again answers the same. 409 `stale` when the facts are other ones now (`version`
 * and `conflict` say which), 422 with the reason `second_person_missing` where it takes two people and nobody else has
 * proposed the same (`proposeDecision`), 409 `not-open` when somebody was quicker, 503 while Temporal cannot be reached.
 */
export const decideConflict = contract({
  id: 'decideConflict',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/decision`,
  summary: 'Decide; what it writes is written after the grace time',
  access: 'approver',
  params: closed({ conflictId: rowId().required() }),
  body: closed({
    /** Drawn by the client, so that a repeated request is the same decision. */
    decisionId: uuid().required(),
    ...verdictFields,
  }),
  reply: closed({
    decisionId: uuid().required(),
    applyAfter: instant().required(),
    graceMs: yup.number().required(),
  }),
});
