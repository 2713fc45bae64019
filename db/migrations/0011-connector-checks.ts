import type { MigrationContext } from '../migration.js';

/** Frozen once released. What a connection test found: names and samples belong here, not into a process's history. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`create table connector_checks (
    id uuid primary key default gen_random_uuid(),
    connector_id text not null references connectors (id),
    ok boolean not null,
    findings jsonb not null,
    samples jsonb not null,
    checked_at timestamptz not null default now()
  )`);
  await sql('create index connector_checks_connector_ix on connector_checks (connector_id, checked_at)');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop table connector_checks');
}
