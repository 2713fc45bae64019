import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, slug, uuid } from '../fields.contract.js';

/**
 * The next run brings what is written and open to today's mappings and description. 409 `preview-needed` unless
 * `previewId` is the bridge's newest preview, was made with `reapply` and is done: nobody changes written time unseen.
 */
export const reapply = contract({
  id: 'reapply',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/reapply`,
  summary: 'Re-apply mappings and description to what is written and not exported',
  access: 'admin',
  params: closed({ bridgeId: slug().required() }),
  body: closed({ previewId: uuid().required() }),
  /** `entries`: how many written entries the next run looks at. */
  reply: closed({ entries: yup.number().required() }),
});
