import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { addTickets, idsOf, part, startZammad, type Answer, type TestServer } from './test-server.js';

let server: TestServer;
beforeEach(async () => {
  server = await startZammad((world) => addTickets(world, 3));
});
afterEach(() => server.simulator.close());

const USERS = '/api/v1/users';
const get = (path: string, as?: string): Promise<Answer> => server.call('GET', path, as ? { as } : {});
const basic = (pair: string): Promise<Answer> => get2(`Basic ${Buffer.from(pair).toString('base64')}`);
const get2 = (authorization: string): Promise<Answer> =>
  server.call('GET', `${USERS}/me`, { as: null, headers: { authorization } });

describe('users', () => {
  it('are made with roles, groups and contact by user admins', async () => {
    const body = {
      email: 'Neu@Example.com',
      firstname: 'Nele',
      lastname: 'Neu',
      mobile: '+49 171 1',
      organization: 'Example GmbH',
      roles: ['Agent'],
      groups: { Users: ['change'] },
    };
    const made = await server.call('POST', `${USERS}?expand=true`, { body });
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        id: 7,
        login: 'neu@example.com',
        email: 'neu@example.com',
        mobile: '+49 171 1',
        organization: 'Example GmbH',
        roles: ['Agent'],
        group_ids: { 1: ['change'] },
        groups: { Users: ['change'] },
        created_by: 'admin@example.com',
      },
    ]);
    expect(part(made.body, 'password')).toBeUndefined();
    expect((await server.call('POST', USERS, { body })).status).toBe(422);
    expect((await server.call('POST', USERS, { body: { note: 'x' } })).status).toBe(422);
    const unknown = await server.call('POST', USERS, { body: { firstname: 'A', roles: ['King'] } });
    expect([unknown.status, part(unknown.body, 'error')]).toEqual([
      422,
      'No lookup value found for \'roles\': "King"',
    ]);
  });

  it('made by an agent are customers, whatever was wished', async () => {
    const body = { email: 'kunde@example.com', role_ids: [1], group_ids: { 1: ['full'] } };
    const made = await server.call('POST', USERS, { as: 'tok_agent', body });
    expect(made.body).toMatchObject({ role_ids: [3], group_ids: {} });
    expect(
      (await server.call('PUT', `${USERS}/2`, { as: 'tok_agent', body: { firstname: 'X' } })).status,
    ).toBe(403);
    expect(
      (await server.call('PUT', `${USERS}/5`, { as: 'tok_agent', body: { firstname: 'X' } })).status,
    ).toBe(200);
  });

  it('keep a login that was the e-mail together with it', async () => {
    const changed = await server.call('PUT', `${USERS}/5`, { body: { email: 'carla@example.com' } });
    expect(changed.body).toMatchObject({ login: 'carla@example.com', email: 'carla@example.com' });
  });

  it('are read by agents and admins, others read themselves; "me" asks for nothing', async () => {
    expect((await get(`${USERS}/5`, 'tok_agent')).status).toBe(200);
    expect((await get(`${USERS}/2`, 'tok_customer')).status).toBe(403);
    expect(idsOf((await get(USERS, 'tok_customer')).body)).toEqual([5]);
    expect(part((await get(`${USERS}/1`)).body, 'login')).toBe('-');
    expect(idsOf((await get(`${USERS}/search?query=*`)).body)).not.toContain(1);
  });

  it('with references are not deleted by the API', async () => {
    const refused = await server.call('DELETE', `${USERS}/5`);
    expect([refused.status, part(refused.body, 'error')]).toEqual([
      422,
      "Can't delete, object has references.",
    ]);
    expect((await server.call('DELETE', `${USERS}/4`)).body).toEqual({});
    expect((await get(`${USERS}/4`)).status).toBe(404);
  });

  it('erased take their customer tickets along, and what names them goes to user 1', async () => {
    await server.call('POST', '/api/v1/tickets/1/time_accountings', { body: { time_unit: 5 } });
    const task = { deletable_type: 'User', deletable_id: 5 };
    expect((await server.call('POST', '/api/v1/data_privacy_tasks', { body: task })).status).toBe(201);
    expect((await get('/api/v1/tickets')).body).toEqual([]);
    expect((await get('/api/v1/time_accountings')).body).toEqual([]);
    expect(
      (await server.call('POST', '/api/v1/data_privacy_tasks', { as: 'tok_agent', body: task })).status,
    ).toBe(403);
  });
});

describe('signing in with a password', () => {
  beforeEach(async () => {
    await server.call('PUT', `${USERS}/3`, { body: { password: 'geheim:1' } });
  });

  it('works by login or e-mail and gives the full rights of the user', async () => {
    expect(part((await basic('agent@example.com:geheim:1')).body, 'id')).toBe(3);
    const types = await server.call('GET', '/api/v1/time_accounting/types', {
      as: null,
      headers: { authorization: `Basic ${Buffer.from('agent@example.com:geheim:1').toString('base64')}` },
    });
    expect(part(types.body, 'error')).toBe('User authorization failed.');
  });

  it('is refused for a wrong one, or where passwords are switched off', async () => {
    expect((await basic('agent@example.com:falsch')).status).toBe(401);
    await server.call('POST', '/__control/settings', { body: { api_password_access: false } });
    const off = await basic('agent@example.com:geheim:1');
    expect([off.status, part(off.body, 'error')]).toEqual([403, 'API password access disabled!']);
  });
});

