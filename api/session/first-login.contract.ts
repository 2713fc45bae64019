import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, text } from '../fields.contract.js';
import { email, LANGUAGES, password, sessionReply } from './session-shape.contract.js';

/** Name and e-mail address may be left out when the link was made for a user who has them already. */
export const firstLogin = contract({
  id: 'firstLogin',
  method: 'post',
  path: `${API_PREFIX}/session/first-login`,
  summary: 'Use a one-time link: set name, e-mail address and password, and be logged in',
  access: 'public',
  body: closed({
    token: yup.string().max(200).required(),
    name: text(120),
    email: email(),
    password: password().required(),
    language: yup.string().oneOf(LANGUAGES),
  }),
  reply: sessionReply(),
});
