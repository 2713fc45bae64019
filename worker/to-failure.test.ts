import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { SyncError } from '../domain/errors.js';
import { toFailure } from './to-failure.js';

describe('what an error of an activity becomes', () => {
  it('keeps code and facts, and is tried again when patience helps', () => {
    const error = new SyncError('rate_limited', 'slow down', { connectorId: 'kimai', retryAfterMs: 7_000 });
    const failure = toFailure(error, 1);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({
      type: 'rate_limited',
      nonRetryable: false,
      nextRetryDelay: 7_000,
      details: [{ connectorId: 'kimai', retryAfterMs: 7_000 }],
    });
  });

  it.each(['credentials_rejected', 'contract_broken', 'record_refused'] as const)(
    'is not tried again when only a person can help: %s',
    (code) => {
      expect(toFailure(new SyncError(code, 'no'), 1)).toMatchObject({ type: code, nonRetryable: true });
    },
  );

  it('gives a defect three tries', () => {
    const defect = new TypeError('x is not a function');
    expect(toFailure(defect, 2)).toBe(defect);
    expect(toFailure(defect, 3)).toMatchObject({ type: 'TypeError', nonRetryable: true });
  });

  it('leaves what it does not know to the profile, however often it came', () => {
    const lost = new Error('Connection terminated unexpectedly');
    expect(toFailure(lost, 50)).toBe(lost);
  });
});
