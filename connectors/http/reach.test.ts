import { describe, expect, it } from 'vitest';
import { hasSentence } from '../../words/say.js';
import { DestinationRefused } from './destination.js';
import { reachProblem } from './reach.js';

const plain = new Error('fetch failed');

describe('why a system is not reached', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'no_answer'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_self_signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_self_signed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_unknown_authority'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_unknown_authority'],
    ['CERT_HAS_EXPIRED', 'tls_expired'],
    ['CERT_NOT_YET_VALID', 'tls_not_yet_valid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_wrong_host'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_not_spoken'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_other'],
    ['EDESTINATION', 'forbidden_address'],
  ])('is told by %s as %s, for which there is a sentence', (code, problem) => {
    expect(reachProblem(plain, code)).toBe(problem);
    expect(hasSentence(`reach_${problem}`)).toBe(true);
  });

  it('is told by our own refusal whatever the code', () => {
    expect(reachProblem(new DestinationRefused('no'), '')).toBe('forbidden_address');
  });
});
