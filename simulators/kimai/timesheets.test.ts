import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newActivity, newCustomer, newProject } from './rows.js';
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
  kimai = await startKimai(world);
});
beforeEach(() => kimai.reset());
afterAll(() => kimai.simulator.close());

/** A team of Dora (lead) and Emil (member), with a customer of its own; Kay sits in Auckland, Nora in New York. */
function world() {
  const dora = person(11, 'dora', { roles: ['ROLE_TEAMLEAD'], hourlyRate: 100 });
  const emil = person(12, 'emil', { hourlyRate: 137.21 });
  const nora = person(13, 'nora', { timezone: 'America/New_York', roles: ['ROLE_ADMIN'] });
  const tonga = person(14, 'tonga', { timezone: 'Pacific/Tongatapu' });
  const people = [dora, emil, nora, tonga];
  return baseWorld({
    users: people.flatMap(({ users }) => users ?? []),
    tokens: people.flatMap(({ tokens }) => tokens ?? []),
    teams: [
      {
        id: 1,
        name: 'Team',
        color: null,
        members: [
          { userId: 11, lead: true },
          { userId: 12, lead: false },
          { userId: 4, lead: false },
        ],
      },
    ],
    customers: [
      newCustomer({ id: 1, name: 'Huber' }),
      newCustomer({ id: 2, name: 'Team only', teams: [1] }),
      newCustomer({ id: 3, name: 'Hidden', visible: false }),
      newCustomer({ id: 4, name: 'Free of charge', billable: false }),
    ],
    projects: [
      newProject({ id: 1, name: 'Support', customer: 1 }),
      newProject({ id: 2, name: 'Team project', customer: 2 }),
      newProject({ id: 3, name: 'Of hidden', customer: 3 }),
      newProject({ id: 4, name: 'Free', customer: 4 }),
      newProject({ id: 5, name: 'This November', customer: 1, start: '2026-11-01', end: '2026-11-30' }),
    ],
    activities: [
      newActivity({ id: 1, name: 'Fernwartung' }),
      newActivity({ id: 2, name: 'Vor Ort' }),
      newActivity({ id: 3, name: 'Hidden', visible: false }),
    ],
    tags: [
      { id: 1, name: 'Test', visible: true, color: null },
      { id: 2, name: 'secret', visible: false, color: null },
      { id: 3, name: 'Müller', visible: true, color: null },
    ],
  });
}

/** Books as a user and gives the id. */
async function book(as: string, more: object = {}): Promise<number> {
  const answer = await kimai.call(as, 'POST', '/api/timesheets', { ...BOOKING, ...more });
  expect(answer.status).toBe(200);
  return Number(field(answer, 'id'));
}

const list = (as: string, query = '') =>
  kimai.call(as, 'GET', `/api/timesheets?orderBy=id&order=ASC${query}`);
const read = (as: string, id: number) => kimai.call(as, 'GET', `/api/timesheets/${id}`);
const patch = (as: string, id: number, body: unknown) =>
  kimai.call(as, 'PATCH', `/api/timesheets/${id}`, body);

describe('who sees whose records', () => {
  it.each([
    ['ben', '&user=2', 200, [3]],
    ['ben', '&user=all', 200, [3]],
    ['lena', '&user=2', 200, [2]],
    ['lena', '&users[]=2', 200, [2]],
    ['lena', '&user=all', 200, []],
    ['lena', '&user=12', 403, undefined],
    ['lena', '&users[]=12', 403, undefined],
    ['dora', '&user=12', 200, [12]],
    ['dora', '&user=all', 200, [12]],
    ['boss', '&user=all', 200, [2, 3, 12]],
    ['boss', '&users[]=2&users[]=3', 200, [2, 3]],
    ['boss', '&user=999', 200, []],
  ])('%s asks for %s and gets %i %j', async (as, query, status, users) => {
    for (const owner of ['anna', 'ben', 'emil']) await book(owner);
    const answer = await list(as, query);
    expect(answer.status).toBe(status);
    if (users !== undefined) expect(column(answer, 'user')).toEqual(users);
  });

  it('a foreign record is 403, an unknown one 404, also for the greatest integer', async () => {
    const id = await book('anna');
    expect((await read('ben', id)).status).toBe(403);
    expect((await read('ben', 999)).status).toBe(404);
    expect((await kimai.call('ben', 'GET', '/api/timesheets/9223372036854775807')).status).toBe(404);
    expect((await patch('ben', id, { description: 'x' })).status).toBe(403);
    expect((await kimai.call('ben', 'DELETE', `/api/timesheets/${id}`)).status).toBe(403);
  });

  it("every route of a record on another team's customer is 403 for a teamlead, but open to its owner", async () => {
    const id = await book('emil', { project: 2 });
    expect((await read('emil', id)).status).toBe(200);
    for (const action of ['', '/stop', '/restart', '/duplicate', '/export', '/meta'])
      expect((await kimai.call('lena', 'PATCH', `/api/timesheets/${id}${action}`, {})).status, action).toBe(
        403,
      );
    expect((await kimai.call('lena', 'GET', `/api/timesheets/${id}/stop`)).status).toBe(405);
  });

  it('rates show per record: with view_rate_other revoked only on own ones', async () => {
    await book('emil');
    await book('dora');
    await kimai.control('permissions', {
      role: 'ROLE_TEAMLEAD',
      permission: 'view_rate_other_timesheet',
      allowed: false,
    });
    expect(column(await list('dora', '&user=all'), 'rate')).toEqual([undefined, 100]);
  });
});

