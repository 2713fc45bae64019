import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOOKING, column, field, formErrors, startKimai, type TestKimai } from './test-server.js';

let kimai: TestKimai;

beforeAll(async () => {
  kimai = await startKimai();
});
beforeEach(() => kimai.reset());
afterAll(() => kimai.simulator.close());

const LED_BY_LENA = { name: 'Team A', members: [{ user: 4, teamlead: true }, { user: 2 }] };
const create = (body: unknown, as = 'admin') => kimai.call(as, 'POST', '/api/teams', body);

describe('teams', () => {
  it('shows members, leads and what the team may see', async () => {
    const team = await create(LED_BY_LENA);
    expect(team.status).toBe(200);
    expect(column({ ...team, body: field(team, 'members') }, 'teamlead')).toEqual([true, false]);
    const granted = await kimai.call('admin', 'POST', '/api/teams/1/customers/1', {});
    expect(column({ ...granted, body: field(granted, 'customers') }, 'id')).toEqual([1]);
    expect((await kimai.call('admin', 'POST', '/api/teams/1/customers/1', {})).status).toBe(400);
    expect((await kimai.call('admin', 'POST', '/api/teams/1/customers/99', {})).status).toBe(404);
  });

  it('needs a lead and a name that nobody has', async () => {
    expect(formErrors(await create({})).top).toEqual([
      'At least one team leader must be assigned to the team.',
      'This collection should contain 1 element or more.',
    ]);
    await create(LED_BY_LENA);
    expect(formErrors(await create(LED_BY_LENA)).fields).toEqual({ name: ['This value is already used.'] });
  });

  it('is for administrators', async () => {
    expect((await create(LED_BY_LENA, 'lena')).status).toBe(403);
    expect((await kimai.call('lena', 'GET', '/api/teams')).status).toBe(403);
    expect((await create(LED_BY_LENA, 'boss')).status).toBe(200);
  });

  it('hides a customer and all below it from who is not in its team, and opens it again', async () => {
    await create(LED_BY_LENA);
    await kimai.call('admin', 'POST', '/api/teams/1/customers/1', {});
    expect(column(await kimai.call('ben', 'GET', '/api/projects'), 'id')).toEqual([]);
    expect(column(await kimai.call('anna', 'GET', '/api/projects'), 'id')).toEqual([1]);
    const refused = await kimai.call('ben', 'POST', '/api/timesheets', BOOKING);
    expect(formErrors(refused).fields).toEqual({ project: ['The selected choice is invalid.'] });
    await kimai.call('admin', 'DELETE', '/api/teams/1/customers/1');
    expect((await kimai.call('ben', 'POST', '/api/timesheets', BOOKING)).status).toBe(200);
  });
});

describe('rates', () => {
  const rate = (folder: string, body: unknown) => kimai.call('boss', 'POST', `/api/${folder}/1/rates`, body);
  const earned = async () => field(await kimai.call('boss', 'POST', '/api/timesheets', BOOKING), 'rate');

  it('of the activity come before the project before the customer, a person before everybody', async () => {
    await rate('customers', { rate: 10 });
    expect(await earned()).toBe(10);
    await rate('projects', { rate: '20,5' });
    expect(await earned()).toBe(20.5);
    await rate('projects', { rate: 30, user: 5 });
    expect(await earned()).toBe(30);
    await rate('activities', { rate: 99, isFixed: true });
    expect(await earned()).toBe(99);
  });

  it('are unique per person and not negative', async () => {
    await rate('customers', { rate: 10 });
    expect(formErrors(await rate('customers', { rate: -1 })).fields).toEqual({
      user: ['This value is already used.'],
      rate: ['This value should be greater than or equal to 0.'],
    });
  });
});

describe('checkboxes and choices', () => {
  it.each([
    [false, false],
    [true, true],
    [null, true],
    [0, true],
    ['', true],
  ])('visible: %j makes it %s: only the JSON value false is no', async (sent, visible) => {
    const made = await kimai.call('boss', 'POST', '/api/customers', { name: 'Neu', visible: sent });
    expect(field(made, 'visible')).toBe(visible);
  });

  it.each([
    ['country', 'XX', 'Please select a valid country.'],
    ['currency', 'eur', 'Please select a valid currency.'],
    ['timezone', 'europe/berlin', 'Please select a valid timezone.'],
    ['color', '#fff', 'The selected choice is invalid.'],
    ['email', 'a@b', 'This value is not a valid email address.'],
    ['name', 'a<b', 'The following characters are not allowed: < > " ='],
  ])('%s: %s is refused', async (name, value, message) => {
    const refused = await kimai.call('boss', 'POST', '/api/customers', { name: 'Neu', [name]: value });
    expect(formErrors(refused).fields).toEqual({ [name]: [message] });
  });

  it('a new project takes a date, a change of it wants a date with a time', async () => {
    const change = (end: string) => kimai.call('boss', 'PATCH', '/api/projects/1', { end });
    expect(formErrors(await change('2026-12-31')).fields).toEqual({ end: ['Please enter a valid date.'] });
    expect(field(await change('2026-12-31T00:00:00'), 'end')).toBe('2026-12-31');
  });
});
