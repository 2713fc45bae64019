import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { SyncError } from '../domain/errors.js';
import type { Instant } from '../domain/time-entry.js';
import { toInstant } from '../domain/zone.js';
import { assertDestination, DestinationRefused } from './http/destination.js';
import { makeDispatcher, type Timing } from './http/dispatcher.js';
import { transportFailure, type Effect } from './http/failure.js';
import { Gate } from './http/gate.js';
import type { ReachProblem } from './http/reach.js';
import { retryAfterMs } from './http/retry-after.js';
import type { ConnectorContext } from './port.js';

/** A whole call, however slowly it trickles in. A write stays below the lease of its ledger row. */
const READ_MS = 120_000;
const WRITE_MS = 35_000;
const DEFAULT_CONCURRENCY = 4;
/** Short ones only: whoever asked retries for hours. */
const READ_RETRY_DELAYS_MS: readonly number[] = [200, 1_000];
const MOMENTARY = new Set([502, 503, 504]);

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Call = {
  readonly method: Method;
  /** Below the base URL, beginning with `/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** GET reads and all else writes, unless it is said here (a search by POST reads). */
  readonly effect?: Effect;
};

export type Answer = {
  readonly status: number;
  /** The parsed JSON; undefined when the body is empty or not JSON. */
  readonly body: unknown;
  readonly header: (name: string) => string | null;
  /**
   * By our clock: of a read when its request went out, of a write when its answer came. Of two answers about one record
   * the one with the later instant is the newer, whatever the server's clock says.
   */
  readonly readAt: Instant;
  /** The server's clock (`Date` header); our own when it sends none. */
  readonly serverTime: Instant;
};

/** One system's outgoing client. Answers with 2xx and 4xx (except 429) come back; everything else is a SyncError. */
export type HttpClient = {
  readonly call: (call: Call) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

export type HttpOptions = Pick<ConnectorContext, 'connectorId' | 'baseUrl' | 'http' | 'signal' | 'onCall'> & {
  /** The whole `Authorization` header. It goes out and is shown nowhere. */
  readonly authorization: string;
  readonly timing?: Timing;
};

/** Makes the client of one connector: one connection pool, one limit, no cookies, no redirects followed. */
export function createHttpClient(options: HttpOptions): HttpClient {
  const dispatcher = dispatcherOf(options);
  const { concurrency = DEFAULT_CONCURRENCY, requestsPerSecond } = options.http;
  const gate = new Gate(concurrency, requestsPerSecond);
  let closed = false;
  return {
    call: (call) => {
      const signal = options.signal?.();
      return gate.run(async () => {
        if (closed) throw closedBefore(call, options.connectorId);
        return callWithRetries(options, dispatcher, call, signal);
      }, signal);
    },
    // Lets what is under way finish: a write that is cut off would have an unknown outcome.
    close: async () => {
      closed = true;
      await dispatcher.close();
    },
  };
}

function dispatcherOf(options: HttpOptions): Dispatcher {
  try {
    return makeDispatcher(options);
  } catch (cause) {
    if (!(cause instanceof DestinationRefused)) throw cause;
    const { connectorId } = options;
    throw new SyncError('destination_refused', `the proxy: ${cause.message}`, { connectorId }, { cause });
  }
}

/** Said before anything is sent, so that a write is known not to have happened. */
function closedBefore(call: Call, connectorId: string): SyncError {
  return new SyncError('unavailable', `${call.method} ${call.path}: the connector was closed before`, {
    connectorId,
  });
}

async function callWithRetries(
  options: HttpOptions,
  dispatcher: Dispatcher,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const delays = effectOf(call) === 'read' ? (options.timing?.retryDelaysMs ?? READ_RETRY_DELAYS_MS) : [];
  for (const delayMs of delays) {
    try {
      return await callOnce(options, dispatcher, call, signal);
    } catch (error) {
      if (!isMomentary(error)) throw error;
      await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
    }
  }
  return callOnce(options, dispatcher, call, signal);
}

/** A connection that failed or a gateway that hiccuped; a server that names a time is not pressed before it. */
function isMomentary(error: unknown): boolean {
  if (!(error instanceof SyncError) || error.code !== 'unavailable') return false;
  const { status, retryAfterMs: asked } = error.info;
  return asked === undefined && (status === undefined || MOMENTARY.has(status));
}

const effectOf = (call: Call): Effect => call.effect ?? (call.method === 'GET' ? 'read' : 'write');

async function callOnce(
  options: HttpOptions,
  dispatcher: Dispatcher,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const what = `${call.method} ${call.path}`;
  const info = { connectorId: options.connectorId, host: hostOf(options.baseUrl) };
  const startedAt = performance.now();
  const askedAt = Date.now();
  const tell = (status: number | null, failure: string | null): void =>
    options.onCall?.({
      connectorId: options.connectorId,
      method: call.method,
      path: call.path,
      status,
      failure,
      milliseconds: Math.round(performance.now() - startedAt),
    });
  try {
    const url = urlOf(options.baseUrl, call);
    assertDestination(url, options.http);
    const { statusCode, headers, text } = await exchange(options, dispatcher, url, call, signal);
    tell(statusCode, null);
    const readAt = toInstant(effectOf(call) === 'read' ? askedAt : Date.now());
    return { ...readAnswer(call, statusCode, headers, text, info), readAt };
  } catch (error) {
    if (error instanceof SyncError) throw error;
    if (signal?.aborted && effectOf(call) === 'read') throw signal.reason;
    const failure = transportFailure(error, what, effectOf(call), info);
    tell(null, failure.code);
    throw failure;
  }
}

const hostOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl);

