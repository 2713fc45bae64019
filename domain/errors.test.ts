import { describe, expect, it } from 'vitest';
import { DECISION_FAILURES, SyncError, type Reaction, type SyncErrorCode } from './errors.js';

describe('what happens next when the other side does not do what was asked', () => {
  it.each<[string, SyncErrorCode, Reaction]>([
    ['too many calls: later', 'rate_limited', 'wait'],
    ['not reachable: later', 'unavailable', 'wait'],
    ['no answer to a write: looked up, never simply repeated', 'outcome_unknown', 'wait'],
    ['an unknown token: nobody but an admin can help', 'credentials_rejected', 'pause_connector'],
    ['a missing permission', 'permission_missing', 'pause_connector'],
    ['answers of another shape', 'contract_broken', 'pause_connector'],
    ['an address that must not be called', 'destination_refused', 'pause_connector'],
    ['another unit of time than the confirmed one', 'setting_changed', 'pause_connector'],
    ['one refused record: the others go on', 'record_refused', 'park_record'],
  ])('%s', (_name, code, reaction) => {
    expect(new SyncError(code, 'x').reaction).toBe(reaction);
  });

  it('carries its code, what is known, and the error behind it', () => {
    const cause = new Error('socket');
    const error = new SyncError('unavailable', 'Kimai does not answer', { status: 503 }, { cause });
    expect(error).toMatchObject({ name: 'SyncError', message: 'Kimai does not answer', code: 'unavailable' });
    expect([error.info, error.cause]).toEqual([{ status: 503 }, cause]);
    expect(new SyncError('unavailable', 'x').info).toEqual({});
  });

  it('a refused decision says which of three things is wrong, under names that travel', () => {
    expect(DECISION_FAILURES).toEqual({
      stale: 'StaleVersion',
      invalid: 'InvalidDecision',
      closed: 'NotOpen',
    });
  });
});
