import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeToken } from './base-world.js';
import { idsOf, part, startZammad, type Answer, type TestServer } from './test-server.js';

let server: TestServer;
beforeEach(async () => {
  server = await startZammad((world) => {
    const expired = {
      ...makeToken('tok_expired', 3, ['ticket.agent']),
      expires_at: '2026-11-01T00:00:00.000Z',
    };
    const oauth = { ...makeToken('oauth_agent', 3, []), kind: 'oauth' as const };
    const narrow = makeToken('tok_narrow', 3, []);
    world.tokens.push(expired, oauth, narrow);
  });
  const body = {
    title: 'Drucker',
    group: 'Users',
    customer: 'customer@example.com',
    article: { body: 'Hallo' },
  };
  await server.call('POST', '/api/v1/tickets', { body });
});
afterEach(() => server.simulator.close());

const me = (authorization: string): Promise<Answer> =>
  server.call('GET', '/api/v1/users/me', { as: null, headers: { authorization } });

describe('who is calling', () => {
  it.each([
    ['Token token=tok_agent'],
    ['Token token="tok_agent"'],
    ['Token tok_agent'],
    ['Bearer tok_agent'],
    ['Bearer oauth_agent'],
  ])('accepts %s', async (header) => {
    expect(part((await me(header)).body, 'login')).toBe('agent@example.com');
  });

  it.each([
    ['', 403, 'Authentication required'],
    ['Token token=nobody', 401, "Can't find User for Token"],
    ['Bearer nobody', 401, 'The provided token is invalid.'],
    ['Token token=tok_expired', 401, 'Not authorized (token expired)!'],
    ['Basic YTpi', 401, 'Invalid BasicAuth credentials'],
  ])('answers "%s" with %i and the text in X-Failure', async (header, status, text) => {
    const answer = await me(header);
    expect([answer.status, answer.body]).toEqual([status, { error: text, error_human: text }]);
    expect(answer.headers.get('x-failure')).toBe(text);
  });

  it('answers maintenance with 403 to everybody but maintainers', async () => {
    await server.call('POST', '/__control/settings', { body: { maintenance_mode: true } });
    const agent = await server.call('GET', '/api/v1/users/me', { as: 'tok_agent' });
    expect([agent.status, part(agent.body, 'error')]).toEqual([403, 'Maintenance mode enabled!']);
    expect((await server.call('GET', '/api/v1/users/me')).status).toBe(200);
  });

  it('needs the permission of both the user and the token', async () => {
    const show = await server.call('GET', '/api/v1/tickets/1', { as: 'tok_narrow' });
    expect([show.status, part(show.body, 'error')]).toEqual([403, 'Not authorized']);
    const list = await server.call('GET', '/api/v1/tickets', { as: 'tok_narrow' });
    expect([list.status, idsOf(list.body)]).toEqual([200, [1]]);
    const types = await server.call('GET', '/api/v1/time_accounting/types', { as: 'tok_agent' });
    expect(part(types.body, 'error')).toBe('Token authorization failed.');
    const oauth = await server.call('GET', '/api/v1/time_accounting/types', {
      as: null,
      headers: { authorization: 'Bearer oauth_agent' },
    });
    expect(part(oauth.body, 'error')).toBe('User authorization failed.');
  });

  it('tells the version to full admins only', async () => {
    expect((await server.call('GET', '/api/v1/version')).body).toEqual({ version: '7.0.0' });
    expect((await server.call('GET', '/api/v1/version', { as: 'tok_sync' })).status).toBe(403);
  });
});

