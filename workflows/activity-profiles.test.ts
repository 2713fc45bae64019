import { expect, it } from 'vitest';
import { DECISION_FAILURES, REACTIONS } from '../domain/errors.js';
import { FINAL_FAILURES, profiles } from './activity-profiles.js';

it('what only a person can cure is not tried again, what patience cures is', () => {
  for (const [code, reaction] of Object.entries(REACTIONS)) {
    expect(FINAL_FAILURES.includes(code), code).toBe(reaction !== 'wait');
  }
  expect(FINAL_FAILURES).toEqual(expect.arrayContaining(Object.values(DECISION_FAILURES)));
});

it.each(Object.entries(profiles))('%s says how long and how often', (_name, profile) => {
  expect(profile.retry.nonRetryableErrorTypes).toEqual(FINAL_FAILURES);
  const bounded = 'maximumAttempts' in profile.retry || 'maximumInterval' in profile.retry;
  expect(bounded).toBe(true);
});
