import type { MigrationContext } from '../migration.js';

/** Columns that say to which connector or bridge a row of a large table belongs. */
const BELONGS_TO: readonly (readonly [table: string, column: string])[] = [
  ['catalogue_items', 'connector_id'],
  ['tickets', 'connector_id'],
  ['time_entries', 'connector_id'],
  ['timesheets', 'connector_id'],
  ['bridge_entries', 'bridge_id'],
  ['links', 'bridge_id'],
  ['links', 'target_connector_id'],
  ['link_timesheets', 'target_connector_id'],
  ['link_changes', 'bridge_id'],
  ['ledger', 'bridge_id'],
  ['ledger', 'target_connector_id'],
];

/** Half of a table for each bridge: near the truth for one that has nearly all of it, and far from none for a new one. */
const DISTINCT = 2;

/**
 * Frozen once released. Statistics of these columns hold every value that there was, so the planner takes the rows of a
 * bridge that came later for none: it reads all of them by any index, once for each row of a page, until the table is
 * analysed again, which a first sync is through before. So none are gathered; the planner is told how many there are.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  for (const [table, column] of BELONGS_TO) await keepStatistics(sql, table, column, 0);
  // A server before 18 cannot be told; it takes them for 200 then, which is far from none as well.
  const { rows } = await sql(`select 1 from pg_proc where proname = 'pg_restore_attribute_stats'`);
  if (rows.length === 0) return;
  for (const [table, column] of BELONGS_TO)
    await sql(
      `select pg_restore_attribute_stats('schemaname', current_schema()::text, 'relname', $1::text, 'attname', $2::text,
         'inherited', false, 'null_frac', 0::real, 'avg_width', 12, 'n_distinct', $3::real)`,
      [table, column, DISTINCT],
    );
}

export async function down({ sql }: MigrationContext): Promise<void> {
  for (const [table, column] of BELONGS_TO) await keepStatistics(sql, table, column, -1);
}

/** Whether statistics are gathered (-1: as usual, 0: none); giving the column the type that it has forgets the old ones. */
const keepStatistics = (sql: MigrationContext['sql'], table: string, column: string, target: -1 | 0) =>
  sql(
    `alter table ${table} alter column ${column} set statistics ${target}, alter column ${column} type text`,
  );
