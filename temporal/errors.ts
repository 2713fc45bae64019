import {
  isGrpcServiceError,
  ScheduleNotFoundError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  TemporalFailure,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/common';

/**
 * What went wrong with a call to Temporal, in the five ways that callers tell apart.
 * - `unavailable`: no answer in time; what was asked may still happen, so repeat with the same id. 503.
 * - `not_found`: no such process, or it has ended. 404 or 409.
 * - `already_running`: the fixed id is taken. 409.
 * - `rejected`: the process refused; `type` says why (`DECISION_FAILURES` for decisions). 409 or 422.
 * - `invalid`: Temporal does not accept the request itself (a cron text, an attribute). 422.
 * - `failed`: the process is broken or ended with a failure, `type` is the failure's. 500, and somebody must look.
 */
export type TemporalErrorKind =
  'unavailable' | 'not_found' | 'already_running' | 'rejected' | 'invalid' | 'failed';

export class TemporalCallError extends Error {
  readonly type: string | null;
  readonly details: readonly unknown[];

  constructor(
    readonly kind: TemporalErrorKind,
    message: string,
    options: ErrorOptions & { readonly type?: string | null; readonly details?: readonly unknown[] } = {},
  ) {
    super(message, options);
    this.name = 'TemporalCallError';
    this.type = options.type ?? null;
    this.details = options.details ?? [];
  }
}

/** gRPC: cancelled, deadline exceeded, resource exhausted, unavailable. */
const UNAVAILABLE_CODES: readonly number[] = [1, 4, 8, 14];
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;

/** Sorts whatever the Temporal client throws. */
export function toCallError(error: unknown): TemporalCallError {
  if (error instanceof TemporalCallError) return error;
  if (error instanceof WorkflowUpdateFailedError) return ofFailure(error.cause, 'rejected', error);
  if (error instanceof WorkflowFailedError) return ofFailure(error.cause, 'failed', error);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return of('unavailable', error);
  if (error instanceof WorkflowExecutionAlreadyStartedError) return of('already_running', error);
  if (error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError) {
    return of('not_found', error);
  }
  return of(kindOfGrpc(error), error);
}

/** The number by which gRPC says what went wrong; null for anything else. */
function grpcCodeOf(error: unknown): number | null {
  const grpc = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(grpc) ? grpc.code : null;
}

/** gRPC: permission denied, unimplemented. */
const NOT_PERMITTED_CODES: readonly number[] = [7, 12];

/** Whether this Temporal does not let us call that at all; asking again changes nothing. */
export function isNotPermitted(error: unknown): boolean {
  const code = grpcCodeOf(error instanceof TemporalCallError ? error.cause : error);
  return code !== null && NOT_PERMITTED_CODES.includes(code);
}

function kindOfGrpc(error: unknown): TemporalErrorKind {
  const code = grpcCodeOf(error);
  if (code === null) return 'failed';
  if (UNAVAILABLE_CODES.includes(code)) return 'unavailable';
  if (code === INVALID_ARGUMENT) return 'invalid';
  return code === NOT_FOUND ? 'not_found' : 'failed';
}

/** A process that ended under an accepted update says so with this type; asked again it answers properly. */
const ENDED_UNDER_UPDATE = 'AcceptedUpdateCompletedWorkflow';

function ofFailure(failure: unknown, kind: TemporalErrorKind, cause: Error): TemporalCallError {
  const root = rootOf(failure);
  if (!(root instanceof ApplicationFailure)) return of('failed', cause);
  const type = root.type ?? null;
  const later = type === 'unavailable' || type === ENDED_UNDER_UPDATE;
  return new TemporalCallError(later && kind === 'rejected' ? 'unavailable' : kind, root.message, {
    cause,
    type,
    details: root.details ?? [],
  });
}

/** The innermost failure: an activity's failure is wrapped in one that only says which activity it was. */
function rootOf(failure: unknown): unknown {
  let root = failure;
  while (root instanceof TemporalFailure && root.cause) root = root.cause;
  return root;
}

function of(kind: TemporalErrorKind, cause: unknown): TemporalCallError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new TemporalCallError(kind, message, { cause });
}
