import type { MigrationContext } from '../migration.js';

/** Frozen once released. Today's mappings and template re-applied to what is written and open, and previewed before. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table bridge_entries add column reapply boolean not null default false');
  await sql('alter table previews add column reapply boolean not null default false');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table previews drop column reapply');
  await sql('alter table bridge_entries drop column reapply');
}
