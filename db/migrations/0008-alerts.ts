import type { MigrationContext } from '../migration.js';

/** Frozen once released. What people are told by mail or webhook: when it is due, what became of it, and the messages. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`alter table notifications
    add column due_at timestamptz not null default now(),
    add column outcome text check (outcome in ('told', 'over', 'no_channel'))`);
  await sql(`create index notifications_due_ix on notifications (due_at) where sent_at is null`);
  await sql(`create table alert_messages (
    id uuid primary key default gen_random_uuid(),
    channel text not null check (channel in ('mail', 'webhook')),
    kind text not null,
    content jsonb not null,
    created_at timestamptz not null default now(),
    attempts integer not null default 0,
    next_try_at timestamptz not null default now(),
    last_error text,
    sent_at timestamptz,
    given_up_at timestamptz
  )`);
  await sql(`create index alert_messages_due_ix on alert_messages (next_try_at)
    where sent_at is null and given_up_at is null`);
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('drop table alert_messages');
  await sql('alter table notifications drop column due_at, drop column outcome');
}
