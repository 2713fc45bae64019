import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { namespaceAnswers } from '../../stack/temporal-server.js';
import { assertTestDatabase, withDatabase } from './database.js';
import { temporalAddress } from './temporal.js';

describe('the test environment', () => {
  const first = withDatabase();
  const second = withDatabase();

  it('gives each caller a database of its own', async () => {
    expect(first()).not.toBe(second());
    const client = new pg.Client({ connectionString: first() });
    await client.connect();
    await client.query('create table only_here (id integer)');
    await client.end();
    const other = new pg.Client({ connectionString: second() });
    await other.connect();
    const { rows } = await other.query("select to_regclass('only_here') as found");
    await other.end();
    expect(rows).toEqual([{ found: null }]);
  });

  it('has a Temporal server that answers', async () => {
    expect(await namespaceAnswers(temporalAddress())).toBe(true);
  });

  it('refuses a database that is not one for tests', () => {
    expect(() => assertTestDatabase('postgresql://localhost/timebridge')).toThrow(/"test"/);
    expect(() => assertTestDatabase('postgresql://localhost/contest')).toThrow(/"test"/);
    expect(() => assertTestDatabase(first())).not.toThrow();
  });
});
