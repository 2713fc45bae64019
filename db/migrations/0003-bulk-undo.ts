import type { MigrationContext } from '../migration.js';

/** Many cases decided with one choice: one row for the whole, one for each case. */
const BULK = `
create table bulk_decisions (
  id uuid primary key,
  choice text not null,
  note text,
  actor_id text not null,
  actor_name text not null,
  state text not null check (state in ('recording', 'grace', 'withdrawn', 'applying', 'done')),
  item_count integer not null,
  created_at timestamptz not null default now(),
  apply_after timestamptz,
  finished_at timestamptz
);
create index bulk_decisions_open_ix on bulk_decisions (id) where state in ('recording', 'grace', 'applying');
create table bulk_items (
  bulk_id uuid not null references bulk_decisions (id),
  conflict_id bigint not null references conflicts (id),
  position integer not null,
  version text not null,
  decision_id uuid not null,
  state text not null default 'pending' check (state in
    ('pending', 'decided', 'applying', 'applied', 'no_op', 'refused', 'stale', 'failed', 'withdrawn')),
  why jsonb,
  primary key (bulk_id, conflict_id)
);
create index bulk_items_state_ix on bulk_items (bulk_id, state, position);
create index bulk_items_conflict_ix on bulk_items (conflict_id);
alter table decisions add column bulk_id uuid references bulk_decisions (id);
create index decisions_bulk_ix on decisions (bulk_id) where bulk_id is not null;`;

/** What each agreement changed about a link, so that it can be taken back; and the takings back. */
const UNDO = `
create table undos (
  id uuid primary key,
  kind text not null check (kind in ('decision', 'bulk', 'run')),
  subject_id text not null,
  actor_id text not null,
  actor_name text not null,
  state text not null check (state in ('open', 'done')),
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index undos_open_uq on undos (kind, subject_id) where state = 'open';
create table link_changes (
  id bigint generated always as identity primary key,
  bridge_id text not null references bridges (id),
  lead_entry_id bigint not null references time_entries (id),
  kind text not null check (kind in ('write', 'adopt', 'accept')),
  ledger_id bigint references ledger (id),
  run_id bigint references sync_runs (id),
  decision_id uuid references decisions (id),
  cause jsonb not null,
  before jsonb,
  undo_id uuid references undos (id),
  created_at timestamptz not null default now()
);
create index link_changes_lead_ix on link_changes (bridge_id, lead_entry_id, id);
create index link_changes_run_ix on link_changes (run_id) where run_id is not null;
create index link_changes_decision_ix on link_changes (decision_id) where decision_id is not null;
create table undo_items (
  undo_id uuid not null references undos (id),
  bridge_id text not null references bridges (id),
  lead_entry_id bigint not null references time_entries (id),
  state text not null default 'pending' check (state in ('pending', 'writing', 'undone', 'left')),
  action text,
  fields jsonb not null default '[]',
  remaining jsonb not null default '[]',
  attempts integer not null default 0,
  primary key (undo_id, bridge_id, lead_entry_id)
);
create index undo_items_lead_ix on undo_items (lead_entry_id);
alter table ledger add column undo_id uuid references undos (id);
create index ledger_undo_ix on ledger (undo_id) where undo_id is not null;
alter table bridge_entries add column reverted_at timestamptz;`;

/** Frozen once released. */
export async function up(context: MigrationContext): Promise<void> {
  for (const part of [BULK, UNDO]) await context.sql(part);
}

export async function down(context: MigrationContext): Promise<void> {
  await context.sql('alter table bridge_entries drop column reverted_at');
  await context.sql('alter table ledger drop column undo_id');
  await context.sql('alter table decisions drop column bulk_id');
  await context.sql('drop table undo_items, link_changes, undos, bulk_items, bulk_decisions');
}
