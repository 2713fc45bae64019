import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, text } from '../fields.contract.js';
import { LANGUAGES, me, password } from './session-shape.contract.js';

/** A new password needs the current one, and ends all other sessions of the user. */
export const updateMe = contract({
  id: 'updateMe',
  method: 'patch',
  path: `${API_PREFIX}/session`,
  summary: 'Change own name, language or password',
  access: 'viewer',
  body: closed({
    name: text(120),
    language: yup.string().oneOf(LANGUAGES),
    password: password(),
    currentPassword: yup.string().max(256),
  }),
  reply: closed({ user: me() }),
});
