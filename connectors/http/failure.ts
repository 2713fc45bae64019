import { errors } from 'undici';
import { SyncError, type SyncErrorInfo } from '../../domain/errors.js';
import { DestinationRefused } from './destination.js';
import { isTlsFailure, reachProblem } from './reach.js';

/** What a call does to the other system: a write must not be sent a second time without a look first. */
export type Effect = 'read' | 'write';

/** Nothing of the request has left this machine when one of these happens. */
const BEFORE_SENDING = new Set(['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_CLOSED']);
/**
 * The same codes (ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT …) come from a connection that was never made and from one that
 * broke after the request had left: the system call tells which.
 */
const CONNECTING = new Set(['connect', 'getaddrinfo']);

/** What undici says when a proxy does not open the way to the system: its error has no code of its own. */
const PROXY_REFUSED = /^Proxy response \(\d+\)/;

/** TLS failures that also come while data flows: there a request may have left. */
const TLS_LATE = /^(ERR_SSL_.*(ALERT|RECORD|MAC|DECRYPT|UNEXPECTED|SHUTDOWN|EOF)|EPROTO$)/;

/** The code of the innermost cause that has one: undici and node:net wrap what happened. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return codeOf(error.cause) || own;
}

function isConnecting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isConnecting);
  const call = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
  return CONNECTING.has(call) || isConnecting(error.cause);
}

function isProxyRefusal(error: unknown): boolean {
  return error instanceof Error && (PROXY_REFUSED.test(error.message) || isProxyRefusal(error.cause));
}

/**
 * Turns what the transport threw into a SyncError. A write whose request may have left is `outcome_unknown`;
 * everything else that time may heal is `unavailable`.
 * @param what method and path, for the message
 * @param origin which connector, and the host that was called
 */
export function transportFailure(
  error: unknown,
  what: string,
  effect: Effect,
  origin: SyncErrorInfo & { readonly host?: string },
): SyncError {
  const code = codeOf(error);
  const { host = null, ...who } = origin;
  const problem = isProxyRefusal(error) ? 'proxy_refused' : reachProblem(error, code);
  const info = { ...who, reach: { problem, host, place: null } };
  const because = { cause: error };
  if (error instanceof DestinationRefused || code === 'EDESTINATION') {
    const said = error instanceof Error ? error.message : code;
    return new SyncError('destination_refused', `${what}: ${said}`, info, because);
  }
  if (isTlsFailure(code) && !(effect === 'write' && TLS_LATE.test(code))) {
    return new SyncError('destination_refused', `${what}: TLS cannot be verified (${code})`, info, because);
  }
  if (BEFORE_SENDING.has(code) || isConnecting(error) || isProxyRefusal(error))
    return new SyncError('unavailable', `${what}: not reachable (${code})`, info, because);
  if (effect === 'write') {
    return new SyncError(
      'outcome_unknown',
      `${what}: sent, but no answer came (${code || 'unknown'})`,
      info,
      because,
    );
  }
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new SyncError('contract_broken', `${what}: the answer is larger than is read`, info, because);
  }
  return new SyncError('unavailable', `${what}: no answer (${code || 'unknown'})`, info, because);
}
