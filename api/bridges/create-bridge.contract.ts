import * as yup from 'yup';
import { BRIDGE_MODES } from '../../domain/policies.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, isoDay, slug, text } from '../fields.contract.js';
import { acceptTokenRisk, bridge, policyChanges, schedule } from './bridge-shape.contract.js';

export const createBridge = contract({
  id: 'createBridge',
  method: 'post',
  path: `${API_PREFIX}/bridges`,
  summary: 'Connect a source with a target; the answer holds the webhook secret, shown once',
  access: 'admin',
  status: 201,
  body: closed({
    id: slug().required(),
    name: text(120).required(),
    sourceConnectorId: slug().required(),
    targetConnectorId: slug().required(),
    /** Left out: drawn. It stands in every marker, so it cannot be changed later. */
    code: yup.string().matches(/^[a-z0-9]{2,12}$/, '${path} must be 2 to 12 of a-z and 0-9'),
    /** Left out: `shadow`, which plans and writes nothing. */
    mode: yup.string().oneOf(BRIDGE_MODES, '${path} must be one of: ${values}'),
    /** Left out: the first of this month. Older entries are never touched. */
    startFrom: isoDay(),
    closedUntil: isoDay().nullable(),
    acceptTokenRisk: acceptTokenRisk(),
    policies: policyChanges(),
    schedule: schedule().optional(),
  }),
  reply: closed({ bridge: bridge(), webhookSecret: yup.string().required() }),
});
