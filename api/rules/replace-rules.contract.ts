import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, slug } from '../fields.contract.js';
import { rule, ruleInput } from './rule-shape.contract.js';

/** A rule that keeps its id and differs gets the next revision; one left out is gone. */
export const replaceRules = contract({
  id: 'replaceRules',
  method: 'put',
  path: `${API_PREFIX}/bridges/:bridgeId/rules`,
  summary: 'Set all rules of a bridge; the first that matches settles a question',
  access: 'admin',
  params: closed({ bridgeId: slug().required() }),
  body: closed({
    items: yup.array().of(ruleInput()).max(200).required(),
  }),
  reply: closed({ items: list(rule()) }),
});
