import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';

/** Both secrets are accepted until `dropPrevious` is sent. */
export const rotateWebhookSecret = contract({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/webhook-secret`,
  summary: 'Draw a new webhook secret (shown once), or stop accepting the one before',
  access: 'admin',
  params: closed({ bridgeId: slug().required() }),
  body: closed({ dropPrevious: yup.boolean().defined() }),
  reply: closed({
    url: yup.string().required(),
    /** Null when only the previous one was dropped. */
    secret: yup.string().nullable().defined(),
  }),
});
