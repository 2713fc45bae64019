import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';
import { mappingDecision, mappingKind } from './mapping-shape.contract.js';

/**
 * `targetId` maps, `ignored` ignores now and later, neither takes the mapping away (what is written stays).
 * An open gap is closed by a decision, with the same grace time as in the inbox.
 */
export const setMapping = contract({
  id: 'setMapping',
  method: 'put',
  path: `${API_PREFIX}/bridges/:bridgeId/mappings/:kind`,
  summary: 'Map one source item, ignore it, or take its mapping away',
  access: 'approver',
  params: closed({ bridgeId: slug().required(), kind: mappingKind() }),
  body: closed({
    sourceId: yup.string().max(120).defined(),
    targetId: yup.string().max(40).nullable().defined(),
    ignored: yup.boolean().defined(),
  }),
  reply: closed({
    /** Set when an open gap was decided: it takes effect after `applyAfter`. */
    decision: mappingDecision().nullable().defined(),
    /** Tickets that the next run plans again. */
    replanned: yup.number().required(),
  }),
});
