import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, reason, slug } from '../fields.contract.js';

export const installWebhook = contract({
  id: 'installWebhook',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/webhook/install`,
  summary: 'Make webhook and triggers in Zammad, or bring ours up to date; nothing of others is touched',
  access: 'admin',
  params: closed({ bridgeId: slug().required() }),
  body: closed({
    /** A token with `admin.webhook` and `admin.trigger`, used once and not kept; left out: the stored one. */
    token: yup.string().max(4000),
  }),
  reply: closed({
    /** Null: it could not be done, and `finding` says why. */
    action: yup
      .string()
      .oneOf(['created', 'updated'] as const)
      .nullable()
      .defined(),
    finding: reason().nullable().defined(),
    url: yup.string().required(),
  }),
});
