import type { MigrationContext } from '../migration.js';

/** Frozen once released. A bridge may make customers with their projects: a write of its own kind, of no lead. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table ledger drop constraint ledger_operation_check');
  await sql(`alter table ledger add constraint ledger_operation_check
    check (operation in ('create', 'update', 'delete', 'provision'))`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql(`delete from ledger where operation = 'provision'`);
  await sql('alter table ledger drop constraint ledger_operation_check');
  await sql(`alter table ledger add constraint ledger_operation_check
    check (operation in ('create', 'update', 'delete'))`);
}
