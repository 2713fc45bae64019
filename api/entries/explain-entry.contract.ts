import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, isoDay, list, reason, rowId, slug, instant } from '../fields.contract.js';
import { timelineItem } from '../conflicts/timeline-item.contract.js';
import { timeEntry } from './time-entry.contract.js';

const seconds = () => yup.number().nullable().defined();

/**
 * From the agent's booking to the invoice. `events` have a code and facts for `words/events.ts`. An entry that more
 * than one bridge holds needs `bridge`: 409 `several-bridges` names them.
 */
export const explainEntry = contract({
  id: 'explainEntry',
  method: 'get',
  path: `${API_PREFIX}/entries/:sourceId/explain`,
  summary: 'Everything that happened to one entry of Zammad, and where it stands now',
  access: 'viewer',
  params: closed({
    sourceId: yup
      .string()
      .matches(/^[\w-]{1,64}$/, '${path} must be an id of Zammad')
      .required(),
  }),
  query: closed({ bridge: slug() }),
  reply: closed({
    entry: timeEntry(),
    bridge: closed({ id: yup.string().required(), name: yup.string().required() }),
    standing: closed({
      state: yup.string().required(),
      why: reason().nullable().defined(),
      since: instant().required(),
    }),
    /** What ties it to Kimai; null when nothing does. `leadSourceId` is another entry when this one is netted into it. */
    link: closed({
      leadSourceId: yup.string().required(),
      acceptedSeconds: yup.number().required(),
      roundingSeconds: yup.number().required(),
      timesheets: list(
        closed({
          id: yup.string().required(),
          url: yup.string().nullable().defined(),
          role: yup.string().required(),
          /** As of the last agreement, and as last read. */
          agreedSeconds: seconds(),
          seconds: seconds(),
          day: isoDay().nullable().defined(),
          exported: yup.boolean().nullable().defined(),
          deleted: yup.boolean().nullable().defined(),
        }),
      ),
    })
      .nullable()
      .defined(),
    events: list(timelineItem()),
  }),
});

/** The entries of a ticket, so that somebody who only has its number finds the one to explain. */
export const listEntries = contract({
  id: 'listEntries',
  method: 'get',
  path: `${API_PREFIX}/entries`,
  summary: 'The entries of one ticket, by the number that people see',
  access: 'viewer',
  query: closed({
    ticket: yup
      .string()
      .matches(/^\d{1,40}$/, '${path} must be a ticket number')
      .required(),
  }),
  reply: closed({
    items: list(
      closed({
        id: rowId().required(),
        sourceId: yup.string().required(),
        bridgeId: yup.string().required(),
        entryDate: isoDay().required(),
        seconds: seconds(),
        personName: yup.string().defined(),
        bookedAt: instant().required(),
        activityName: yup.string().nullable().defined(),
        state: yup.string().required(),
        why: reason().nullable().defined(),
        deleted: yup.boolean().required(),
      }),
    ),
  }),
});
