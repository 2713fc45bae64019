import * as yup from 'yup';
import { CHOICES, type DecisionParameters } from '../../domain/conflict.js';
import type { DesiredTimesheet } from '../../domain/timesheet.js';
import { API_PREFIX, contract } from '../contract.js';
import { timeEntry } from '../entries/time-entry.contract.js';
import { closed, instant, isoDay, json, list, named, reason, rowId, uuid } from '../fields.contract.js';
import { timelineItem } from './timeline-item.contract.js';
import { conflictRow, decision } from './conflict-shape.contract.js';

/** One of the three columns. `project` names its customer too. */
export const conflictSide = () =>
  closed({
    seconds: yup.number().nullable().defined(),
    day: isoDay().nullable().defined(),
    begin: instant().nullable().defined(),
    person: named().nullable().defined(),
    project: named().nullable().defined(),
    customer: named().nullable().defined(),
    activity: named().nullable().defined(),
    description: yup.string().nullable().defined(),
  });

export const SIDE_FIELDS = [
  'seconds',
  'day',
  'begin',
  'userId',
  'projectId',
  'activityId',
  'description',
] as const;

export const candidate = () =>
  closed({
    timesheetId: yup.string().required(),
    url: yup.string().nullable().defined(),
    begin: instant().required(),
    end: instant().nullable().defined(),
    seconds: yup.number().required(),
    day: isoDay().required(),
    person: named(),
    project: named(),
    customer: named().nullable().defined(),
    activity: named(),
    description: yup.string().nullable().defined(),
    tags: list(yup.string().defined()),
    exported: yup.boolean().required(),
    billable: yup.boolean().required(),
    rate: yup.number().nullable().defined(),
    currency: yup.string().nullable().defined(),
    score: yup.number().required(),
    scoreParts: closed({
      date: yup.number().required(),
      duration: yup.number().required(),
      person: yup.number().required(),
      text: yup.number().required(),
      project: yup.number().required(),
    }),
  });

/** What a choice would do to Kimai, told before the click; `refusal` says why it cannot be chosen now. */
export const choice = () =>
  closed({
    choice: yup.string().oneOf(CHOICES).required(),
    targetId: yup.string().nullable().defined(),
    effect: reason(),
    desired: json<DesiredTimesheet>().nullable().defined(),
    refusal: reason().nullable().defined(),
  });

const link = () => yup.string().nullable().defined();

export const conflictDetail = () =>
  closed({
    conflict: conflictRow(),
    /** Last agreed · Zammad now · Kimai now. */
    base: conflictSide().nullable().defined(),
    source: conflictSide().nullable().defined(),
    target: conflictSide().nullable().defined(),
    targetRowId: yup.string().nullable().defined(),
    differing: list(yup.string().oneOf(SIDE_FIELDS).required()),
    candidates: list(candidate()),
    /** In the order of the kind's decisions. */
    choices: list(choice()),
    entries: list(timeEntry()),
    /** Of the bridge (IANA name): the one in which Kimai shows a time of day. */
    timeZone: yup.string().required(),
    links: closed({ ticket: link(), timesheet: link(), run: link(), workflow: link() }),
    timeline: list(timelineItem()),
    /** Set where it takes two people: from how much time on, and what was proposed about the facts as they are. */
    secondPerson: closed({
      limitSeconds: yup.number().required(),
      proposals: list(
        closed({
          userId: uuid().required(),
          name: yup.string().required(),
          choice: yup.string().oneOf(CHOICES).required(),
          parameters: json<DecisionParameters>().required(),
          note: yup.string().nullable().defined(),
          at: instant().required(),
        }),
      ),
    })
      .nullable()
      .defined(),
    /** Of the same customer and kind, newest first. */
    previousDecisions: list(
      closed({
        conflictId: rowId().required(),
        ticketNumber: yup.string().nullable().defined(),
        secondsAtStake: yup.number().required(),
        decision: decision(),
      }),
    ),
    /** The decision about the same subject that other facts overtook. */
    previous: closed({ conflictId: rowId().required(), decision: decision().nullable().defined() })
      .nullable()
      .defined(),
  });
export type ConflictDetail = yup.InferType<ReturnType<typeof conflictDetail>>;

export const readConflict = contract({
  id: 'readConflict',
  method: 'get',
  path: `${API_PREFIX}/conflicts/:conflictId`,
  summary: 'One conflict with everything that a decision needs',
  access: 'viewer',
  params: closed({ conflictId: rowId().required() }),
  reply: conflictDetail(),
});
