import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { ConnectorContext } from '../port.js';
import { assertHost, guardedLookup } from './destination.js';

export type Timing = {
  /** To connect, TLS included. */
  readonly connectMs?: number;
  /** From the end of the request to the headers, and between two pieces of the body. */
  readonly answerMs?: number;
  /** For everything together. */
  readonly readMs?: number;
  readonly writeMs?: number;
  readonly retryDelaysMs?: readonly number[];
};

const CONNECT_MS = 5_000;
/** A page of 1,000 records on a slow server takes its time; a write that takes longer is looked up instead. */
const ANSWER_MS = 30_000;
const LARGEST_ANSWER = 32 * 1024 * 1024;

type Options = Pick<ConnectorContext, 'baseUrl' | 'http'> & { readonly timing?: Timing };

/** The connections of one client, direct or through its proxy; a proxy resolves names itself and guards by its own rules. */
export function makeDispatcher({ http, timing }: Options): Dispatcher {
  const answerMs = timing?.answerMs ?? ANSWER_MS;
  const connectMs = timing?.connectMs ?? CONNECT_MS;
  const tls = http.ca === undefined ? {} : { ca: http.ca };
  const common = {
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    maxResponseSize: LARGEST_ANSWER,
    connect: { timeout: connectMs, lookup: guardedLookup(http), ...tls },
  };
  const { proxy } = http;
  if (proxy === undefined) return new Agent(common);
  assertHost(new URL(proxy.uri), proxy);
  return new EnvHttpProxyAgent({
    ...common,
    httpProxy: proxy.uri,
    httpsProxy: proxy.uri,
    noProxy: proxy.except,
    requestTls: tls,
    proxyTls: { timeout: connectMs, lookup: guardedLookup(proxy) },
  });
}
