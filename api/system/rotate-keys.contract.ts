import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list } from '../fields.contract.js';

/** As often as one likes. 503 while Temporal cannot be reached: webhook secrets are done all the same. */
export const resealSecrets = contract({
  id: 'resealSecrets',
  method: 'post',
  path: `${API_PREFIX}/system/reseal`,
  summary: 'Seal every stored secret with the newest key, after a new key was put in front of the others',
  access: 'admin',
  reply: closed({
    tokens: closed({
      resealed: yup.number().required(),
      current: yup.number().required(),
      /** Connectors whose token no key of the worker opens: enter it again. */
      failed: list(yup.string().required()),
    }),
    webhookSecrets: closed({
      resealed: yup.number().required(),
      current: yup.number().required(),
      /** Bridges whose secret no key of the API reads: draw a new one. */
      failed: list(yup.string().required()),
    }),
  }),
});
