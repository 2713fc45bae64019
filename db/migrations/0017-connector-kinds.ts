import type { MigrationContext } from '../migration.js';

/** Frozen once released. Which kinds of connectors there are is said by their registry, not by the schema. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table connectors drop constraint connectors_kind_check');
  await sql(
    `alter table connectors add constraint connectors_kind_check check (kind ~ '^[a-z][a-z0-9_]{0,39}$')`,
  );
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table connectors drop constraint connectors_kind_check');
  await sql(
    `alter table connectors add constraint connectors_kind_check check (kind in ('zammad', 'kimai'))`,
  );
}
