import { afterEach, describe, expect, it, vi } from 'vitest';
import { send } from './transport';

const answer = (
  status: number,
  body: string | null,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(body, { status, headers }))),
  );
const get = () => send({ method: 'GET', url: '/api/v1/x' });
afterEach(() => vi.unstubAllGlobals());

describe('send', () => {
  it('gives the parsed answer, and nothing for 204', async () => {
    answer(200, '{"a":1}');
    await expect(get()).resolves.toEqual({ a: 1 });
    answer(204, null);
    await expect(get()).resolves.toBeUndefined();
  });
  it('turns problem details into an error with code, detail and all members', async () => {
    answer(409, '{"code":"stale","detail":"Changed","version":"v2"}', {
      'content-type': 'application/problem+json',
    });
    await expect(get()).rejects.toMatchObject({
      status: 409,
      code: 'stale',
      detail: 'Changed',
      members: { version: 'v2' },
    });
  });
  it('tells how long to wait', async () => {
    answer(429, '{"code":"throttled"}', { 'content-type': 'application/problem+json', 'retry-after': '30' });
    await expect(get()).rejects.toMatchObject({ retryAfterSeconds: 30 });
  });
  it('has a code for a refusal without a document, e.g. from a proxy', async () => {
    answer(502, '<html>', { 'content-type': 'text/html' });
    await expect(get()).rejects.toMatchObject({ status: 502, code: 'http_502' });
  });
  it('does not take a page of HTML for an answer', async () => {
    answer(200, '<html>', { 'content-type': 'text/html' });
    await expect(get()).rejects.toMatchObject({ code: 'unexpected_answer' });
  });
  it('says unreachable when there is no answer', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.reject(new TypeError('failed'))),
    );
    await expect(get()).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  });
});