describe('paging and filters', () => {
  it('counts pages and answers 404 past the end', async () => {
    for (let n = 0; n < 22; n += 1) await book('anna', { tags: 'Test' });
    const query =
      '&page=2&size=4&tags[]=Test&exported=0&active=0&billable=1&begin=2026-03-02T09:00:00&end=2026-03-02T09:00:00';
    const answer = await list('anna', `${query}&project=1&activity=1&customer=1&term=`);
    expect(column(answer, 'id')).toEqual([5, 6, 7, 8]);
    const headers = ['x-page', 'x-per-page', 'x-total-pages', 'x-total-count'].map((name) =>
      answer.headers.get(name),
    );
    expect(headers).toEqual(['2', '4', '6', '22']);
    expect((await list('anna', '&page=7&size=4')).status).toBe(404);
    expect(column(await list('anna', '&page=0&size=0'), 'id')).toHaveLength(22);
  });

  it('orders from the latest begin down when nothing is said, ties by id', async () => {
    await book('anna');
    await book('anna', { begin: '2026-03-01T09:00:00' });
    await book('anna');
    const ids = async (query: string) =>
      column(await kimai.call('anna', 'GET', `/api/timesheets${query}`), 'id');
    expect(await ids('')).toEqual([3, 1, 2]);
    expect(await ids('?order=ASC')).toEqual([2, 1, 3]);
    expect(await ids('?size=2&page=2')).toEqual([2]);
  });

  it.each([
    'begin=2026-03-02',
    'begin=2026-03-02T09:00',
    'end=2026-03-02%2009:00:00',
    'exported=2',
    'tags=Test',
  ])('%s is a 400', async (query) => expect((await list('anna', `&${query}`)).status).toBe(400));

  it.each(['visible tag Test', 'secret is hidden', 'nope is unknown'])(
    'filters by tags: %s',
    async (name) => {
      const first = await book('anna', { tags: 'Test,secret' });
      await book('anna');
      const tag = name.split(' ').find((word) => ['Test', 'secret', 'nope'].includes(word)) ?? '';
      const answer = await list('anna', `&tags[]=${tag}`);
      if (tag !== 'Test') return expect(answer.status).toBe(400);
      expect(column(answer, 'id')).toEqual([first]);
      expect(column(await list('anna', '&tags[]=TEST&tags[]=nope'), 'id')).toEqual([first]);
    },
  );

  it('reads bounds in the zone of the caller', async () => {
    await book('nora', { begin: '2026-03-02T20:00:00', end: '2026-03-02T21:00:00' });
    expect(column(await list('nora', '&begin=2026-03-02T20:00:00&end=2026-03-02T20:00:00'), 'id')).toEqual([
      1,
    ]);
    expect(column(await list('boss', '&user=all&begin=2026-03-03T02:00:00'), 'id')).toEqual([1]);
    expect(column(await list('boss', '&user=all&end=2026-03-02T23:59:59'), 'id')).toEqual([]);
  });
});

