import type { MigrationContext } from '../migration.js';

const triggers = (names: string): string =>
  `alter table sync_runs drop constraint sync_runs_trigger_check,
     add constraint sync_runs_trigger_check check (trigger in (${names}))`;

/** A run may answer webhooks of many tickets at once. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(triggers(`'person', 'schedule', 'cli', 'probe', 'webhooks'`));
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql(`update sync_runs set trigger = 'schedule' where trigger = 'webhooks'`);
  await sql(triggers(`'person', 'schedule', 'cli', 'probe'`));
}
