import type { MigrationContext } from '../migration.js';

/** Frozen once released. A break is what people entered; without it, Kimai's own rounding would look like one. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table timesheets add column break_seconds integer not null default 0');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table timesheets drop column break_seconds');
}