describe('routes', () => {
  it('answers 404 to an unknown route and a wrong method alike', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['DELETE', '/api/v1/version'],
    ] as const) {
      const answer = await server.call(method, path, { as: null });
      expect([answer.status, part(answer.body, 'error')]).toEqual([404, "This page doesn't exist."]);
    }
  });

  it('answers browsers with an HTML error page', async () => {
    const answer = await server.call('GET', '/api/v1/nothing', { headers: { accept: 'text/html,*/*' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  it('has no time accounting before 6.1', async () => {
    await server.call('POST', '/__control/installation', { body: { version: '5.5.0' } });
    const answer = await server.call('GET', '/api/v1/time_accountings');
    expect([answer.status, part(answer.body, 'error')]).toEqual([
      404,
      'No route matches [GET] /api/v1/time_accountings',
    ]);
    expect((await server.call('GET', '/api/v1/time_accounting/log/by_ticket/2026/11')).status).toBe(200);
  });

  it('quotes a missing id as the version does', async () => {
    const quoted = await server.call('GET', '/api/v1/tickets/9');
    expect(part(quoted.body, 'error')).toBe(`Couldn't find Ticket with 'id'="9"`);
    await server.call('POST', '/__control/installation', { body: { version: '6.5.0' } });
    expect(part((await server.call('GET', '/api/v1/tickets/9')).body, 'error')).toBe(
      "Couldn't find Ticket with 'id'=9",
    );
  });
});

it('escapes in JSON what Rails escapes, and stamps times to the millisecond', async () => {
  await server.call('PUT', '/api/v1/tickets/1', { body: { title: '<b> & \u2028' } });
  const answer = await server.call('GET', '/api/v1/tickets/1');
  expect(answer.text).toContain('"title":"\\u003cb\\u003e \\u0026 \\u2028"');
  expect(part(answer.body, 'updated_at')).toBe('2026-11-23T09:00:00.000Z');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

describe('settings', () => {
  it('shows a time accounting admin what it may read: the six, and what needs no permission', async () => {
    const answer = await server.call('GET', '/api/v1/settings', { as: 'tok_sync' });
    const names = Array.isArray(answer.body) ? answer.body.map((row) => part(row, 'name')) : [];
    expect(names).toEqual([
      'ui_ticket_zoom_article_delete_timeframe',
      'time_accounting',
      'time_accounting_selector',
      'time_accounting_unit',
      'time_accounting_unit_custom',
      'time_accounting_types',
      'time_accounting_type_default',
    ]);
    const unit: unknown = Array.isArray(answer.body) ? answer.body[3] : null;
    expect(part(unit, 'state_current', 'value')).toBe('minute');
    const branding = await server.call('GET', '/api/v1/settings/40', { as: 'tok_sync' });
    expect(part(branding.body, 'error')).toBe('Not authorized (required ["admin.branding"])!');
    expect((await server.call('GET', '/api/v1/settings', { as: 'tok_agent' })).status).toBe(403);
  });

  it('tells agents the unit by GraphQL and signshow', async () => {
    const query = '{ applicationConfig { key value } }';
    const graphql = await server.call('POST', '/graphql', { as: 'tok_agent', body: { query } });
    expect(part(graphql.body, 'data', 'applicationConfig')).toContainEqual({
      key: 'time_accounting_unit',
      value: 'minute',
    });
    const shown = await server.call('GET', '/api/v1/signshow', { as: 'tok_agent' });
    expect(part(shown.body, 'config', 'time_accounting_unit')).toBe('minute');
    const nobody = await server.call('GET', '/api/v1/signshow', { as: null });
    expect([nobody.status, part(nobody.body, 'error')]).toEqual([200, 'Authentication required']);
  });
});

describe('tickets', () => {
  it('shows raw columns plainly, ids and names expanded, and entries with all=true', async () => {
    await server.call('POST', '/api/v1/tickets/1/time_accountings', { body: { time_unit: 5 } });
    const plain = await server.call('GET', '/api/v1/tickets/1');
    expect(part(plain.body, 'article_ids')).toBeUndefined();
    const expanded = (await server.call('GET', '/api/v1/tickets/1?expand=true')).body;
    expect(expanded).toMatchObject({
      group: 'Users',
      organization: 'Example GmbH',
      ticket_time_accounting_ids: [1],
    });
    expect(part(expanded, 'ticket_time_accounting')).toBeUndefined();
    const all = await server.call('GET', '/api/v1/tickets/1?all=true', { as: 'tok_readonly' });
    expect(part(all.body, 'time_accountings')).toEqual([
      { id: 1, ticket_id: 1, ticket_article_id: null, time_unit: '5.0', type_id: null },
    ]);
  });

  it('writes the sums into the history', async () => {
    await server.call('POST', '/api/v1/tickets/1/time_accountings', { body: { time_unit: 5 } });
    await server.call('PUT', '/api/v1/time_accountings/1', { body: { time_unit: 7 } });
    const answer = await server.call('GET', '/api/v1/ticket_history/1', { as: 'tok_agent' });
    const lines = part(answer.body, 'history');
    expect(
      Array.isArray(lines) ? lines.filter((line) => part(line, 'attribute') === 'time_unit') : [],
    ).toMatchObject([
      { value_from: '', value_to: '5.0' },
      { value_from: '5.0', value_to: '7.0' },
    ]);
  });
});

describe('the monthly log', () => {
  const LOG = '/api/v1/time_accounting/log';
  const book = async (at: string, time: number): Promise<void> => {
    const body = { ticket_id: 1, time_unit: time, created_by_id: 3, created_at: at };
    await server.call('POST', '/__control/import-entry', { body });
  };

  it('ends months at midnight of the default zone since 6.5, and at midnight UTC before', async () => {
    await server.call('POST', '/__control/settings', { body: { timezone_default: 'America/Los_Angeles' } });
    await book('2026-11-01T02:00:00Z', 5);
    await book('2026-11-01T12:00:00Z', 7);
    const shown = await server.call('GET', `${LOG}/by_ticket/2026/11`);
    expect(shown.body).toMatchObject([
      { time_unit: '7.0', agent: 'Anna Agent', organization: 'Example GmbH' },
    ]);
    await server.call('POST', '/__control/installation', { body: { version: '6.4.0' } });
    expect((await server.call('GET', `${LOG}/by_ticket/2026/11`)).body).toMatchObject([
      { time_unit: '12.0' },
    ]);
  });

  it('names types only while they are on, keeps the last rows, and leaks the password column by customer', async () => {
    await book('2026-11-02T12:00:00Z', 5);
    await book('2026-11-03T12:00:00Z', 7);
    const typed = await server.call('GET', `${LOG}/by_activity/2026/11?limit=1`);
    expect(typed.body).toMatchObject([{ time_unit: '7.0', type: '-' }]);
    await server.call('POST', '/__control/settings', { body: { time_accounting_types: false } });
    const untyped = await server.call('GET', `${LOG}/by_activity/2026/11`);
    expect(Array.isArray(untyped.body) ? untyped.body.map((row) => part(row, 'type')) : []).toEqual([
      undefined,
      undefined,
    ]);
    const customers = (await server.call('GET', `${LOG}/by_customer/2026/11`)).body;
    expect(part(Array.isArray(customers) ? customers[0] : null, 'customer', 'password')).toEqual(
      expect.any(String),
    );
    expect((await server.call('GET', `${LOG}/by_organization/2026/11`)).body).toMatchObject([
      { time_unit: '12.0' },
    ]);
    expect((await server.call('GET', `${LOG}/by_ticket/2026/11`, { as: 'tok_agent' })).status).toBe(403);
  });
});

describe('the pages for people', () => {
  it('shows a ticket with its time, escaped, and leads there from the root', async () => {
    await server.call('PUT', '/api/v1/tickets/1', { body: { title: '<b>Drucker & Co</b>' } });
    await server.call('POST', '/api/v1/tickets/1/time_accountings', { body: { time_unit: 5 } });
    const page = await server.call('GET', '/ticket/zoom/1', { as: null });
    expect(page.text).toContain('5.0 minute(s)');
    expect(page.text).toContain('&#60;b&#62;Drucker &#38; Co');
    expect(page.text).not.toContain('<b>Drucker');
    expect((await server.call('GET', '/', { as: null })).text).toContain("'/ticket/zoom/'");
    expect((await server.call('GET', '/ticket/zoom/9', { as: null })).status).toBe(404);
  });
});

describe('a ticket that is given to another customer', () => {
  const admin = { as: 'tok_admin' } as const;
  const organizationOf = async (body: object) =>
    part((await server.call('PUT', '/api/v1/tickets/1', { ...admin, body })).body, 'organization_id');

  it("follows that customer's organization, whatever else is named", async () => {
    await server.call('POST', '/api/v1/organizations', { ...admin, body: { name: 'Huber GmbH' } });
    const person = {
      login: 'k@huber.example',
      email: 'k@huber.example',
      organization_id: 2,
      roles: ['Customer'],
    };
    await server.call('POST', '/api/v1/users', { ...admin, body: person });
    const before = part((await server.call('GET', '/api/v1/tickets/1', admin)).body, 'organization_id');
    expect(await organizationOf({ customer: 'k@huber.example' })).toBe(2);
    expect(await organizationOf({ customer: 'customer@example.com', organization_id: 2 })).toBe(before);
    expect(await organizationOf({ customer: 'k@huber.example' })).toBe(2);
    expect(await organizationOf({ customer: 'customer@example.com' })).toBe(before);
  });
});
