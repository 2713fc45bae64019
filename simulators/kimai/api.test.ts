import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { baseWorld, BOOKING, column, field, formErrors, startKimai, type TestKimai } from './test-server.js';

let kimai: TestKimai;
beforeAll(async () => {
  kimai = await startKimai(() => baseWorld({ metaFieldNames: { zammad_id: true } }));
});
beforeEach(() => kimai.reset());
afterAll(() => kimai.simulator.close());

const raw = (path: string, init: RequestInit = {}) =>
  fetch(kimai.simulator.url + path, { redirect: 'manual', ...init });

describe('credentials', () => {
  it.each([
    ['none', {}, 401, '{"code":401,"message":"Unauthorized"}'],
    [
      'a lower-case scheme',
      { authorization: 'bearer tok_sync' },
      401,
      '{"code":401,"message":"Unauthorized"}',
    ],
    ['an unknown token', { authorization: 'Bearer nope' }, 401, ''],
    ['a token in capitals', { authorization: 'Bearer TOK_SYNC' }, 200, '{"message":"pong"}'],
    [
      'a wrong API password',
      { 'x-auth-user': 'a', 'x-auth-token': 'b' },
      403,
      '{"message":"Invalid credentials"}',
    ],
  ])('with %s', async (_, headers, status, body) => {
    const reply = await raw('/api/ping', { headers: { ...headers } });
    expect([reply.status, await reply.text()]).toEqual([status, body]);
  });

  it('too many wrong API passwords in a minute are a 400', async () => {
    const statuses: number[] = [];
    kimai.simulator.clock.fixAt(new Date('2026-11-23T08:00:00Z'));
    for (let n = 0; n < 6; n += 1)
      statuses.push(
        (await raw('/api/ping', { headers: { 'x-auth-user': 'a', 'x-auth-token': 'b' } })).status,
      );
    expect(statuses).toEqual([403, 403, 403, 403, 403, 400]);
  });

  it('without api_access every call is 403', async () => {
    await kimai.control('permissions', { role: 'ROLE_USER', permission: 'api_access', allowed: false });
    expect((await kimai.call('anna', 'GET', '/api/ping')).status).toBe(403);
  });
});

describe('the edges of HTTP', () => {
  it('a trailing slash redirects a read for good, and makes every write a 404', async () => {
    const reply = await raw('/api/timesheets/?user=all', { method: 'GET' });
    expect([reply.status, reply.headers.get('location')]).toEqual([
      301,
      `${kimai.simulator.url}/api/timesheets?user=all`,
    ]);
    expect((await raw('/api/timesheets/', { method: 'POST' })).status).toBe(404);
  });

  it.each(['/api/doc', '/api/doc.json'])('%s leads to the log-in, with a token and without', async (path) => {
    for (const headers of [{}, { authorization: 'Bearer tok_admin' }]) {
      const reply = await raw(path, { headers });
      expect([reply.status, reply.headers.get('location')]).toEqual([302, '/en/login']);
    }
  });

  it('an unknown path is a 404 also without a token', async () => {
    expect((await raw('/api/timesheets.json')).status).toBe(404);
  });

  it.each([
    [
      'text/plain',
      JSON.stringify(BOOKING),
      { project: ['A project needs to be selected.', 'This value should not be null.'] },
    ],
    [
      'application/x-www-form-urlencoded',
      'project=1&activity=99',
      { activity: ['The selected choice is invalid.'] },
    ],
  ])('a body of %s', async (type, body, fields) => {
    const headers = { authorization: 'Bearer tok_anna', 'content-type': type };
    const reply = await raw('/api/timesheets', { method: 'POST', headers, body });
    const answer = { status: reply.status, headers: reply.headers, body: await reply.json() };
    expect(formErrors(answer).fields).toMatchObject(fields);
  });

  it('a body without a type is read as JSON', async () => {
    const headers = { authorization: 'Bearer tok_anna' };
    const body = new TextEncoder().encode(JSON.stringify(BOOKING));
    const reply = await raw('/api/timesheets', { method: 'POST', headers, body });
    expect(await reply.json()).toMatchObject({ begin: '2026-03-02T09:00:00+0100', duration: 3600 });
  });

  it('a JSON array has only extra fields', async () => {
    const answer = await kimai.call('anna', 'POST', '/api/timesheets', [1]);
    expect(formErrors(answer).top).toContain('This form should not contain extra fields.');
  });

  it('money keeps its fraction on the wire', async () => {
    await kimai.call('boss', 'POST', '/api/timesheets', { ...BOOKING, description: '"rate":1,' });
    const reply = await raw('/api/timesheets', { headers: { authorization: 'Bearer tok_boss' } });
    const text = await reply.text();
    expect(text).toContain('"rate":0.0,"internalRate":0.0');
    expect(text).toContain(String.raw`\"rate\":1,`);
  });

  it('a deep link shows the record to a person, in both languages', async () => {
    await kimai.call('anna', 'POST', '/api/timesheets', { ...BOOKING, description: '<b>Drucker</b>' });
    const page = await (await raw('/de/timesheet/1/edit')).text();
    expect(page).toContain('<th>Tätigkeit</th><td>Fernwartung</td>');
    expect(page).toContain('&#60;b&#62;Drucker');
    expect(await (await raw('/en/timesheet/1/edit')).text()).toContain('<th>Activity</th>');
    expect((await raw('/de/timesheet/2/edit')).status).toBe(404);
  });
});

