import { DestinationRefused } from './destination.js';

/** Why no answer came, as far as the transport tells. For display only: it never decides whether to retry or to write. */
export type ReachProblem =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'connect_timeout'
  | 'no_answer'
  | 'proxy_refused'
  | 'server_error'
  | 'redirect'
  | 'not_json'
  | 'forbidden_address'
  | 'tls_self_signed'
  | 'tls_unknown_authority'
  | 'tls_expired'
  | 'tls_not_yet_valid'
  | 'tls_wrong_host'
  | 'tls_not_spoken'
  | 'tls_other';

/** OpenSSL's and Node's names for a certificate or handshake that is not accepted. */
const TLS_FAILURE =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|UND_ERR_PRX_TLS$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;

/** First match wins; names as Node and OpenSSL 3 write them. */
const NAMES: readonly (readonly [RegExp, ReachProblem])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'dns'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'unreachable'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connect_timeout'],
  [/^(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?$/, 'tls_self_signed'],
  [/^UNABLE_TO_(GET_ISSUER|VERIFY)/, 'tls_unknown_authority'],
  [/^CERT_UNTRUSTED$/, 'tls_unknown_authority'],
  [/^CERT_HAS_EXPIRED$/, 'tls_expired'],
  [/^CERT_NOT_YET_VALID$/, 'tls_not_yet_valid'],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'tls_wrong_host'],
  // What answers speaks plain HTTP, or a TLS so old that nothing is agreed on.
  [/^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST))$/, 'tls_not_spoken'],
  [TLS_FAILURE, 'tls_other'],
];

/** What the code of a transport's error means. */
export function reachProblem(error: unknown, code: string): ReachProblem {
  if (error instanceof DestinationRefused || code === 'EDESTINATION') return 'forbidden_address';
  return NAMES.find(([name]) => name.test(code))?.[1] ?? 'no_answer';
}

export const isTlsFailure = (code: string): boolean => TLS_FAILURE.test(code);

/** Something between us and the system answered: its own answers are JSON, errors too. */
export const notJson = (baseUrl: string) => ({
  problem: 'not_json',
  host: URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl,
  place: null,
});
