import type { Temporal } from './connect.js';
import { TemporalCallError, toCallError } from './errors.js';

/** Temporal answers in milliseconds; after this long it is taken for away and the caller says so. */
export const CALL_MS = 5_000;

/**
 * Runs a call with a deadline. Both bounds are needed: without the inner one the client goes on for up to 20 s after
 * we have given up, and the inner one alone overshoots by seconds while the server is down.
 * @throws TemporalCallError, `unavailable` when the time is up.
 */
export async function bounded<T>(temporal: Temporal, ms: number, call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TemporalCallError('unavailable', `No answer within ${ms} ms`)), ms);
  });
  const answer = temporal.client.withDeadline(Date.now() + ms, call);
  temporal.pending.add(answer);
  const forget = (): void => void temporal.pending.delete(answer);
  answer.then(forget, forget); // also: the race may be over before it fails
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    throw toCallError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Does without the answer `not_found`. */
export async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TemporalCallError && error.kind === 'not_found') return null;
    throw error;
  }
}
