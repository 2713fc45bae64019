import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, text } from '../fields.contract.js';
import { savedView } from './list-saved-views.contract.js';

export const createSavedView = contract({
  id: 'createSavedView',
  method: 'post',
  path: `${API_PREFIX}/saved-views`,
  summary: 'Keep the filter of the inbox under a name',
  access: 'viewer',
  status: 201,
  body: closed({ name: text(60).required(), query: yup.string().max(1000).defined() }),
  reply: closed({ item: savedView() }),
});
