import { describe, expect, it } from 'vitest';
import { secondPersonFrom } from './second-person.js';

describe('whether a case takes two people', () => {
  const policies = { fourEyesSeconds: 7_200 };
  it('goes by the hours at stake, also where they are taken away', () => {
    expect(secondPersonFrom(policies, { kind: 'locked', secondsAtStake: 7_199 })).toBeNull();
    expect(secondPersonFrom(policies, { kind: 'locked', secondsAtStake: 7_200 })).toBe(7_200);
    expect(secondPersonFrom(policies, { kind: 'locked', secondsAtStake: -9_000 })).toBe(7_200);
  });
  it('never does where the bridge does not ask for it, at a missing mapping and at the guard', () => {
    expect(secondPersonFrom({}, { kind: 'locked', secondsAtStake: 90_000 })).toBeNull();
    expect(
      secondPersonFrom({ fourEyesSeconds: null }, { kind: 'locked', secondsAtStake: 90_000 }),
    ).toBeNull();
    for (const kind of ['unmapped_user', 'guard'] as const)
      expect(secondPersonFrom(policies, { kind, secondsAtStake: 90_000 })).toBeNull();
  });
});
