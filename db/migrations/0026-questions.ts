import type { MigrationContext } from '../migration.js';

/**
 * Frozen once released. How many articles a ticket has, and how many it had when a case of it was put aside: more of them
 * mean that somebody wrote something since, perhaps the answer that the case waits for.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`alter table tickets add column article_count integer`);
  await sql(`alter table conflicts add column snoozed_articles integer`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql(`alter table conflicts drop column snoozed_articles`);
  await sql(`alter table tickets drop column article_count`);
}
