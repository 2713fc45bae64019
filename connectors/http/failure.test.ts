import { describe, expect, it } from 'vitest';
import { transportFailure } from './failure.js';

const coded = (code: string, cause?: unknown): Error => Object.assign(new Error('x', { cause }), { code });

describe('what the transport says', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_CLOSED'])(
    '%s comes before anything was sent: a write is merely unavailable',
    (code) => expect(transportFailure(coded(code), 'POST /x', 'write', {}).code).toBe('unavailable'),
  );

  it.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET'])(
    '%s does so while a connection is made, and leaves the outcome open on one that was made',
    (code) => {
      const during = (syscall: string) => Object.assign(coded(code), { syscall });
      expect(transportFailure(during('connect'), 'POST /x', 'write', {}).code).toBe('unavailable');
      expect(transportFailure(during('read'), 'POST /x', 'write', {}).code).toBe('outcome_unknown');
      expect(transportFailure(during('write'), 'POST /x', 'write', {}).code).toBe('outcome_unknown');
    },
  );

  it('a certificate that is refused comes before sending; a TLS record that breaks later does not', () => {
    const taken = (code: string) => transportFailure(coded(code), 'POST /x', 'write', {}).code;
    expect(taken('CERT_HAS_EXPIRED')).toBe('destination_refused');
    expect(taken('ERR_SSL_WRONG_VERSION_NUMBER')).toBe('destination_refused');
    expect(taken('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')).toBe('outcome_unknown');
    expect(taken('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR')).toBe('outcome_unknown');
  });

  it('a proxy that opens no way to the system has sent nothing to it', () => {
    const refused = coded('UND_ERR_ABORTED');
    refused.message = 'Proxy response (502) !== 200 when HTTP Tunneling';
    expect(transportFailure(refused, 'POST /x', 'write', {}).code).toBe('unavailable');
  });

  it.each([
    'ECONNRESET',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_ABORTED',
    'EPIPE',
  ])('%s leaves open whether a write was carried out', (code) => {
    expect(transportFailure(coded(code), 'POST /x', 'write', {}).code).toBe('outcome_unknown');
    expect(transportFailure(coded(code), 'GET /x', 'read', {}).code).toBe('unavailable');
  });

  it('an unknown error of a write is taken for the worse', () => {
    expect(transportFailure(new Error('?'), 'POST /x', 'write', {}).code).toBe('outcome_unknown');
  });

  it('looks through wrappers to what happened first', () => {
    const refused = new AggregateError([
      Object.assign(coded('ECONNREFUSED'), { syscall: 'connect' }),
      Object.assign(coded('ENETUNREACH'), { syscall: 'connect' }),
    ]);
    expect(transportFailure(refused, 'POST /x', 'write', {}).code).toBe('unavailable');
    expect(
      transportFailure(coded('UND_ERR_SOCKET', coded('CERT_HAS_EXPIRED')), 'GET /x', 'read', {}).code,
    ).toBe('destination_refused');
  });
});
