import type { MigrationContext } from '../migration.js';

/**
 * Frozen once released. What is open in the ledger is found without passing what is done, in the order in which it is
 * claimed; so are the people whose writes are under way, and the cases that have no process yet.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('drop index ledger_open_ix');
  await sql(`create index ledger_open_ix on ledger (bridge_id, id)
    where state in ('planned', 'held', 'claimed', 'sent')`);
  await sql(`create index ledger_busy_ix on ledger (target_connector_id, target_user_id)
    where state in ('claimed', 'sent')`);
  await sql('drop index ledger_unaudited_ix');
  await sql(`create index ledger_unaudited_ix on ledger (bridge_id, id)
    where audited_at is null and state in ('done', 'refused', 'dropped')`);
  await sql(`create index conflicts_unstarted_ix on conflicts (bridge_id, id)
    where state <> 'closed' and workflow_started_at is null`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index conflicts_unstarted_ix');
  await sql('drop index ledger_unaudited_ix');
  await sql(`create index ledger_unaudited_ix on ledger (bridge_id)
    where audited_at is null and state in ('done', 'refused', 'dropped')`);
  await sql('drop index ledger_busy_ix');
  await sql('drop index ledger_open_ix');
  await sql(`create index ledger_open_ix on ledger (bridge_id, state)
    where state in ('planned', 'held', 'claimed', 'sent')`);
}
