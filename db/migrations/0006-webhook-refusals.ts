import type { MigrationContext } from '../migration.js';

/** Frozen once released. Whether Zammad's webhook arrives, and why one did not get in. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`create table webhook_refusals (
    bridge_id text primary key references bridges (id),
    refused_at timestamptz not null default now(),
    cause text not null check (cause in ('no_signature', 'wrong_signature', 'no_ticket'))
  )`);
  await sql('create index webhook_deliveries_bridge_ix on webhook_deliveries (bridge_id, id)');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index webhook_deliveries_bridge_ix');
  await sql('drop table webhook_refusals');
}
