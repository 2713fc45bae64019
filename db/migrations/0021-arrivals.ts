import type { MigrationContext } from '../migration.js';

/**
 * Frozen once released. Since when a case has been in the inbox: an open page counts what has come since it read its list.
 * A case comes again when a decision is taken back, when what it waited for has changed, or when somebody wakes it up.
 */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql('alter table conflicts add column listed_since timestamptz not null default now()');
  await sql("update conflicts set listed_since = opened_at where state = 'open'");
  await sql("create index conflicts_listed_ix on conflicts (listed_since) where state = 'open'");
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop index conflicts_listed_ix');
  await sql('alter table conflicts drop column listed_since');
}
