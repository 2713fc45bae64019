import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newActivity, newProject } from './rows.js';
import {
  baseWorld,
  BOOKING,
  column,
  field,
  formErrors,
  person,
  startKimai,
  type TestKimai,
} from './test-server.js';

let kimai: TestKimai;
beforeAll(async () => {
  kimai = await startKimai(() =>
    baseWorld({
      ...person(8, 'nora', { timezone: 'America/New_York', roles: ['ROLE_ADMIN'] }),
      projects: [
        newProject({ id: 1, name: 'Support', customer: 1 }),
        newProject({ id: 2, name: 'Umzug', customer: 1, start: '2026-01-01', end: '2026-12-31' }),
      ],
      activities: [
        newActivity({ id: 1, name: 'Fernwartung' }),
        newActivity({ id: 2, name: 'Kisten', project: 2, number: '0007' }),
        newActivity({ id: 3, name: 'Alt', project: 2, visible: false }),
      ],
    }),
  );
});
beforeEach(() => kimai.reset());
afterAll(() => kimai.simulator.close());

const book = async (as: string, body: object = {}): Promise<unknown> =>
  field(await kimai.call(as, 'POST', '/api/timesheets', { ...BOOKING, ...body }), 'id');
const status = async (as: string, method: string, path: string, body?: unknown): Promise<number> =>
  (await kimai.call(as, method, path, body)).status;

describe('an id that is none', () => {
  it.each([
    ['GET', '/api/timesheets/abc'],
    ['PUT', '/api/timesheets/abc'],
    ['PATCH', '/api/timesheets/1x/stop'],
    ['GET', '/api/customers/-1'],
    ['POST', '/api/teams/1/members/anna'],
  ])('%s %s is no route, so it is a 404 before anybody is asked for a token', async (method, path) => {
    const reply = await fetch(kimai.simulator.url + path, { method });
    expect([reply.status, await reply.text()]).toEqual([404, '{"code":404,"message":"Not Found"}']);
  });

  it('only tags take any text there: reading one is the wrong method', async () => {
    const reply = await kimai.call('boss', 'GET', '/api/tags/abc');
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'DELETE']);
    expect(await status('boss', 'DELETE', '/api/tags/abc')).toBe(404);
  });
});

describe('comments', () => {
  const at = '/api/customers/1/comments';

  it('show the zone of who writes once, and UTC ever after; pinned ones come first, then the newest', async () => {
    const first = await kimai.call('nora', 'POST', at, { message: ' Ruft an ', pinned: true });
    expect(first.body).toMatchObject({
      ...{ id: 1, message: 'Ruft an', createdAt: '2026-11-22T06:00:00-0500', pinned: true },
      createdBy: { username: 'nora' },
    });
    for (const [minute, message] of [
      ['01', 'zwei'],
      ['02', 'drei'],
    ]) {
      kimai.simulator.clock.fixAt(new Date(`2026-11-22T11:${minute}:00Z`));
      await kimai.call('boss', 'POST', at, { message });
    }
    const all = await kimai.call('boss', 'GET', at);
    expect(column(all, 'message')).toEqual(['Ruft an', 'drei', 'zwei']);
    expect(column(all, 'createdAt')[0]).toBe('2026-11-22T11:00:00+0000');
    expect(field(await kimai.call('boss', 'PATCH', `${at}/1/pin`), 'pinned')).toBe(false);
    expect(column(await kimai.call('boss', 'GET', at), 'message')).toEqual(['drei', 'zwei', 'Ruft an']);
    expect(await status('boss', 'DELETE', `${at}/1`)).toBe(204);
    expect(column(await kimai.call('boss', 'GET', at), 'id')).toEqual([3, 2]);
  });

  it('without a text are refused', async () => {
    for (const body of [{}, { message: '  ' }])
      expect(formErrors(await kimai.call('boss', 'POST', at, body)).fields).toEqual({
        message: ['This value should not be null.'],
      });
  });

  it('of another object are forbidden, unknown ones are not found, and plain users see none', async () => {
    await kimai.call('boss', 'POST', '/api/projects/1/comments', { message: 'eins' });
    expect(await status('boss', 'DELETE', '/api/projects/2/comments/1')).toBe(403);
    expect(await status('boss', 'DELETE', '/api/customers/1/comments/1')).toBe(404);
    expect(await status('anna', 'GET', '/api/projects/1/comments')).toBe(403);
    expect(await status('boss', 'GET', '/api/activities/1/comments')).toBe(404);
  });
});

