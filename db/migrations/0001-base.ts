import type { MigrationContext } from '../migration.js';
import { ACCESS } from './0001-base/access.js';
import { BRIDGES } from './0001-base/bridges.js';
import { DECIDING } from './0001-base/deciding.js';
import { FACTS } from './0001-base/facts.js';

/** Frozen once released: literal names only, nothing imported from the application. */
export async function up({ sql }: MigrationContext): Promise<void> {
  for (const part of [ACCESS, FACTS, BRIDGES, DECIDING]) await sql(part);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql(`drop table audit_details, audit_logs, webhook_deliveries, ledger, decisions, conflict_entries, conflicts,
    link_timesheets, link_members, links, bridge_entries, sync_runs, rules, customer_mappings, user_mappings,
    activity_mappings, bridges, timesheets, time_entries, tickets, catalogue_items, cursors, connectors, installation,
    notifications, saved_views, api_tokens, login_links, refresh_tokens, sessions, users cascade`);
}