describe('customers, projects and activities', () => {
  it.each([
    ['lena', '/api/customers', 403],
    ['lena', '/api/projects', 403],
    ['anna', '/api/activities', 403],
  ])('%s may not create at %s', async (as, path, status) => {
    expect((await kimai.call(as, 'POST', path, { name: 'New' })).status).toBe(status);
  });

  it('plain users see lists, but no single object', async () => {
    expect(column(await kimai.call('anna', 'GET', '/api/customers'), 'name')).toEqual(['Huber']);
    expect((await kimai.call('anna', 'GET', '/api/customers/1')).status).toBe(403);
    expect((await kimai.call('sync', 'GET', '/api/customers/1')).status).toBe(200);
  });

  it('numbers are given in turn and must be unique unless the setting says otherwise', async () => {
    const create = (number?: string) =>
      kimai.call('sync', 'POST', '/api/activities', { name: 'New', number });
    expect(field(await create(), 'number')).toBe('0004');
    expect(formErrors(await create('0004')).fields).toEqual({ number: ['The number 0004 is already used.'] });
    expect(formErrors(await create('12345678901')).fields).toHaveProperty('number');
    await kimai.control('settings', { 'activity.allow_duplicate_number': '1' });
    expect((await create('0004')).status).toBe(200);
  });

  it('keeps the defaults of what is not sent', async () => {
    const answer = await kimai.call('sync', 'POST', '/api/projects', { name: 'New', customer: 1 });
    expect(answer.body).toMatchObject({ visible: true, billable: true, globalActivities: true });
  });

  it('shows budgets to who may see them', async () => {
    await kimai.call('boss', 'PATCH', '/api/projects/1', { budget: 1000, timeBudget: '2:00' });
    expect((await kimai.call('boss', 'GET', '/api/projects/1')).body).toMatchObject({
      budget: 1000,
      timeBudget: 7200,
    });
    expect(field(await kimai.call('sync', 'GET', '/api/projects/1'), 'budget')).toBeUndefined();
  });

  it('deleting a project deletes its records', async () => {
    await kimai.call('anna', 'POST', '/api/timesheets', BOOKING);
    expect((await kimai.call('boss', 'DELETE', '/api/projects/1')).status).toBe(204);
    expect((await kimai.call('anna', 'GET', '/api/timesheets/1')).status).toBe(404);
  });

  it.each(['/api/customers?visible=4', '/api/projects?orderBy=comment', '/api/activities?order=asc'])(
    '%s is a 400',
    async (path) => expect((await kimai.call('boss', 'GET', path)).status).toBe(400),
  );
});

describe('tags', () => {
  const create = (name: string) => kimai.call('anna', 'POST', '/api/tags', { name, visible: true });

  it.each(['a', 'a,b', 'a<b', 'x'.repeat(101), '  '])('the name "%s" is refused', async (name) => {
    expect((await create(name)).status).toBe(400);
  });

  it('are found by a part of their name, and not at all without one', async () => {
    await create('Zammad: #1');
    expect(column(await kimai.call('anna', 'GET', '/api/tags/find?name=zamm'), 'name')).toEqual([
      'Zammad: #1',
    ]);
    expect((await kimai.call('anna', 'GET', '/api/tags/find')).body).toEqual([]);
    expect((await create('ZAMMAD: #1')).status).toBe(400);
  });

  it('are deleted by who may', async () => {
    await create('zammad');
    expect((await kimai.call('anna', 'DELETE', '/api/tags/1')).status).toBe(403);
    expect((await kimai.call('lena', 'DELETE', '/api/tags/1')).status).toBe(204);
  });
});

describe('users', () => {
  it('me tells zone, roles and memberships to anybody', async () => {
    const me = await kimai.call('anna', 'GET', '/api/users/me');
    expect(me.body).toMatchObject({ id: 2, timezone: 'Europe/Berlin', roles: [], memberships: [] });
  });

  it('are found by a part of the address, others only by who may see profiles', async () => {
    const found = await kimai.call('sync', 'GET', '/api/users?term=anna@example.com&visible=3');
    expect(column(found, 'id')).toEqual([2]);
    expect((await kimai.call('boss', 'GET', '/api/users/2')).status).toBe(403);
    expect((await kimai.call('admin', 'GET', '/api/users/2')).status).toBe(200);
  });
});

describe('custom fields', () => {
  it.each([
    [{ value: '1' }, 400],
    [{ name: 'other', value: '1' }, 404],
    [{ name: 'zammad_id', value: '101' }, 200],
  ])('setting %j is %i', async (body, status) => {
    await kimai.call('anna', 'POST', '/api/timesheets', BOOKING);
    const answer = await kimai.call('anna', 'PATCH', '/api/timesheets/1/meta', body);
    expect(answer.status).toBe(status);
    const found = await kimai.call('anna', 'GET', '/api/timesheets?term=zammad_id:101');
    expect(column(found, 'id')).toEqual(status === 200 ? [1] : []);
  });
});

it.each([
  [{ 'timesheet.mood': '1' }, 'There is no setting'],
  [{ 'timesheet.mode': 'duration' }, 'must be one of: default, punch'],
  [{ 'timesheet.rules.lockdown_period_start': 'some day' }, 'is not understood'],
  [{ 'timesheet.rules.long_running_duration': 'long' }, 'must be a whole number'],
])('the setting %j is refused', async (settings, message) => {
  const answer = await kimai.control('settings', settings);
  expect(answer.status).toBe(400);
  expect(field(answer, 'error')).toContain(message);
});
