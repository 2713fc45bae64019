import type { MigrationContext } from '../migration.js';

/** Frozen once released. Who holds a write, which writes the audit covers, whom to tell, which process runs a run. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(
    `alter table ledger add column claim integer not null default 0, add column audited_at timestamptz`,
  );
  await sql(`update ledger set audited_at = answered_at where state in ('done', 'refused', 'dropped')`);
  await sql(`create index ledger_unaudited_ix on ledger (bridge_id)
    where audited_at is null and state in ('done', 'refused', 'dropped')`);
  await sql('alter table conflicts add column untold_since timestamptz');
  await sql('create index conflicts_untold_ix on conflicts (bridge_id) where untold_since is not null');
  await sql('alter table sync_runs add column execution_id text');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table sync_runs drop column execution_id');
  await sql('alter table conflicts drop column untold_since');
  await sql('alter table ledger drop column claim, drop column audited_at');
}
