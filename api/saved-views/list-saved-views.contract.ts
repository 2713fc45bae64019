import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, uuid } from '../fields.contract.js';

export const savedView = () =>
  closed({ id: uuid().required(), name: yup.string().required(), query: yup.string().defined() });

export const listSavedViews = contract({
  id: 'listSavedViews',
  method: 'get',
  path: `${API_PREFIX}/saved-views`,
  summary: 'Own named filters of the inbox',
  access: 'viewer',
  reply: closed({ items: list(savedView()) }),
});
