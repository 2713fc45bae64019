import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, uuid } from '../fields.contract.js';

export const listColleagues = contract({
  id: 'listColleagues',
  method: 'get',
  path: `${API_PREFIX}/users/colleagues`,
  summary: 'Active users who may decide, to assign conflicts to',
  access: 'viewer',
  reply: closed({ items: list(closed({ id: uuid().required(), name: yup.string().required() })) }),
});
