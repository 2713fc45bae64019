import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed } from '../fields.contract.js';
import { email, sessionReply } from './session-shape.contract.js';

export const login = contract({
  id: 'login',
  method: 'post',
  path: `${API_PREFIX}/session/login`,
  summary: 'Log in with e-mail address and password',
  access: 'public',
  body: closed({ email: email().required(), password: yup.string().max(256).required() }),
  reply: sessionReply(),
});
