import { TemporalCallError } from '../../temporal/errors.js';
import { Problem } from './problem.js';

const RETRY_AFTER_SECONDS = 5;

/**
 * Awaits a call to Temporal; when it cannot be reached the caller is told to come back (503), and everything that
 * the endpoint does not answer itself passes through.
 */
export async function orUnavailable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (failure) {
    if (failure instanceof TemporalCallError && failure.kind === 'unavailable') throw temporalUnavailable();
    throw failure;
  }
}

export const temporalUnavailable = (): Problem =>
  new Problem(
    503,
    'temporal-unavailable',
    'The engine behind runs and decisions does not answer right now; nothing was lost, try again in a moment',
    {},
    { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  );

/** Nothing can be read or kept. Whether a change that was under way was kept is not known: asked again it is told. */
export const databaseUnavailable = (): Problem =>
  new Problem(
    503,
    'database-unavailable',
    'The database of Timebridge does not answer right now; try again in a moment',
    {},
    { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  );
