import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';

/**
 * What Zammad sends: any JSON with `ticket.id` (or `ticket_id`), with `X-Hub-Signature: sha1=<hex>` over the raw
 * bytes and `X-Zammad-Delivery`. The signature is the credential; nothing else is believed.
 */
export const receiveZammad = contract({
  id: 'receiveZammad',
  method: 'post',
  path: `${API_PREFIX}/webhooks/zammad/:bridgeId`,
  summary: 'A ticket changed in Zammad',
  access: 'public',
  status: 202,
  params: closed({ bridgeId: slug().required() }),
  reply: closed({ accepted: yup.boolean().required(), duplicate: yup.boolean().required() }),
});
