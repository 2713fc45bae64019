import type { MigrationContext } from '../migration.js';

/**
 * Frozen once released. Who takes turns in a bridge. What is assigned to nobody belongs to whoever is on duty, so that the
 * inbox filters by nobody, too: its index has to know.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`alter table bridges add column duty jsonb not null default '{"people": [], "since": null}'`);
  await sql('drop index conflicts_inbox_ix');
  await sql(inboxIndex(', assignee_id'));
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index conflicts_inbox_ix');
  await sql(inboxIndex(''));
  await sql('alter table bridges drop column duty');
}

const inboxIndex = (more: string): string =>
  `create index conflicts_inbox_ix on conflicts (bridge_id, kind, cause, id)
    include (seconds_at_stake, opened_at, entry_date, snoozed_until, snoozed_until_change, customer_key, person_id${more})
    where state = 'open'`;
