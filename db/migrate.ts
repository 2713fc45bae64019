import pg from 'pg';
import { Umzug } from 'umzug';
import type { MigrationContext } from './migration.js';
import { migrations, type Migration } from './migrations/index.js';

/** One session-level lock for the whole database: processes that start together wait for the first. */
const MIGRATION_LOCK = 4_207_310_001;

/**
 * Brings the database at `url` to the newest schema and tells which migrations that took.
 * Any number of processes may call it at once; each migration commits together with its mark.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  return withUmzug(url, async (umzug) => (await umzug.up()).map((done) => done.name));
}

/** Names of the migrations that `migrate` would run; reads only, apart from creating its own table. */
export async function pendingMigrations(url: string): Promise<readonly string[]> {
  return withUmzug(url, async (umzug) => (await umzug.pending()).map((open) => open.name));
}

/** Takes everything back, newest first. For tests and for development only: it drops all data. */
export async function migrateDown(url: string): Promise<readonly string[]> {
  return withUmzug(url, async (umzug) => (await umzug.down({ to: 0 })).map((undone) => undone.name));
}

async function withUmzug<T>(url: string, work: (umzug: Umzug<MigrationContext>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'timebridge-migrate' });
  await client.connect();
  const context: MigrationContext = { sql: (text, values) => client.query(text, values) };
  try {
    await context.sql('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await context.sql(`create table if not exists schema_migrations (
      name text primary key, executed_at timestamptz not null default now())`);
    return await work(umzugFor(context));
  } finally {
    await client.end(); // frees the lock, also after a failure
  }
}

function umzugFor(context: MigrationContext): Umzug<MigrationContext> {
  return new Umzug<MigrationContext>({
    context,
    logger: undefined,
    storage: {
      executed: () => executed(context),
      logMigration: async () => undefined, // the mark is written inside the migration's transaction
      unlogMigration: async () => undefined,
    },
    migrations: migrations.map((migration) => steps(context, migration)),
  });
}

async function executed(context: MigrationContext): Promise<string[]> {
  const { rows } = await context.sql('select name from schema_migrations order by name');
  return rows.map((row: { name: string }) => row.name);
}

const steps = (context: MigrationContext, { name, up, down }: Migration) => ({
  name,
  up: () => inOneTransaction(context, up, 'insert into schema_migrations (name) values ($1)', name),
  down: () => inOneTransaction(context, down, 'delete from schema_migrations where name = $1', name),
});

async function inOneTransaction(
  context: MigrationContext,
  run: (context: MigrationContext) => Promise<void>,
  mark: string,
  name: string,
): Promise<void> {
  await context.sql('begin');
  try {
    await run(context);
    await context.sql(mark, [name]);
    await context.sql('commit');
  } catch (failure) {
    await context.sql('rollback').catch(() => undefined); // the session may be gone; the failure says more
    throw failure;
  }
}
