import { ApplicationFailure } from '@temporalio/common';
import { SyncError } from '../domain/errors.js';

/** A defect is not cured by waiting, but may come from a moment's bad data: so a few tries, then it is shown. */
const TRIES_OF_A_DEFECT = 3;

/**
 * What an activity's error becomes on its way to the workflow, where its class is lost: `type` is the code and
 * `details` the facts. Errors that we do not know stay as they are; the activity's profile says how often they are
 * tried.
 */
export function toFailure(error: unknown, attempt: number): unknown {
  if (error instanceof SyncError) return ofSyncError(error);
  if (isDefect(error) && attempt >= TRIES_OF_A_DEFECT) {
    return ApplicationFailure.create({
      type: error.name,
      message: error.message,
      cause: error,
      nonRetryable: true,
    });
  }
  return error;
}

function ofSyncError(error: SyncError): ApplicationFailure {
  const { retryAfterMs } = error.info;
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    cause: error,
    details: [error.info],
    nonRetryable: error.reaction !== 'wait',
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
  });
}

const isDefect = (error: unknown): error is Error =>
  error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
