import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../http/problem.js';

export type LoginThrottle = {
  /** @throws Problem 429 while address and account, or the address alone, failed too often */
  assertAllowed(address: string, account: string): Promise<void>;
  failed(address: string, account: string): Promise<void>;
  succeeded(address: string, account: string): Promise<void>;
};

/**
 * Counts failures by address *and* account, so that nobody can lock a colleague out from elsewhere, and by address
 * alone against trying many accounts. Counted in this process; several API processes each count for themselves.
 */
export function createLoginThrottle(limits = { perAccount: 5, perAddress: 50 }): LoginThrottle {
  const perAccount = new RateLimiterMemory({ points: limits.perAccount, duration: 15 * 60 });
  const perAddress = new RateLimiterMemory({ points: limits.perAddress, duration: 15 * 60 });
  const key = (address: string, account: string) => `${address}|${account.toLowerCase()}`;
  return {
    assertAllowed: async (address, account) => {
      const [ofAccount, ofAddress] = await Promise.all([
        perAccount.get(key(address, account)),
        perAddress.get(address),
      ]);
      if (ofAccount && ofAccount.consumedPoints >= limits.perAccount) throw tooMany(ofAccount);
      if (ofAddress && ofAddress.consumedPoints >= limits.perAddress) throw tooMany(ofAddress);
    },
    failed: async (address, account) => {
      await Promise.all([perAccount.penalty(key(address, account)), perAddress.penalty(address)]);
    },
    succeeded: async (address, account) => {
      await perAccount.delete(key(address, account));
    },
  };
}

function tooMany(state: RateLimiterRes): Problem {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  return new Problem(
    429,
    'too-many-attempts',
    `Too many failed logins; try again in ${Math.ceil(seconds / 60)} minutes`,
    {},
    { 'Retry-After': String(seconds) },
  );
}
