import type { MigrationContext } from '../migration.js';

/** Frozen once released. What one person would decide where a bridge asks for two: it counts once another says the same. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`create table proposals (
    conflict_id bigint not null references conflicts (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    user_name text not null,
    version text not null,
    choice text not null,
    parameters jsonb not null default '{}',
    note text,
    proposed_at timestamptz not null default now(),
    primary key (conflict_id, user_id)
  )`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop table proposals');
}
