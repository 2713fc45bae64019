import type { MigrationContext } from '../migration.js';

/** Frozen once released. Who accepted that a token could change exported time, for a bridge. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table bridges add column token_risk jsonb');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table bridges drop column token_risk');
}
