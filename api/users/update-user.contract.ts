import * as yup from 'yup';
import { API_PREFIX, contract, ROLES } from '../contract.js';
import { closed, text, uuid } from '../fields.contract.js';
import { user } from './user-shape.contract.js';

/** Deactivating ends the user's sessions and tokens at once. The last active admin cannot be taken away. */
export const updateUser = contract({
  id: 'updateUser',
  method: 'patch',
  path: `${API_PREFIX}/users/:userId`,
  summary: 'Change name or role, deactivate or activate',
  access: 'admin',
  params: closed({ userId: uuid().required() }),
  body: closed({ name: text(120), role: yup.string().oneOf(ROLES), active: yup.boolean() }),
  reply: closed({ user: user() }),
});