describe('creating', () => {
  it.each([
    ['a project of a hidden customer', { project: 3 }, { project: ['The selected choice is invalid.'] }],
    ["another team's project", { project: 2 }, { project: ['The selected choice is invalid.'] }],
    ['a hidden activity', { activity: 3 }, { activity: ['The selected choice is invalid.'] }],
    ['an unknown activity', { activity: 99 }, { activity: ['The selected choice is invalid.'] }],
    ['a list of tags', { tags: ['Test'] }, { tags: ['This value is not valid.'] }],
    ['a made-up date', { begin: '2026-02-30T09:00:00' }, { begin: ['Please enter a valid date and time.'] }],
  ])('refuses %s and stores nothing', async (_, more, fields) => {
    const answer = await kimai.call('anna', 'POST', '/api/timesheets', {
      ...BOOKING,
      ...more,
      end: '2027-03-02T10:00:00',
    });
    expect(answer.status).toBe(400);
    expect(formErrors(answer).fields).toEqual(fields);
    expect(column(await list('anna'), 'id')).toEqual([]);
  });

  it.each([
    [{ begin: null }, 500],
    [{ begin: '' }, 500],
    [{ description: 'ä'.repeat(32_768) }, 500],
    [{ description: 'ä'.repeat(32_767) }, 200],
  ])('answers %# with %j', async (more, status) => {
    expect((await kimai.call('anna', 'POST', '/api/timesheets', { ...BOOKING, ...more })).status).toBe(
      status,
    );
  });

  it.each([
    [{ project: 4 }, false],
    [{ project: 4, billable: true }, true],
    [{ billable: false }, false],
    [{ billable: null }, false],
    [{ billable: 'auto' }, true],
    [{}, true],
  ])('with %j makes billable %j', async (more, billable) => {
    const id = await book('boss', more);
    expect(field(await read('boss', id), 'billable')).toBe(billable);
  });

  it('takes rates from an admin, and works them out by the hour for others', async () => {
    const fixed = await book('boss', { fixedRate: 42, hourlyRate: 10 });
    expect((await read('boss', fixed)).body).toMatchObject({ rate: 42, fixedRate: 42 });
    const hourly = await book('boss', { user: 12, begin: '2026-03-02T09:00:00', end: '2026-03-02T21:55:00' });
    expect((await read('boss', hourly)).body).toMatchObject({
      hourlyRate: 137.21,
      rate: 1772.2958,
      duration: 46_500,
    });
  });

  it('expands with full, whatever its value', async () => {
    const answer = await kimai.call('anna', 'POST', '/api/timesheets?full=false', BOOKING);
    expect(answer.body).toMatchObject({
      user: { username: 'anna' },
      project: { customer: { name: 'Huber' } },
    });
  });

  it("reads times in the caller's zone, replies in it, and later shows the owner's", async () => {
    const times = { begin: '2026-03-02T18:30:00', end: '2026-03-02T19:00:00' };
    const answer = await kimai.call('nora', 'POST', '/api/timesheets', { ...BOOKING, ...times, user: 2 });
    expect(field(answer, 'begin')).toBe('2026-03-02T18:30:00-0500');
    const id = Number(field(answer, 'id'));
    expect(field(await read('nora', id), 'begin')).toBe('2026-03-03T00:30:00+0100');
    // A change is read in the zone of the record, whoever makes it.
    const changed = await patch('nora', id, { end: '2026-03-03T02:00:00' });
    expect(changed.body).toMatchObject({ end: '2026-03-03T02:00:00+0100', duration: 5400 });
  });

  it('rounds in distant zones as well', async () => {
    const id = await book('tonga', { begin: '2026-03-02T14:35:59', end: '2026-03-03T03:29:04' });
    expect((await read('tonga', id)).body).toMatchObject({
      begin: '2026-03-02T14:35:00+1300',
      end: '2026-03-03T03:30:00+1300',
      duration: 46_500,
    });
  });

  it.each([
    ['2026-03-29T02:30:00', '2026-03-29T03:30:00', 0],
    ['2026-03-29T01:30:00', '2026-03-29T03:30:00', 3600],
    ['2026-10-25T02:30:00', '2026-10-25T02:45:00', 900],
    ['2026-10-25T02:30:00+02:00', '2026-10-25T02:15:00+01:00', 2700],
    ['2026-10-25T01:30:00', '2026-10-25T03:30:00', 10_800],
  ])('counts %s to %s as %i seconds', async (begin, end, duration) => {
    const id = await book('anna', { begin, end });
    expect(field(await read('anna', id), 'duration')).toBe(duration);
  });

  it('drops unknown tags, keeps hidden ones, and knows names as the collation does', async () => {
    const answer = await kimai.call('anna', 'POST', '/api/timesheets', {
      ...BOOKING,
      tags: 'muller, nope,SECRET,test',
    });
    expect(field(answer, 'tags')).toEqual(['Müller', 'secret', 'Test']);
  });
});

describe('tracking modes', () => {
  it.each(['punch', 'duration_fixed_begin'])(
    'in %s plain users cannot send times, others can',
    async (mode) => {
      await kimai.control('settings', { 'timesheet.mode': mode });
      const refused = await kimai.call('anna', 'POST', '/api/timesheets', BOOKING);
      expect(formErrors(refused).top).toEqual(['This form should not contain extra fields.']);
      expect(JSON.stringify(refused.body)).not.toContain('"begin"');
      expect((await kimai.call('boss', 'POST', '/api/timesheets', BOOKING)).status).toBe(200);
      expect(field(await kimai.call('boss', 'GET', '/api/config/timesheet'), 'trackingMode')).toBe(mode);
    },
  );
});