it('refuses an inactive user, and tokens where they are switched off', async () => {
  await server.call('PUT', `${USERS}/3`, { body: { active: false } });
  const inactive = await get(`${USERS}/me`, 'tok_agent');
  expect([inactive.status, String(part(inactive.body, 'error'))]).toEqual([
    401,
    expect.stringContaining('Login failed.'),
  ]);
  await server.call('POST', '/__control/settings', { body: { api_token_access: false } });
  const off = await get(`${USERS}/me`);
  expect([off.status, part(off.body, 'error')]).toEqual([403, 'API token access disabled!']);
});

describe('organizations', () => {
  const ORGS = '/api/v1/organizations';

  it('are written by agents, unique, and deleted only without references', async () => {
    const made = await server.call('POST', ORGS, {
      as: 'tok_agent',
      body: { name: 'Neu AG', domain: 'neu.example' },
    });
    expect([made.status, made.body]).toMatchObject([
      201,
      { id: 2, name: 'Neu AG', shared: true, member_ids: [] },
    ]);
    expect((await server.call('POST', ORGS, { body: { name: 'NEU AG' } })).status).toBe(422);
    expect(
      (await server.call('PUT', `${ORGS}/2`, { body: { shared: false, note: 'x' } })).body,
    ).toMatchObject({
      shared: false,
      note: 'x',
    });
    expect((await server.call('DELETE', `${ORGS}/1`)).status).toBe(422);
    expect((await server.call('DELETE', `${ORGS}/2`)).status).toBe(200);
  });

  it('are told to members, and politely nothing to who has none', async () => {
    expect(idsOf((await get(ORGS, 'tok_customer')).body)).toEqual([1]);
    await server.call('POST', ORGS, { body: { name: 'Fremd AG' } });
    expect((await get(`${ORGS}/2`, 'tok_customer')).status).toBe(403);
    await server.call('PUT', `${USERS}/5`, { body: { organization_id: null } });
    const nothing = await get(`${ORGS}/2`, 'tok_customer');
    expect([nothing.status, nothing.body]).toEqual([200, {}]);
  });

  it('show secondary members, and let them see shared tickets', async () => {
    await server.call('PUT', `${USERS}/4`, { body: { organizations: ['Example GmbH'] } });
    expect((await get(`${ORGS}/1?expand=true`)).body).toMatchObject({
      member_ids: [5],
      secondary_member_ids: [4],
      members: ['customer@example.com'],
    });
  });

  it('take the first hundred tickets of a customer who moves, unless that is switched off', async () => {
    await server.simulator.close();
    server = await startZammad((world) => addTickets(world, 120));
    await server.call('POST', ORGS, { body: { name: 'Neu AG' } });
    const inOrganization = async (id: number): Promise<unknown> => {
      const condition = { 'ticket.organization_id': { operator: 'is', value: id } };
      const body = { condition, only_total_count: true };
      return part((await server.call('POST', '/api/v1/tickets/search', { body })).body, 'total_count');
    };
    await server.call('PUT', `${USERS}/5`, { body: { organization_id: 2 } });
    expect([await inOrganization(1), await inOrganization(2)]).toEqual([20, 100]);
    await server.call('POST', '/__control/settings', { body: { ticket_organization_reassignment: false } });
    await server.call('PUT', `${USERS}/5`, { body: { organization_id: 1 } });
    expect([await inOrganization(1), await inOrganization(2)]).toEqual([20, 100]);
  });
});

describe('groups', () => {
  it('have a path, and are told even to agents who cannot read them', async () => {
    const made = await server.call('POST', '/api/v1/groups', {
      body: { name_last: 'Vor Ort', parent_id: 1 },
    });
    expect([made.status, made.body]).toMatchObject([
      201,
      { id: 2, name: 'Users::Vor Ort', name_last: 'Vor Ort' },
    ]);
    expect(idsOf((await get('/api/v1/groups', 'tok_agent')).body)).toEqual([1, 2]);
    expect((await server.call('DELETE', '/api/v1/groups/1')).status).toBe(422);
    expect((await server.call('DELETE', '/api/v1/groups/2')).status).toBe(200);
    expect(
      (await server.call('POST', '/api/v1/groups', { as: 'tok_agent', body: { name: 'X' } })).status,
    ).toBe(403);
  });

  it('stand beside states and priorities, which agents read', async () => {
    const states = await get('/api/v1/ticket_states', 'tok_agent');
    expect(idsOf(states.body)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await get('/api/v1/ticket_priorities/2', 'tok_agent')).body).toMatchObject({ name: '2 normal' });
    expect((await get('/api/v1/ticket_priorities/9')).status).toBe(404);
  });
});

describe('who sees which tickets', () => {
  it('is a matter of the user’s rights: reporters see all in the list and find none', async () => {
    await server.call('PUT', `${USERS}/2`, { body: { role_ids: [1] } });
    expect(idsOf((await get('/api/v1/tickets')).body)).toEqual([1, 2, 3]);
    const searched = await server.call('POST', '/api/v1/tickets/search', { body: { condition: {} } });
    expect([searched.status, searched.body]).toEqual([200, []]);
    expect((await get('/api/v1/tickets/1')).status).toBe(403);
  });
});
