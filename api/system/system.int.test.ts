import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { notifyChange } from '../../db/notify.js';
import { rows } from '../../db/sql.js';
import { allContracts } from '../contracts.contract.js';
import { withApi } from '../testing/test-api.js';

const members = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

describe('what machines ask', () => {
  const api = withApi();

  /** Reads a stream until it holds the text; the test's own time limit ends a stream that never does. */
  const readUntil = async (
    reader: ReadableStreamDefaultReader<Uint8Array>,
    text: string,
  ): Promise<string> => {
    let seen = '';
    while (!seen.includes(text)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended after: ${seen}`);
      seen += new TextDecoder().decode(value);
    }
    return seen;
  };

  const stream = async () => {
    const headers = { authorization: `Bearer ${api().users.viewer.token}` };
    const response = await fetch(`${api().url}/api/v1/events`, { headers });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    if (!response.body) throw new Error('a stream has a body');
    return response.body.getReader();
  };

  it('streams what changed once the transaction is through, and says so after the connection was lost', async () => {
    const session = { db: api().deps.db, tx: null };
    const reader = await stream();
    await readUntil(reader, 'event: resync');
    await notifyChange(session, 'conflicts', ['7', '8']);
    expect(await readUntil(reader, '\n\n')).toBe(
      'event: change\ndata: {"topic":"conflicts","ids":["7","8"]}\n\n',
    );
    await rows(
      session,
      `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'timebridge-events' and datname = current_database()`,
    );
    await readUntil(reader, 'event: resync');
    await notifyChange(
      session,
      'runs',
      Array.from({ length: 500 }, (_, id) => String(id)),
    );
    expect(await readUntil(reader, '\n\n')).toContain('{"topic":"runs","ids":[]}');
    await reader.cancel();
  });

  it('describes every endpoint by schemas that are valid', async () => {
    const { body } = await api().call(null, 'get', '/api/openapi.json');
    const found = members(body['paths']).flatMap((path) => members(path));
    const ids = found.map((operation) => member(operation, 'operationId'));
    expect(ids.sort()).toEqual(allContracts.map(({ id }) => id).sort());
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const operation of found) {
      for (const part of [member(operation, 'requestBody'), ...members(member(operation, 'responses'))]) {
        const schema = member(member(member(part, 'content'), 'application/json'), 'schema');
        if (typeof schema === 'object' && schema !== null) expect(ajv.validateSchema(schema)).toBe(true);
      }
    }
  });

  it('says that it is healthy, and tells its metrics by route template to this machine only', async () => {
    expect((await api().call(null, 'get', '/healthz')).body).toEqual({ status: 'ok', database: true });
    await api().call('viewer', 'get', '/api/v1/runs/123');
    const metrics = await api().call(null, 'get', '/metrics');
    expect(metrics.text).toMatch(/route="\/api\/v1\/runs\/:runId",status="404"/);
    const proxied = await fetch(`${api().url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(proxied.status).toBe(404);
  });

  it('tells browsers what they may do, and answers unknown addresses and methods as problems', async () => {
    const unknown = await api().call('viewer', 'get', '/api/v1/nothing');
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'not-found']);
    expect(unknown.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(unknown.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(unknown.headers.get('x-content-type-options')).toBe('nosniff');
    const method = await api().call('viewer', 'delete', '/api/v1/status');
    expect([method.status, method.body['code']]).toEqual([405, 'method-not-allowed']);
  });
});
