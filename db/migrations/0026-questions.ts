import type { MigrationContext } from '../migration.js';

/**
 * Frozen once released. What people ask agents in tickets: here and in the ticket, while processes know only the id.
 * Beside it how many articles a ticket has, and how many it had when a case of it was put aside: more of them mean that
 * somebody wrote something since, perhaps the answer that the case waits for.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`alter table tickets add column article_count integer`);
  await sql(`alter table conflicts add column snoozed_articles integer`);
  await sql(`create table questions (
    id uuid primary key,
    conflict_id bigint not null references conflicts (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    user_name text not null,
    text text not null,
    until timestamptz,
    created_at timestamptz not null default now(),
    asked_at timestamptz
  )`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop table questions');
  await sql(`alter table conflicts drop column snoozed_articles`);
  await sql(`alter table tickets drop column article_count`);
}
