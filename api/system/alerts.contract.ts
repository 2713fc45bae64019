import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, list, queryInt, uuid } from '../fields.contract.js';

const message = () =>
  closed({
    id: uuid().required(),
    channel: yup
      .string()
      .oneOf(['mail', 'webhook'] as const)
      .required(),
    kind: yup.string().required(),
    createdAt: instant().required(),
    attempts: yup.number().required(),
    /** When it is tried next; null once it went out or was given up. */
    nextTryAt: instant().nullable().defined(),
    lastError: yup.string().nullable().defined(),
    sentAt: instant().nullable().defined(),
    givenUpAt: instant().nullable().defined(),
  });

export const listAlerts = contract({
  id: 'listAlerts',
  method: 'get',
  path: `${API_PREFIX}/alerts`,
  summary: 'Messages that went out, or should have: the newest first',
  access: 'admin',
  query: closed({ limit: queryInt().min(1).max(200).default(50) }),
  reply: closed({ items: list(message()) }),
});

/** Answers at once; whether it arrived stands in the list. No channel is set up: nothing appears there. */
export const testAlerts = contract({
  id: 'testAlerts',
  method: 'post',
  path: `${API_PREFIX}/alerts/test`,
  summary: 'Send a test to every channel that is set up',
  access: 'admin',
  reply: closed({ accepted: yup.boolean().required() }),
});
