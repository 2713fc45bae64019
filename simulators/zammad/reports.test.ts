import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { part, startZammad, type Answer, type TestServer } from './test-server.js';

let server: TestServer;
const LOG = '/api/v1/time_accounting/log';
const report = (name: string, query = ''): Promise<Answer> =>
  server.call('GET', `${LOG}/${name}/2026/11${query}`);

beforeEach(async () => {
  server = await startZammad();
  for (const title of ['A & <B>', 'Zweites', 'Drittes'])
    await server.call('POST', '/api/v1/tickets', {
      body: { title, group_id: 1, customer_id: 5, article: { body: 'x' } },
    });
  await server.call('POST', '/api/v1/organizations', { body: { name: 'Neu AG' } });
  await server.call('PUT', '/api/v1/users/5', { body: { organization_ids: [2] } });
  await server.call('PUT', '/api/v1/tickets/2', { body: { organization_id: 2 } });
  for (const [ticket, time] of [
    [1, 1.5],
    [2, 2],
    [1, 3],
    [3, 4],
  ] as const)
    await server.call('POST', `/api/v1/tickets/${ticket}/time_accountings`, {
      as: 'tok_agent',
      body: { time_unit: time },
    });
});
afterEach(() => server.simulator.close());

it('sums by ticket, by customer and organization, and by organization, as texts', async () => {
  expect((await report('by_ticket')).body).toMatchObject([
    { ticket: { id: 1 }, time_unit: '4.5', agent: 'Anna Agent' },
    { ticket: { id: 2 }, time_unit: '2.0', organization: 'Neu AG' },
    { ticket: { id: 3 }, time_unit: '4.0' },
  ]);
  expect((await report('by_customer')).body).toMatchObject([
    { customer: { id: 5 }, organization: { name: 'Example GmbH' }, time_unit: '8.5' },
    { customer: { id: 5 }, organization: { name: 'Neu AG' }, time_unit: '2.0' },
  ]);
  expect((await report('by_organization')).body).toMatchObject([{ time_unit: '8.5' }, { time_unit: '2.0' }]);
});

it('leaves out tickets without an organization, and says "-" where it names them', async () => {
  await server.call('PUT', '/api/v1/users/4', { body: { roles: ['Agent', 'Customer'] } });
  await server.call('PUT', '/api/v1/tickets/3', { body: { customer_id: 4 } });
  await server.call('POST', '/api/v1/tickets', {
    body: { title: 'Ohne', group_id: 1, customer_id: 4, article: { body: 'x', time_unit: 1 } },
  });
  expect((await report('by_organization')).body).toHaveLength(2);
  expect((await report('by_activity', '?limit=1')).body).toMatchObject([
    { organization: '-', time_unit: '1.0' },
  ]);
});

it('keeps all rows before 6.5, which knew no limit', async () => {
  await server.call('POST', '/__control/installation', { body: { version: '5.5.0' } });
  expect((await report('by_activity', '?limit=1')).body).toHaveLength(4);
});

/** The files of a ZIP archive, by name. */
function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const [method, size] = [archive.readUInt16LE(at + 8), archive.readUInt32LE(at + 18)];
    const [nameLength, extra] = [archive.readUInt16LE(at + 26), archive.readUInt16LE(at + 28)];
    const begin = at + 30 + nameLength + extra;
    const content = archive.subarray(begin, begin + size);
    const text = (method === 0 ? content : inflateRawSync(content)).toString('utf8');
    files.set(archive.subarray(at + 30, at + 30 + nameLength).toString('utf8'), text);
    at = begin + size;
  }
  return files;
}

it('is downloaded as an Excel file that names its month', async () => {
  const response = await fetch(`${server.simulator.url}${LOG}/by_ticket/2026/11?download=true`, {
    headers: { authorization: 'Token token=tok_sync' },
  });
  expect(response.headers.get('content-type')).toContain('spreadsheetml.sheet');
  expect(response.headers.get('content-disposition')).toContain(
    'attachment; filename="by_ticket-2026-11.xlsx"',
  );
  const files = unzip(Buffer.from(await response.arrayBuffer()));
  expect([...files.keys()]).toContain('[Content_Types].xml');
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet).toContain('A &amp; &lt;B&gt;');
  expect(sheet).toContain('<v>4.5</v>');
});

it('carries the raw user row, but for admins of time accounting only', async () => {
  const [row] = [(await report('by_customer')).body].flat();
  expect(part(row, 'customer', 'password')).toEqual(expect.stringContaining('argon2'));
  expect(part(row, 'customer', 'role_ids')).toBeUndefined();
  expect((await server.call('GET', `${LOG}/by_customer/2026/11`, { as: 'tok_agent' })).status).toBe(403);
});