describe('favourites', () => {
  const at = '/api/favorites/timesheets';

  it('are own records, the latest first, five at most; a deleted record is forgotten', async () => {
    const ids: unknown[] = [];
    for (let day = 1; day <= 6; day += 1)
      ids.push(await book('anna', { begin: `2026-03-0${day}T09:00:00`, end: `2026-03-0${day}T10:00:00` }));
    for (const id of ids) expect(await status('anna', 'POST', `${at}/${String(id)}`)).toBe(204);
    await kimai.call('anna', 'POST', `${at}/${String(ids[3])}`);
    await kimai.call('anna', 'DELETE', `/api/timesheets/${String(ids[4])}`);
    const all = await kimai.call('anna', 'GET', at);
    expect(column(all, 'id')).toEqual([6, 4, 3, 2]);
    expect(column(all, 'user')[0]).toMatchObject({ username: 'anna' });
    expect(await status('anna', 'DELETE', `${at}/6`)).toBe(204);
    expect(await status('anna', 'DELETE', `${at}/6`)).toBe(204);
    expect(column(await kimai.call('anna', 'GET', at), 'id')).toEqual([4, 3, 2]);
  });

  it("are never another's records", async () => {
    await book('anna');
    expect(await status('boss', 'POST', `${at}/1`)).toBe(403);
    expect(await status('anna', 'POST', `${at}/99`)).toBe(404);
  });
});

describe('invoices', () => {
  it('are paged like records, though there is none; page 2 of nothing is a 404', async () => {
    const answer = await kimai.call('lena', 'GET', '/api/invoices?size=900&status[]=paid');
    expect([answer.status, answer.body]).toEqual([200, []]);
    expect(
      ['x-page', 'x-total-count', 'x-total-pages', 'x-per-page'].map((name) => answer.headers.get(name)),
    ).toEqual(['1', '0', '1', '500']);
    expect(await status('lena', 'GET', '/api/invoices?page=2')).toBe(404);
    expect(await status('lena', 'GET', '/api/invoices?status[]=open')).toBe(400);
    expect(await status('lena', 'GET', '/api/invoices?begin=2026-01-01')).toBe(400);
    expect(await status('lena', 'GET', '/api/invoices/1')).toBe(404);
    expect(await status('anna', 'GET', '/api/invoices')).toBe(403);
  });

  it('have documents that Kimai brings along and nobody deletes', async () => {
    expect(await status('anna', 'DELETE', '/api/invoices/documents/default')).toBe(403);
    expect(await status('admin', 'DELETE', '/api/invoices/documents/default')).toBe(400);
    expect(await status('admin', 'DELETE', '/api/invoices/documents/unknown')).toBe(404);
  });
});

describe('the copy of a project', () => {
  it('answers 201, goes on where the project ends, and takes rates and visible activities along', async () => {
    await kimai.call('boss', 'POST', '/api/activities/2/rates', { rate: 90 });
    const copy = await kimai.call('boss', 'POST', '/api/projects/2/duplicate');
    expect(copy.status).toBe(201);
    expect(copy.body).toMatchObject({
      ...{ id: 3, name: 'Umzug [COPY]', number: '0004', customer: 1, start: '2026-12-31', end: null },
    });
    const activities = await kimai.call('boss', 'GET', '/api/activities?project=3&visible=3&orderBy=id');
    expect(column(activities, 'name')).toEqual(['Fernwartung', 'Kisten']);
    expect(column(activities, 'number')).toEqual([null, null]);
    expect(column(await kimai.call('boss', 'GET', '/api/activities/4/rates'), 'rate')).toEqual([90]);
  });

  it('is refused where its name would be too long, and nothing is made', async () => {
    await kimai.call('boss', 'PATCH', '/api/projects/2', { name: 'x'.repeat(145) });
    const copy = await kimai.call('boss', 'POST', '/api/projects/2/duplicate');
    expect(copy.status).toBe(400);
    expect(field(copy, 'code')).toBe('400');
    expect(formErrors(copy).fields).toEqual({
      name: ['This value is too long. It should have 150 characters or less.'],
    });
    expect(
      column(await kimai.call('boss', 'GET', '/api/projects?visible=3&ignoreDates=1'), 'id'),
    ).toHaveLength(2);
  });

  it('needs the rights to edit the project and to create projects and activities', async () => {
    expect(await status('sync', 'POST', '/api/projects/2/duplicate')).toBe(403);
    expect(await status('boss', 'POST', '/api/projects/9/duplicate')).toBe(404);
  });
});

describe('users', () => {
  const create = (username: string, email: string) =>
    kimai.call('admin', 'POST', '/api/users', {
      ...{
        username,
        email,
        language: 'de',
        locale: 'de',
        timezone: 'Europe/Berlin',
        plainPassword: 'geheimes Wort',
      },
    });

  it('may not have the name or the e-mail address of another one, nor one as the other', async () => {
    expect(formErrors(await create('anna', 'neu@example.com')).fields).toEqual({
      username: ['The username is already used.', 'This value is already used.'],
    });
    expect(formErrors(await create('neu', 'anna@example.com')).fields).toEqual({
      email: ['This e-mail address is already in use.', 'This value is already used.'],
    });
    expect(formErrors(await create('anna@example.com', 'neu@example.com')).fields).toEqual({
      username: ['An equal email is already used.'],
    });
    expect((await create('otto@example.com', 'otto@example.org')).status).toBe(200);
    expect(formErrors(await create('neu', 'otto@example.com')).fields).toEqual({
      email: ['An equal username is already used.'],
    });
  });

  it('have roles of the stock installation only: none can be deleted', async () => {
    expect(await status('admin', 'DELETE', '/api/users/roles/1')).toBe(404);
  });
});

