import { API_PREFIX, contract } from '../contract.js';
import { sessionReply } from './session-shape.contract.js';

/** Needs the cookie of the session, and the header `X-Timebridge: 1` or a same-origin `Origin`. */
export const refreshSession = contract({
  id: 'refreshSession',
  method: 'post',
  path: `${API_PREFIX}/session/refresh`,
  summary: 'Renew the session by its cookie',
  access: 'public',
  reply: sessionReply(),
});
