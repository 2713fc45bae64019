import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, text } from '../fields.contract.js';
import { apiToken } from './token-shape.contract.js';

export const createApiToken = contract({
  id: 'createApiToken',
  method: 'post',
  path: `${API_PREFIX}/api-tokens`,
  summary: 'A token with the rights of its user, for programs; it is shown once',
  access: 'viewer',
  status: 201,
  body: closed({ name: text(120).required(), expiresAt: instant().nullable() }),
  reply: closed({ item: apiToken(), token: yup.string().required() }),
});
