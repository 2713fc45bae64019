import type { MigrationContext } from '../migration.js';

/** Frozen once released. By how much a server's clock was ahead of ours, so that one that is set back is noticed. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table cursors add column ahead_ms bigint');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table cursors drop column ahead_ms');
}
