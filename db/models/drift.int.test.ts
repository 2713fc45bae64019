import { describe, expect, it } from 'vitest';
import { withDatabase } from '../../tests/kit/database.js';
import { connectDatabase } from '../connection.js';
import { migrateDown } from '../migrate.js';
import { rows } from '../sql.js';
import { defineModels } from './index.js';

const COLUMNS = `select table_name, column_name, udt_name, is_nullable, is_identity, numeric_precision, numeric_scale
  from information_schema.columns where table_schema = 'public' and table_name <> 'schema_migrations'
  order by table_name, column_name`;
const KEYS = `select conrelid::regclass::text as "table", contype as kind, pg_get_constraintdef(oid) as definition
  from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f')
  and conrelid::regclass::text <> 'schema_migrations' order by 1, 2, 3`;

describe('the models', () => {
  const migrated = withDatabase();
  const synced = withDatabase();

  it('have the tables, columns and keys that the migrations make', async () => {
    const schemaOf = async (
      url: string,
      prepare: (db: ReturnType<typeof connectDatabase>) => Promise<unknown>,
    ) => {
      const db = connectDatabase(url);
      try {
        await prepare(db);
        const session = { db, tx: null };
        return { columns: await rows(session, COLUMNS), keys: await rows(session, KEYS) };
      } finally {
        await db.close();
      }
    };
    await migrateDown(synced());
    const fromModels = await schemaOf(synced(), async (db) => {
      defineModels(db);
      await db.sync();
    });
    const fromMigrations = await schemaOf(migrated(), async () => undefined);
    expect(fromModels.columns).toEqual(fromMigrations.columns);
    expect(fromModels.keys).toEqual(fromMigrations.keys);
    expect(fromModels.columns.length).toBeGreaterThan(200);
  });
});