describe('times in the address of a new record', () => {
  const times = async (query: string, body: object = {}) => {
    const answer = await kimai.call('anna', 'POST', `/api/timesheets?${query}`, {
      ...{ project: 1, activity: 1, ...body },
    });
    return [field(answer, 'begin'), field(answer, 'end')];
  };

  it.each([
    ['begin=2026-03-02', '2026-03-02T12:00:00+0100', null],
    ['begin=2026-03-02&end=2026-03-03', '2026-03-02T10:00:00+0100', '2026-03-03T18:00:00+0100'],
    ['end=2026-03-03', '2026-11-22T12:00:00+0100', null],
    ['begin=02.03.2026', '2026-11-22T12:00:00+0100', null],
    ['from=2026-03-02T08:00:30&to=2026-03-02T09:30', '2026-03-02T08:00:00+0100', '2026-03-02T09:30:00+0100'],
    ['from=2026-03-02%2008:15&begin=2026-04-02', '2026-03-02T08:15:00+0100', null],
    ['from=nonsense', '2026-11-22T12:00:00+0100', null],
  ])('%s: from %s to %s', async (query, begin, end) => {
    expect(await times(query)).toEqual([begin, end]);
  });

  it('give way to the body, and are not looked at in other modes than the default one', async () => {
    const end = '2026-03-02T10:30:00';
    expect(await times('begin=2026-03-02&end=2026-03-02', { end })).toEqual([
      '2026-03-02T10:00:00+0100',
      '2026-03-02T10:30:00+0100',
    ]);
    await kimai.control('settings', { 'timesheet.mode': 'punch' });
    expect(await times('begin=2026-03-02&end=2026-03-02')).toEqual(['2026-11-22T12:00:00+0100', null]);
  });
});

describe('what refuses a record', () => {
  it.each([
    [{}, { end: '2027-04-02T10:00:00' }, ['Maximum duration exceeded.']],
    [{ 'timesheet.rules.long_running_duration': '30' }, {}, ['Maximum 0:30 hours allowed.']],
    [
      {},
      { project: 5 },
      ['The project has not started at that time.', 'The project has not started at that time.'],
    ],
    [
      { 'timesheet.rules.allow_future_times': '0' },
      { begin: '2026-11-22T12:03:00', end: '2026-11-22T12:04:00' },
      ['The begin date cannot be in the future.', 'The end date cannot be in the future.'],
    ],
    [
      { 'timesheet.rules.allow_future_times': '0' },
      { begin: '2026-11-22T12:02:00', end: '2026-11-22T12:02:00' },
      undefined,
    ],
    [{ 'timesheet.rules.allow_zero_duration': '0' }, { end: '2026-03-02T09:00:10' }, undefined],
    [{ 'timesheet.rules.break_time_active': '1' }, { break: 900 }, ['Duration cannot be negative.']],
    [{ 'timesheet.rules.break_time_active': '1' }, { break: '15m' }, undefined],
  ])('with %j and %j: %j', async (settings, more, top) => {
    await kimai.control('settings', settings);
    const answer = await kimai.call('anna', 'POST', '/api/timesheets', { ...BOOKING, ...more });
    expect(answer.status).toBe(top === undefined ? 200 : 400);
    expect(formErrors(answer).top).toEqual(top);
  });

  it('a used-up budget, told at the project', async () => {
    await kimai.control('settings', { 'timesheet.rules.allow_overbooking_budget': '0' });
    expect((await kimai.call('boss', 'PATCH', '/api/projects/1', { timeBudget: '1:30' })).status).toBe(200);
    await book('anna');
    const refused = await kimai.call('anna', 'POST', '/api/timesheets', BOOKING);
    expect(formErrors(refused).fields).toEqual({
      // Everybody has `time_team_project`, which is enough to be told the figures of a project.
      project: [
        'The budget is used up. Of the available 1:30, 1:00 has been booked so far, 0:30 can still be used.',
      ],
    });
    const told = await kimai.call('boss', 'POST', '/api/timesheets', BOOKING);
    expect(JSON.stringify(formErrors(told).fields)).toContain(
      '1:00 has been booked so far, 0:30 can still be used.',
    );
  });

  it('lists a broken field and a broken rule together', async () => {
    const id = await book('anna');
    const answer = await patch('anna', id, { activity: 99, end: '2026-03-02T08:00:00' });
    expect(formErrors(answer)).toEqual({
      top: ['The end date must not be earlier than the start date.', 'Duration cannot be negative.'],
      fields: { activity: ['The selected choice is invalid.'] },
    });
  });
});
