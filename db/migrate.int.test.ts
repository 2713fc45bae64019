import { describe, expect, it } from 'vitest';
import { withDatabase } from '../tests/kit/database.js';
import { connectDatabase } from './connection.js';
import { migrate, migrateDown, pendingMigrations } from './migrate.js';
import { migrations } from './migrations/index.js';
import { rows } from './sql.js';

describe('migrate', () => {
  const url = withDatabase();
  const names = migrations.map(({ name }) => name);

  it('takes everything back and runs it again', async () => {
    expect(await pendingMigrations(url())).toEqual([]);
    expect(await migrateDown(url())).toEqual([...names].reverse());
    expect(await pendingMigrations(url())).toEqual(names);
    expect(await migrate(url())).toEqual(names);
    expect(await migrate(url())).toEqual([]);
  });

  it('lets one of several that start together do the work, and the others wait for it', async () => {
    await migrateDown(url());
    const done = await Promise.all([migrate(url()), migrate(url()), migrate(url())]);
    expect(done.map((ran) => ran.length).sort()).toEqual([0, 0, names.length]);
    const db = connectDatabase(url());
    expect(await rows({ db, tx: null }, 'select name from schema_migrations order by name')).toEqual(
      [...names].sort().map((name) => ({ name })),
    );
    await db.close();
  });
});
