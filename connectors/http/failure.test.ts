import { describe, expect, it } from 'vitest';
import { transportFailure } from './failure.js';

const coded = (code: string, cause?: unknown): Error => Object.assign(new Error('x', { cause }), { code });

describe('what the transport says', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s comes before anything was sent: a write is merely unavailable',
    (code) => expect(transportFailure(coded(code), 'POST /x', 'write', {}).code).toBe('unavailable'),
  );

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
    const refused = new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]);
    expect(transportFailure(refused, 'POST /x', 'write', {}).code).toBe('unavailable');
    expect(
      transportFailure(coded('UND_ERR_SOCKET', coded('CERT_HAS_EXPIRED')), 'GET /x', 'read', {}).code,
    ).toBe('destination_refused');
  });
});
