import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { SyncError } from '../domain/errors.js';
import type { Instant } from '../domain/time-entry.js';
import { toInstant } from '../domain/zone.js';
import { assertDestination, guardedLookup } from './http/destination.js';
import { transportFailure, type Effect } from './http/failure.js';
import { Gate } from './http/gate.js';
import { retryAfterMs } from './http/retry-after.js';
import type { ConnectorContext } from './port.js';

const CONNECT_MS = 5_000;
/** A page of 1,000 records on a slow server takes its time; a write that takes longer is looked up instead. */
const ANSWER_MS = 30_000;
const LARGEST_ANSWER = 32 * 1024 * 1024;
const DEFAULT_CONCURRENCY = 4;
/** Short ones only: whoever asked retries for hours. */
const READ_RETRY_DELAYS_MS: readonly number[] = [200, 1_000];
const MOMENTARY = new Set([502, 503, 504]);

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

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
  /** The server's clock (`Date` header); our own when it sends none. */
  readonly readAt: Instant;
};

/** One system's outgoing client. Answers with 2xx and 4xx (except 429) come back; everything else is a SyncError. */
export type HttpClient = {
  readonly call: (call: Call) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

export type HttpOptions = Pick<ConnectorContext, 'connectorId' | 'baseUrl' | 'http' | 'signal'> & {
  /** The whole `Authorization` header. It goes out and is shown nowhere. */
  readonly authorization: string;
  readonly timing?: {
    readonly answerMs?: number;
    readonly connectMs?: number;
    readonly retryDelaysMs?: readonly number[];
  };
};

/** Makes the client of one connector: one connection pool, one limit, no cookies, no redirects followed. */
export function createHttpClient(options: HttpOptions): HttpClient {
  const dispatcher = makeDispatcher(options);
  const gate = new Gate(options.http.concurrency ?? DEFAULT_CONCURRENCY);
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

/** Said before anything is sent, so that a write is known not to have happened. */
function closedBefore(call: Call, connectorId: string): SyncError {
  return new SyncError('unavailable', `${call.method} ${call.path}: the connector was closed before`, {
    connectorId,
  });
}

function makeDispatcher({ http, timing }: HttpOptions): Dispatcher {
  const answerMs = timing?.answerMs ?? ANSWER_MS;
  const tls = http.ca === undefined ? {} : { ca: http.ca };
  const common = { headersTimeout: answerMs, bodyTimeout: answerMs, maxResponseSize: LARGEST_ANSWER };
  // Behind a proxy it is the proxy that resolves names: its own rules guard.
  if (http.proxy !== undefined) return new ProxyAgent({ ...common, uri: http.proxy, requestTls: tls });
  const connect = { timeout: timing?.connectMs ?? CONNECT_MS, lookup: guardedLookup(http), ...tls };
  return new Agent({ ...common, connect });
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
  const info = { connectorId: options.connectorId };
  try {
    const url = urlOf(options.baseUrl, call);
    assertDestination(url, options.http);
    const { statusCode, headers, text } = await exchange(
      dispatcher,
      url,
      call,
      options.authorization,
      signal,
    );
    return readAnswer(call, statusCode, headers, text, info);
  } catch (error) {
    if (error instanceof SyncError) throw error;
    if (signal?.aborted && effectOf(call) === 'read') throw signal.reason;
    throw transportFailure(error, what, effectOf(call), info);
  }
}

function urlOf(baseUrl: string, { path, query = {} }: Call): URL {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
  return url;
}

async function exchange(
  dispatcher: Dispatcher,
  url: URL,
  call: Call,
  authorization: string,
  signal: AbortSignal | undefined,
): Promise<{ statusCode: number; headers: Headers; text: string }> {
  const hasBody = call.body !== undefined;
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
    signal: signal ?? null,
  });
  return { statusCode: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function readAnswer(
  call: Call,
  status: number,
  headers: Headers,
  text: string,
  info: { readonly connectorId: string },
): Answer {
  const header = (name: string): string | null => {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const what = `${call.method} ${call.path} answered ${status}`;
  const said = { ...info, status };
  const waitMs = retryAfterMs(header('retry-after'), Date.now());
  const patience = waitMs === undefined ? said : { ...said, retryAfterMs: waitMs };
  if (status === 429) throw new SyncError('rate_limited', what, patience);
  if (status >= 500) {
    throw new SyncError(effectOf(call) === 'write' ? 'outcome_unknown' : 'unavailable', what, patience);
  }
  if (status >= 300 && status < 400) {
    throw new SyncError(
      'destination_refused',
      `${what}: redirects are not followed; ${placeOf(header('location'))}`,
      said,
    );
  }
  return { status, body: parseJson(text), header, readAt: serverDate(header('date')) };
}

/** Only the origin of a redirect is repeated: the rest may carry secrets of the other side. */
function placeOf(location: string | null): string {
  const url = location !== null && URL.canParse(location) ? new URL(location) : null;
  return url === null
    ? 'enter the final address as the URL'
    : `enter the address it leads to (${url.origin})`;
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
