import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, slug } from '../fields.contract.js';
import { mappingDecision, mappingKind } from './mapping-shape.contract.js';

/**
 * Many at once, each as `setMapping` does it: what cannot be mapped is named in `refused`, the others are done.
 */
export const setMappings = contract({
  id: 'setMappings',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/mappings/:kind`,
  summary: 'Map or ignore many source items in one step',
  access: 'approver',
  params: closed({ bridgeId: slug().required(), kind: mappingKind() }),
  body: closed({
    items: list(
      closed({
        sourceId: yup.string().max(120).defined(),
        targetId: yup.string().max(40).nullable().defined(),
        ignored: yup.boolean().defined(),
      }),
    ).max(500, '${path} may have at most ${max} at a time'),
  }),
  reply: closed({
    saved: yup.number().required(),
    /** Open gaps that were decided: each takes effect after its grace time. */
    decisions: list(mappingDecision()),
    /** Tickets that the next run plans again. */
    replanned: yup.number().required(),
    refused: list(
      closed({
        sourceId: yup.string().defined(),
        code: yup.string().required(),
        detail: yup.string().required(),
      }),
    ),
  }),
});
