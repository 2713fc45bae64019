import {
  ServiceError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  RetryState,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { isNotPermitted, TemporalCallError, toCallError } from './errors.js';

const grpc = (code: number) =>
  new ServiceError('a call failed', {
    cause: Object.assign(new Error('grpc'), { code, details: '', metadata: {} }),
  });
const refusal = (type: string) =>
  ApplicationFailure.create({ type, message: 'no', details: [{ phase: 'deciding' }], nonRetryable: true });
const updateFailed = (cause: Error) => new WorkflowUpdateFailedError('Workflow Update failed', cause);

describe('what a failed call to Temporal means', () => {
  it.each([
    ['unavailable', grpc(14)],
    ['unavailable', grpc(4)],
    ['unavailable', grpc(8)],
    ['unavailable', new WorkflowUpdateRPCTimeoutOrCancelledError('late')],
    ['unavailable', updateFailed(refusal('unavailable'))],
    ['unavailable', updateFailed(refusal('AcceptedUpdateCompletedWorkflow'))],
    ['invalid', grpc(3)],
    ['failed', grpc(9)],
    ['not_found', grpc(5)],
    ['not_found', new WorkflowNotFoundError('gone', 'conflict/1', undefined)],
    ['already_running', new WorkflowExecutionAlreadyStartedError('there', 'sync-run/1', 'syncRun')],
    ['rejected', updateFailed(refusal('NotOpen'))],
    ['failed', new WorkflowFailedError('failed', refusal('internal'), RetryState.NON_RETRYABLE_FAILURE)],
    ['failed', new Error('something else')],
  ])('is %s: %s', (kind, error) => {
    expect(toCallError(error).kind).toBe(kind);
  });

  it('tells what nobody lets us do from what can be tried again', () => {
    expect([7, 12].map((code) => isNotPermitted(toCallError(grpc(code))))).toEqual([true, true]);
    expect([3, 5, 14, 16].some((code) => isNotPermitted(toCallError(grpc(code))))).toBe(false);
    expect(isNotPermitted(new Error('something else'))).toBe(false);
  });

  it('keeps the type and the facts of a refusal', () => {
    const error = toCallError(updateFailed(refusal('NotOpen')));
    expect(error).toMatchObject({ type: 'NotOpen', message: 'no', details: [{ phase: 'deciding' }] });
  });

  it('looks through the failure of an activity', () => {
    const state = RetryState.NON_RETRYABLE_FAILURE;
    const wrapped = new ActivityFailure('Activity task failed', 'x', '1', state, '', refusal('StaleVersion'));
    expect(toCallError(updateFailed(wrapped))).toMatchObject({ kind: 'rejected', type: 'StaleVersion' });
  });

  it('leaves what is sorted already', () => {
    const error = new TemporalCallError('not_found', 'gone');
    expect(toCallError(error)).toBe(error);
  });
});
