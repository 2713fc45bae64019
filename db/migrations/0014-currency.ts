import type { MigrationContext } from '../migration.js';

/** Frozen once released. In which currency a customer of the target is billed. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table catalogue_items add column currency text');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table catalogue_items drop column currency');
}
