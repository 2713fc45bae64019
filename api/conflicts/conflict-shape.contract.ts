import * as yup from 'yup';
import { CHOICES, CONFLICT_KINDS } from '../../domain/conflict.js';
import type { DecisionParameters } from '../../domain/conflict.js';
import { closed, instant, isoDay, json, reason, rowId, uuid } from '../fields.contract.js';

/** `open` waits for a person; `snoozed` waits for a day or a change; `done` is decided, being applied or closed. */
export const CONFLICT_VIEWS = ['open', 'snoozed', 'done'] as const;
export const CONFLICT_STATES = ['open', 'deciding', 'applying', 'closed'] as const;
export const DECISION_STATES = ['grace', 'withdrawn', 'applying', 'applied', 'stale', 'failed'] as const;

export const decision = () =>
  closed({
    id: uuid().required(),
    choice: yup.string().oneOf(CHOICES).required(),
    parameters: json<DecisionParameters>().required(),
    note: yup.string().nullable().defined(),
    actor: closed({
      kind: yup
        .string()
        .oneOf(['person', 'rule', 'settings'] as const)
        .required(),
      id: yup.string().required(),
      name: yup.string().required(),
    }),
    /** `grace` until `applyAfter`: it can be withdrawn. */
    state: yup.string().oneOf(DECISION_STATES).required(),
    decidedAt: instant().required(),
    applyAfter: instant().required(),
    finishedAt: instant().nullable().defined(),
    outcome: reason().nullable().defined(),
    /** The decision about many cases that it was part of; null when it was about this one alone. */
    bulkId: uuid().nullable().defined(),
  });
export type DecisionView = yup.InferType<ReturnType<typeof decision>>;

const conflictRowFields = {
  id: rowId().required(),
  bridgeId: yup.string().required(),
  bridgeName: yup.string().required(),
  kind: yup.string().oneOf(CONFLICT_KINDS).required(),
  state: yup.string().oneOf(CONFLICT_STATES).required(),
  /** Hash of the facts shown; a decision names the one it was based on. */
  version: yup.string().required(),
  why: reason(),
  ticketNumber: yup.string().nullable().defined(),
  ticketTitle: yup.string().nullable().defined(),
  customerKey: yup.string().nullable().defined(),
  customerName: yup.string().nullable().defined(),
  personId: yup.string().nullable().defined(),
  personName: yup.string().nullable().defined(),
  entryDate: isoDay().nullable().defined(),
  /** With its sign: what Kimai would gain or lose if Zammad were taken. Of a gap: all that waits behind it. */
  secondsAtStake: yup.number().required(),
  /**
   * What Kimai bills for the time entry that the case is about, and about how much of it is at stake (with its sign);
   * null when there is none yet or the token may not see prices.
   */
  price: closed({
    amount: yup.number().required(),
    atStake: yup.number().required(),
    currency: yup.string().nullable().defined(),
  })
    .nullable()
    .defined(),
  /** Entries of the case; of a gap: those that wait behind it. */
  entryCount: yup.number().required(),
  candidateCount: yup.number().required(),
  gap: closed({ key: yup.string().defined(), name: yup.string().defined() }).nullable().defined(),
  assignee: closed({ id: uuid().required(), name: yup.string().required() }).nullable().defined(),
  snoozedUntil: instant().nullable().defined(),
  snoozedUntilChange: yup.boolean().required(),
  /** Set when a decision did not hold: stale, refused by Kimai, dropped. */
  reopenedWhy: reason().nullable().defined(),
  openedAt: instant().required(),
  closedAt: instant().nullable().defined(),
  closedWhy: yup
    .string()
    .oneOf(['decided', 'vanished', 'rule', 'replaced'] as const)
    .nullable()
    .defined(),
  /** The newest decision that was not withdrawn; null while nobody decided. */
  decision: decision().nullable().defined(),
};

/** One line of the inbox. */
export const conflictRow = () => closed(conflictRowFields);
export type ConflictRow = yup.InferType<ReturnType<typeof conflictRow>>;
