import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list } from '../fields.contract.js';

export const EVENT_TOPICS = ['conflicts', 'runs', 'connectors', 'bridges'] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];

/** The data of a `change` event. No ids means that many rows changed: read the topic again. */
export const changeEvent = () =>
  closed({ topic: yup.string().oneOf(EVENT_TOPICS).required(), ids: list(yup.string().required()) });

/**
 * Server-sent events: `change` with the data above, `resync` after events may have been lost (and at the beginning),
 * a comment each 15 s. The cookie of the session is enough; the stream ends when the session does.
 */
export const streamEvents = contract({
  id: 'streamEvents',
  method: 'get',
  path: `${API_PREFIX}/events`,
  summary: 'A stream of what changed (text/event-stream)',
  access: 'viewer',
  reply: changeEvent(),
});
