import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';

/** 409 `run-running` while a run of the bridge is under way, 409 `bridge-off` when its mode is off. */
export const startRun = contract({
  id: 'startRun',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/runs`,
  summary: 'Start a run of a bridge now',
  access: 'approver',
  status: 202,
  params: closed({ bridgeId: slug().required() }),
  /** `full`: compare everything instead of what changed. */
  body: closed({
    full: yup.boolean().defined(),
    /** An admin's yes to the first run: entries older than 35 days are written without asking for their age. */
    confirmFirstRun: yup.boolean(),
  }),
  reply: closed({ workflowId: yup.string().required(), workflowUrl: yup.string().nullable().defined() }),
});
