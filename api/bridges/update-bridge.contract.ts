import * as yup from 'yup';
import { BRIDGE_MODES } from '../../domain/policies.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, isoDay, slug, text } from '../fields.contract.js';
import { acceptTokenRisk, bridge, dutyChange, policyChanges, schedule } from './bridge-shape.contract.js';

/**
 * Members left out keep their value. Moving `startFrom` back is a new first run: 409 `confirmation-needed`
 * unless `confirmEarlierStart` is true. 409 `changed-meanwhile` when `revision` is given and no longer current.
 */
export const updateBridge = contract({
  id: 'updateBridge',
  method: 'patch',
  path: `${API_PREFIX}/bridges/:bridgeId`,
  summary: 'Change the settings of a bridge',
  access: 'admin',
  params: closed({ bridgeId: slug().required() }),
  body: closed({
    revision: yup.number().integer(),
    name: text(120),
    mode: yup.string().oneOf(BRIDGE_MODES, '${path} must be one of: ${values}'),
    startFrom: isoDay(),
    confirmEarlierStart: yup.boolean(),
    /** A person's yes to the first run over older entries (books.md, `start_from`). */
    confirmFirstRun: yup.boolean(),
    closedUntil: isoDay().nullable(),
    acceptTokenRisk: acceptTokenRisk(),
    policies: policyChanges(),
    schedule: schedule().optional(),
    duty: dutyChange(),
    /** True takes the pause away after its cause was looked at. */
    resume: yup.boolean(),
  }),
  reply: closed({ bridge: bridge() }),
});
