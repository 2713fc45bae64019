/* Runs inside Temporal's workflow sandbox: no Node modules, no clock of its own. */
import { ActivityCancellationType, type ActivityOptions } from '@temporalio/workflow';
import { DECISION_FAILURES, NOTE_REFUSED, REACTIONS } from '../domain/errors.js';

type Profile = ActivityOptions &
  Required<Pick<ActivityOptions, 'startToCloseTimeout' | 'scheduleToCloseTimeout' | 'retry'>>;

/** Failures that waiting does not cure: whoever called decides what happens next. */
export const FINAL_FAILURES: readonly string[] = [
  ...Object.entries(REACTIONS).flatMap(([code, reaction]) => (reaction === 'wait' ? [] : [code])),
  ...Object.values(DECISION_FAILURES),
  NOTE_REFUSED,
];

const nonRetryableErrorTypes = [...FINAL_FAILURES];

/**
 * How long an activity may take and how it is repeated; every proxy takes one of these whole, because a policy left
 * out would mean "for ever".
 *
 * Six tries of a remote call are about half a minute. After that the caller pauses the connector and a probe waits
 * for it, so that a system that is down for an hour does not hold a run for an hour.
 */
export const profiles = {
  /** One transaction of ours. Outlasts a restart of PostgreSQL, and an hour without it. */
  database: {
    startToCloseTimeout: '15s',
    scheduleToCloseTimeout: '1h',
    retry: {
      initialInterval: '250ms',
      backoffCoefficient: 2,
      maximumInterval: '10s',
      nonRetryableErrorTypes,
    },
  },
  /** Computes over a page of entries and stores the result. */
  reconciliation: {
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: '1h',
    retry: {
      initialInterval: '250ms',
      backoffCoefficient: 2,
      maximumInterval: '10s',
      nonRetryableErrorTypes,
    },
  },
  /** A person waits for the answer: it must be short, a repeated click is safe. */
  answer: {
    startToCloseTimeout: '3s',
    scheduleToCloseTimeout: '8s',
    retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '1s', nonRetryableErrorTypes },
  },
  /** Closes a run's row: a run must never look as if it still went on, however long PostgreSQL is away. */
  closing: {
    startToCloseTimeout: '2m',
    scheduleToCloseTimeout: '30 days',
    retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '1m', nonRetryableErrorTypes },
  },
  /** Reads pages; goes on where it was, from its last heartbeat. */
  remoteRead: {
    startToCloseTimeout: '2h',
    scheduleToCloseTimeout: '6h',
    heartbeatTimeout: '30s',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '1m',
      maximumAttempts: 6,
      nonRetryableErrorTypes,
    },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  },
  /** One page of writes. What was sent and not answered is in the ledger, so a repetition writes nothing twice. */
  remoteWrite: {
    startToCloseTimeout: '10m',
    scheduleToCloseTimeout: '2h',
    heartbeatTimeout: '30s',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '1m',
      maximumAttempts: 6,
      nonRetryableErrorTypes,
    },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  },
  /** A person waits for it, and asks again when told that it did not work; a note that is there is found by its mark. */
  note: {
    startToCloseTimeout: '45s',
    scheduleToCloseTimeout: '1m',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '5s',
      maximumAttempts: 3,
      nonRetryableErrorTypes,
    },
  },
  /** One look whether a system answers; the workflow itself waits between two looks. */
  probe: {
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '1m',
    retry: { initialInterval: '1s', maximumAttempts: 1, nonRetryableErrorTypes },
  },
  /** A person set up a connector and looks at the screen. */
  check: {
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: '2m',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '5s',
      maximumAttempts: 2,
      nonRetryableErrorTypes,
    },
  },
  /** A page of mails and webhooks. Each message has its next try in its row, so that a page is not pressed. */
  messages: {
    startToCloseTimeout: '14m',
    scheduleToCloseTimeout: '1h',
    heartbeatTimeout: '1m',
    retry: { initialInterval: '10s', backoffCoefficient: 2, maximumAttempts: 3, nonRetryableErrorTypes },
  },
} as const satisfies Record<string, Profile>;
