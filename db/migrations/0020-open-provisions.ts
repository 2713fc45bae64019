import type { MigrationContext } from '../migration.js';

/** Frozen once released. Every page of writes asks for customers that are to be made first: mostly there are none. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`create index ledger_provisions_ix on ledger (bridge_id)
    where operation = 'provision' and state in ('planned', 'claimed', 'sent')`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index ledger_provisions_ix');
}
