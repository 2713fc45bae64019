import * as yup from 'yup';
import { API_PREFIX, contract, ROLES } from '../contract.js';
import { closed, text } from '../fields.contract.js';
import { email, LANGUAGES } from '../session/session-shape.contract.js';
import { oneTimeLink, user } from './user-shape.contract.js';

export const inviteUser = contract({
  id: 'inviteUser',
  method: 'post',
  path: `${API_PREFIX}/users`,
  summary: 'Invite a person: the answer holds the one-time link to hand over',
  access: 'admin',
  status: 201,
  body: closed({
    email: email().required(),
    name: text(120).required(),
    role: yup.string().oneOf(ROLES).required(),
    language: yup.string().oneOf(LANGUAGES),
  }),
  reply: closed({ user: user(), link: oneTimeLink() }),
});
