import type { MigrationContext } from '../migration.js';

/**
 * Frozen once released. Snoozed and decided cases are few beside the open ones, or many beside few: each view has an index
 * that holds its own. Names of people are looked up by one of them, as those of customers are.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`create index conflicts_done_ix on conflicts (coalesce(closed_at, updated_at) desc, id desc)
    where state in ('deciding', 'applying', 'closed')`);
  await sql(`create index conflicts_snoozed_ix on conflicts (id)
    where state = 'open' and (snoozed_until is not null or snoozed_until_change)`);
  await sql('create index conflicts_person_ix on conflicts (person_id, id desc)');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index conflicts_person_ix');
  await sql('drop index conflicts_snoozed_ix');
  await sql('drop index conflicts_done_ix');
}
