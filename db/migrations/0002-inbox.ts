import type { MigrationContext } from '../migration.js';

/** Frozen once released. Serves the inbox: list, filters, groups and counts read the index alone, never the facts. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`alter table conflicts
    add column cause text not null generated always as (coalesce(facts -> 'why' ->> 'code', '')) stored`);
  await sql(`create index conflicts_inbox_ix on conflicts (bridge_id, kind, cause, id)
    include (seconds_at_stake, opened_at, entry_date, snoozed_until, snoozed_until_change, customer_key, person_id)
    where state = 'open'`);
  await sql(`create index conflicts_customer_ix on conflicts (customer_key, kind, id desc)`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index conflicts_customer_ix');
  await sql('drop index conflicts_inbox_ix');
  await sql('alter table conflicts drop column cause');
}
