import type { MigrationContext } from '../migration.js';

/** Frozen once released. What a run would do, what entries were before, and which installation was seen last. */
export async function up({ sql }: MigrationContext): Promise<void> {
  await sql(`create table previews (
    bridge_id text primary key references bridges (id),
    preview_id uuid not null,
    state text not null check (state in ('running', 'done', 'failed')),
    phase text not null,
    as_confirmed boolean not null,
    requested_by text,
    tickets_done integer not null default 0,
    tickets_total integer not null default 0,
    summary jsonb,
    error jsonb,
    started_at timestamptz not null default now(),
    finished_at timestamptz
  )`);
  await sql(`create table time_entry_versions (
    id bigint generated always as identity primary key,
    time_entry_id bigint not null references time_entries (id) on delete cascade,
    seconds integer,
    unit_text text not null,
    activity_type_id text,
    activity_type_name text,
    ticket_id text not null,
    deleted_at timestamptz,
    unreadable text,
    read_at timestamptz not null,
    replaced_at timestamptz not null
  )`);
  await sql('create index time_entry_versions_entry_ix on time_entry_versions (time_entry_id, id)');
  // A trigger, so that no way of staging an entry can forget what it was before.
  await sql(`create function keep_entry_version() returns trigger language plpgsql as $$
    begin
      insert into time_entry_versions (time_entry_id, seconds, unit_text, activity_type_id, activity_type_name, ticket_id,
        deleted_at, unreadable, read_at, replaced_at)
      values (old.id, old.seconds, old.unit_text, old.activity_type_id, old.activity_type_name, old.ticket_id,
        old.deleted_at, old.unreadable, old.read_at, new.read_at);
      return null;
    end $$`);
  await sql(`create trigger time_entries_versions after update on time_entries for each row
    when ((old.seconds, old.activity_type_id, old.ticket_id, old.deleted_at is null, old.unreadable)
      is distinct from (new.seconds, new.activity_type_id, new.ticket_id, new.deleted_at is null, new.unreadable))
    execute function keep_entry_version()`);
  await sql('alter table installation add column seen_id uuid');
}

export async function down({ sql }: MigrationContext): Promise<void> {
  await sql('alter table installation drop column seen_id');
  await sql('drop trigger time_entries_versions on time_entries');
  await sql('drop function keep_entry_version()');
  await sql('drop table time_entry_versions, previews');
}
