import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, slug, uuid } from '../fields.contract.js';

/** 409 `preview-running` while one of the bridge is under way. Nothing is written, linked or asked. */
export const startPreview = contract({
  id: 'startPreview',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/preview`,
  summary: 'Find out what a run of a bridge would do, before it does it',
  access: 'approver',
  status: 202,
  params: closed({ bridgeId: slug().required() }),
  body: closed({
    /** Plan as if the first run were confirmed, so that old entries are not asked for their age. */
    asConfirmed: yup.boolean().defined(),
    /** Plan as if today's mappings and description were re-applied to what is written and open. */
    reapply: yup.boolean(),
  }),
  reply: closed({
    previewId: uuid().required(),
    workflowId: yup.string().required(),
    workflowUrl: yup.string().nullable().defined(),
  }),
});
