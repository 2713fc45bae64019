import { BaseError, ConnectionError, DatabaseError } from 'sequelize';

/** PostgreSQL's classes for *connection exception*, *insufficient resources*, *operator intervention* (it stops, or starts). */
const AWAY_CLASSES: readonly string[] = ['08', '53', '57'];
/** A statement that took too long is ours, not the server's. */
const QUERY_CANCELED = '57014';
const SOCKET_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
];
/** The driver gives no code when a connection breaks under a statement, only these words. */
const BROKEN_CONNECTION = /^(Connection terminated|Client has encountered a connection error)/;

/**
 * Whether a failure says that PostgreSQL does not answer, rather than that it did not like the statement. Whether a
 * transaction that was being committed went through is not known then.
 */
export function isDatabaseAway(failure: unknown): boolean {
  if (failure instanceof ConnectionError) return true;
  const cause = failure instanceof DatabaseError ? failure.original : failure;
  if (!(cause instanceof Error) || cause instanceof BaseError) return false;
  if (BROKEN_CONNECTION.test(cause.message)) return true;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return code !== QUERY_CANCELED && (SOCKET_CODES.includes(code) || isAwayClass(code));
}

const isAwayClass = (code: string): boolean =>
  /^[0-9A-Z]{5}$/.test(code) && AWAY_CLASSES.includes(code.slice(0, 2));
