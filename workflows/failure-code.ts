import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { REACTIONS, type SyncErrorCode } from '../domain/errors.js';

/** What an activity failed with, or undefined for a timeout, a cancellation or a defect. */
export function applicationFailureOf(error: unknown): ApplicationFailure | undefined {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  return failure instanceof ApplicationFailure ? failure : undefined;
}

/** The code under which a failure is shown: one of domain/errors.ts, else `internal`. */
export function failureCode(error: unknown): SyncErrorCode | 'internal' {
  const type = applicationFailureOf(error)?.type;
  return isSyncErrorCode(type) ? type : 'internal';
}

function isSyncErrorCode(type: unknown): type is SyncErrorCode {
  return typeof type === 'string' && Object.hasOwn(REACTIONS, type);
}
