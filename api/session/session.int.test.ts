import { describe, expect, it } from 'vitest';
import { createLoginLink } from '../../db/stores/login-links.js';
import { rows } from '../../db/sql.js';
import { PASSWORD, readAnswer, withApi, type Answer } from '../testing/test-api.js';

describe('session', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });

  const login = (email = 'approver@example.com', password = PASSWORD) =>
    api().call(null, 'POST', '/api/v1/session/login', { email, password });

  const cookies = (answer: Answer): string =>
    answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');

  const send = async (method: string, path: string, headers: Record<string, string>) =>
    readAnswer(await fetch(`${api().url}${path}`, { method, headers }));

  const refresh = (cookie: string) =>
    send('POST', '/api/v1/session/refresh', { cookie, 'x-timebridge': '1' });

  it('logs in by password, and keeps both tokens out of reach of scripts and of other sites', async () => {
    const answer = await login();
    expect(answer.status).toBe(200);
    expect(answer.body['user']).toMatchObject({ email: 'approver@example.com', role: 'approver' });
    const set = answer.headers.getSetCookie();
    expect(set).toHaveLength(2);
    for (const cookie of set) expect(cookie).toMatch(/path=\/.*samesite=strict; httponly/i);
    const me = await send('GET', '/api/v1/session', { cookie: cookies(answer) });
    expect(me.status).toBe(200);
    const bearer = await send('GET', '/api/v1/session', {
      authorization: `Bearer ${String(answer.body['accessToken'])}`,
    });
    expect(bearer.status).toBe(200);
  });

  it('says the same about a wrong password and an unknown address', async () => {
    const wrong = await login('viewer@example.com', 'not the password');
    const unknown = await login('nobody@example.com', 'not the password');
    expect([wrong.status, wrong.body['code'], wrong.body['detail']]).toEqual([
      unknown.status,
      unknown.body['code'],
      unknown.body['detail'],
    ]);
    expect(wrong.status).toBe(401);
  });

  it('makes the sixth attempt wait, and not the one of another account', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await login('victim@example.com', 'guess');
    const sixth = await login('victim@example.com', 'guess');
    expect([sixth.status, sixth.body['code']]).toEqual([429, 'too-many-attempts']);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await login('admin@example.com')).status).toBe(200);
  });

  it('renews with a new cookie, lets two tabs renew at once, and ends the session when an old one comes back', async () => {
    const first = cookies(await login());
    const renewed = await refresh(first);
    expect(renewed.status).toBe(200);
    expect(cookies(renewed)).not.toBe(first);
    expect((await refresh(first)).status).toBe(200);
    await rows(
      session(),
      `update refresh_tokens set used_at = used_at - interval '11 seconds' where used_at is not null returning 1`,
    );
    const stolen = await refresh(first);
    expect([stolen.status, stolen.body['code']]).toEqual([401, 'session-expired']);
    expect((await refresh(cookies(renewed))).status).toBe(401);
    expect((await send('GET', '/api/v1/session', { cookie: cookies(renewed) })).status).toBe(401);
    const noted = await rows(session(), `select 1 from audit_logs where action = 'session.reuse_detected'`);
    expect(noted).toHaveLength(1);
  });

  it('refuses changes by cookie from another site', async () => {
    const cookie = cookies(await login());
    const foreign = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await send('POST', '/api/v1/session/refresh', foreign)).body['code']).toBe('foreign-origin');
    expect((await send('PATCH', '/api/v1/session', foreign)).body['code']).toBe('foreign-origin');
    expect((await send('POST', '/api/v1/session/logout', foreign)).status).toBe(403);
    expect(
      (await send('POST', '/api/v1/session/refresh', { cookie, origin: 'http://localhost:8080' })).status,
    ).toBe(200);
  });

  it('logs out on the server: neither token works afterwards', async () => {
    const answer = await login();
    const cookie = cookies(answer);
    expect((await send('POST', '/api/v1/session/logout', { cookie, 'x-timebridge': '1' })).status).toBe(204);
    expect((await refresh(cookie)).status).toBe(401);
    const bearer = { authorization: `Bearer ${String(answer.body['accessToken'])}` };
    expect((await send('GET', '/api/v1/session', bearer)).status).toBe(401);
  });

  it('lets the first admin in by a link that works once', async () => {
    const { token } = await createLoginLink(session(), { role: 'admin', userId: null, hours: 1 });
    const told = await api().call(null, 'POST', '/api/v1/session/login-link', { token });
    expect(told.body).toMatchObject({ role: 'admin', email: null });
    const use = (password: string) =>
      api().call(null, 'POST', '/api/v1/session/first-login', {
        token,
        name: 'Ada',
        email: 'ada@example.com',
        password,
      });
    const short = await use('short');
    expect([short.status, short.body['code']]).toEqual([422, 'invalid-input']);
    expect(short.body['issues']).toMatchObject([{ in: 'body', path: 'password' }]);
    const entered = await use('a long enough password');
    expect(entered.body['user']).toMatchObject({ name: 'Ada', role: 'admin' });
    const again = await use('a long enough password');
    expect([again.status, again.body['code']]).toEqual([410, 'link-used']);
  });

  it('changes the password only for somebody who knows the present one, and ends the other sessions', async () => {
    const other = cookies(await login('viewer@example.com'));
    const mine = cookies(await login('viewer@example.com'));
    const change = async (currentPassword: string) =>
      readAnswer(
        await fetch(`${api().url}/api/v1/session`, {
          method: 'PATCH',
          headers: { cookie: mine, 'x-timebridge': '1', 'content-type': 'application/json' },
          body: JSON.stringify({ password: 'an even better password', currentPassword }),
        }),
      );
    expect((await change('wrong')).body['issues']).toMatchObject([{ path: 'currentPassword' }]);
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await send('GET', '/api/v1/session', { cookie: mine })).status).toBe(200);
    expect((await send('GET', '/api/v1/session', { cookie: other })).status).toBe(401);
  });
});