function urlOf(baseUrl: string, { path, query = {} }: Call): URL {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
  return url;
}

async function exchange(
  { authorization, timing }: HttpOptions,
  dispatcher: Dispatcher,
  url: URL,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<{ statusCode: number; headers: Headers; text: string }> {
  const hasBody = call.body !== undefined;
  const wholeMs = effectOf(call) === 'read' ? (timing?.readMs ?? READ_MS) : (timing?.writeMs ?? WRITE_MS);
  const deadline = AbortSignal.timeout(wholeMs);
  const reply = await dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: call.method,
    headers: {
      accept: 'application/json',
      'user-agent': 'timebridge',
      authorization,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    body: hasBody ? JSON.stringify(call.body) : null,
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
  });
  return { statusCode: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function readAnswer(
  call: Call,
  status: number,
  headers: Headers,
  text: string,
  { connectorId, host }: { readonly connectorId: string; readonly host: string },
): Omit<Answer, 'readAt'> {
  const header = (name: string): string | null => {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const what = `${call.method} ${call.path} answered ${status}`;
  const because = (problem: ReachProblem, place: string | null) => ({ problem, host, place });
  const said = { connectorId, status, reach: because('server_error', null) };
  const waitMs = retryAfterMs(header('retry-after'), Date.now());
  const patience = waitMs === undefined ? said : { ...said, retryAfterMs: waitMs };
  if (status === 429) {
    const { reach: _answers, ...asks } = patience;
    throw new SyncError('rate_limited', what, asks);
  }
  if (status >= 500) {
    throw new SyncError(effectOf(call) === 'write' ? 'outcome_unknown' : 'unavailable', what, patience);
  }
  if (status >= 300 && status < 400) {
    const place = originOf(header('location'));
    const advice =
      place === null ? 'enter the final address as the URL' : `enter the address it leads to (${place})`;
    throw new SyncError('destination_refused', `${what}: redirects are not followed; ${advice}`, {
      ...said,
      reach: because('redirect', place),
    });
  }
  return { status, body: parseJson(text), header, serverTime: serverDate(header('date')) };
}

/** Only the origin of a redirect is repeated: the rest may carry secrets of the other side. */
function originOf(location: string | null): string | null {
  return location !== null && URL.canParse(location) ? new URL(location).origin : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function serverDate(header: string | null): Instant {
  const at = header === null ? Number.NaN : Date.parse(header);
  return toInstant(Number.isNaN(at) ? Date.now() : at);
}
