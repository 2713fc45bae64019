import { API_PREFIX, contract } from '../contract.js';
import { closed, uuid } from '../fields.contract.js';
import { oneTimeLink } from './user-shape.contract.js';

export const createUserLoginLink = contract({
  id: 'createUserLoginLink',
  method: 'post',
  path: `${API_PREFIX}/users/:userId/login-link`,
  summary: 'A new one-time link for a user: invite again, or set a forgotten password anew',
  access: 'admin',
  status: 201,
  params: closed({ userId: uuid().required() }),
  reply: closed({ link: oneTimeLink() }),
});
