import * as yup from 'yup';
import { API_PREFIX, contract, ROLES } from '../contract.js';
import { closed, instant } from '../fields.contract.js';

/** POST, so that the token never stands in an address; it uses nothing up. */
export const readLoginLink = contract({
  id: 'readLoginLink',
  method: 'post',
  path: `${API_PREFIX}/session/login-link`,
  summary: 'Tell for whom a one-time link is, before it is used',
  access: 'public',
  body: closed({ token: yup.string().max(200).required() }),
  reply: closed({
    role: yup.string().oneOf(ROLES).required(),
    email: yup.string().nullable().defined(),
    name: yup.string().nullable().defined(),
    expiresAt: instant().required(),
  }),
});