describe('tokens', () => {
  it('are deleted by their owner: 200 with null, and the next call is refused', async () => {
    expect(await status('ben', 'DELETE', '/api/users/api-token/2')).toBe(403);
    const gone = await kimai.call('anna', 'DELETE', '/api/users/api-token/2');
    expect([gone.status, gone.body]).toEqual([200, null]);
    expect(await status('anna', 'GET', '/api/ping')).toBe(401);
    expect(await status('admin', 'DELETE', '/api/users/api-token/2')).toBe(404);
    expect(await status('admin', 'DELETE', '/api/users/api-token/3')).toBe(200);
  });
});

describe('ranks', () => {
  const team = (as: string, name: string, userId: number) =>
    kimai.call(as, 'POST', '/api/teams', { name, members: [{ user: userId, teamlead: true }] });

  it('a permission alone changes no team: that takes an administrator or who leads it', async () => {
    for (const permission of ['view_team', 'edit_team', 'delete_team'])
      for (const role of ['ROLE_SYNC', 'ROLE_TEAMLEAD'])
        await kimai.control('permissions', { role, permission, allowed: true });
    await team('boss', 'Nord', 4);
    await team('boss', 'Süd', 2);
    expect(column(await kimai.call('lena', 'GET', '/api/teams'), 'name')).toEqual(['Nord']);
    expect(column(await kimai.call('sync', 'GET', '/api/teams'), 'name')).toEqual(['Nord', 'Süd']);
    expect(await status('sync', 'PATCH', '/api/teams/1', { name: 'Neu' })).toBe(403);
    expect(await status('lena', 'PATCH', '/api/teams/1', { name: 'Neu' })).toBe(200);
    expect(await status('lena', 'DELETE', '/api/teams/2')).toBe(403);
    expect(await status('boss', 'DELETE', '/api/teams/2')).toBe(204);
  });

  it('nobody gives a role above the own one, nor changes the roles of who has one', async () => {
    for (const permission of ['edit_other_profile', 'roles_other_profile'])
      await kimai.control('permissions', { role: 'ROLE_ADMIN', permission, allowed: true });
    const give = (id: number, role: string) =>
      kimai.call('boss', 'PATCH', `/api/users/${id}`, { roles: [role] });
    expect((await give(2, 'ROLE_TEAMLEAD')).status).toBe(200);
    expect(formErrors(await give(3, 'ROLE_SUPER_ADMIN')).fields).toEqual({
      roles: ['The selected choice is invalid.'],
    });
    expect(formErrors(await give(1, 'ROLE_TEAMLEAD')).top).toEqual([
      'This form should not contain extra fields.',
    ]);
  });

  it('a profile out of reach is forbidden whatever the permission says', async () => {
    const permission = 'view_other_profile';
    await kimai.control('permissions', { role: 'ROLE_TEAMLEAD', permission, allowed: true });
    await team('boss', 'Süd', 2);
    expect(await status('lena', 'GET', '/api/users/3')).toBe(200);
    expect(await status('lena', 'GET', '/api/users/2')).toBe(403);
    expect(await status('lena', 'GET', '/api/users/7')).toBe(200);
  });
});

it('custom fields of objects want a name and a value', async () => {
  const meta = (body: object) => status('boss', 'PATCH', '/api/customers/1/meta', body);
  expect(await meta({ name: 'x' })).toBe(400);
  expect(await meta({ value: '1' })).toBe(400);
  expect(await meta({ name: 'x', value: null })).toBe(404);
});

it.each([
  [null, false],
  [false, false],
  [0, false],
  ['auto', true],
])('billable: %j on a change makes it %s', async (billable, result) => {
  await book('boss', { billable: !result });
  const changed = await kimai.call('boss', 'PATCH', '/api/timesheets/1', { billable });
  expect(field(changed, 'billable')).toBe(result);
});

it('rules met by an action without a form speak the language of who calls, those of a form English', async () => {
  await kimai.call('admin', 'PATCH', '/api/users/2', { language: 'de_AT' });
  await kimai.call('anna', 'POST', '/api/timesheets', { ...BOOKING, end: null });
  await kimai.control('settings', { 'timesheet.rules.long_running_duration': 480 });
  const stopped = await kimai.call('anna', 'PATCH', '/api/timesheets/1/stop');
  expect(stopped.body).toEqual({
    ...{ code: '400', message: 'Es gab ein Problem beim Speichern.' },
    errors: { children: { duration: { errors: ['Erlaubt sind max. 8:00 Stunden.'] } } },
  });
  const booked = await kimai.call('anna', 'POST', '/api/timesheets', { ...BOOKING, end: '2026-03-02T19:00' });
  expect(formErrors(booked).top).toEqual(['Maximum 8:00 hours allowed.']);
});
