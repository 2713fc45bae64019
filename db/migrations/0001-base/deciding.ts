/** What waits for people, what they decided, what was written, and who did it. Frozen once released. */
export const DECIDING = `
create table conflicts (
  id bigint generated always as identity primary key,
  bridge_id text not null references bridges (id),
  kind text not null,
  subject text not null,
  state text not null check (state in ('open', 'deciding', 'applying', 'closed')),
  version text not null,
  facts jsonb not null,
  seconds_at_stake integer not null,
  entry_count integer not null,
  ticket_id text,
  ticket_number text,
  ticket_title text,
  customer_key text,
  customer_name text,
  person_id text,
  person_name text,
  entry_date date,
  search text not null,
  run_id bigint references sync_runs (id),
  previous_id bigint references conflicts (id),
  assignee_id uuid references users (id),
  snoozed_until timestamptz,
  snoozed_until_change boolean not null default false,
  reopened_why jsonb,
  opened_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_why text check (closed_why in ('decided', 'vanished', 'rule', 'replaced')),
  closing_decision_id uuid,
  workflow_started_at timestamptz
);
create unique index conflicts_subject_uq on conflicts (bridge_id, subject) where state <> 'closed';
create index conflicts_subject_ix on conflicts (bridge_id, subject, id desc);
create index conflicts_open_ix on conflicts (state, kind, id) where state <> 'closed';
create index conflicts_closed_ix on conflicts (closed_at desc) where state = 'closed';
create extension if not exists pg_trgm;
create index conflicts_search_ix on conflicts using gin (search gin_trgm_ops);
create table conflict_entries (
  conflict_id bigint not null references conflicts (id) on delete cascade,
  time_entry_id bigint not null references time_entries (id),
  primary key (conflict_id, time_entry_id)
);
create index conflict_entries_entry_ix on conflict_entries (time_entry_id);
create table decisions (
  id uuid primary key,
  conflict_id bigint not null references conflicts (id),
  bridge_id text not null references bridges (id),
  subject text not null,
  kind text not null,
  version text not null,
  choice text not null,
  parameters jsonb not null default '{}',
  note text,
  actor_kind text not null check (actor_kind in ('person', 'rule', 'settings')),
  actor_id text not null,
  actor_name text not null,
  state text not null check (state in ('grace', 'withdrawn', 'applying', 'applied', 'stale', 'failed')),
  outcome jsonb,
  decided_at timestamptz not null default now(),
  apply_after timestamptz not null,
  finished_at timestamptz
);
create index decisions_conflict_ix on decisions (conflict_id, decided_at desc);
create index decisions_subject_ix on decisions (bridge_id, subject, decided_at desc);
create table ledger (
  id bigint generated always as identity primary key,
  bridge_id text not null references bridges (id),
  target_connector_id text not null references connectors (id),
  intent_key text not null,
  operation text not null check (operation in ('create', 'update', 'delete')),
  lead_entry_id bigint references time_entries (id),
  external_id text,
  marker text,
  target_user_id text not null,
  step jsonb not null,
  before jsonb,
  state text not null check (state in ('planned', 'held', 'claimed', 'sent', 'done', 'refused', 'dropped')),
  attempts integer not null default 0,
  lookups integer not null default 0,
  not_before timestamptz,
  replan boolean not null default false,
  lease_until timestamptz,
  sent_at timestamptz,
  answered_at timestamptz,
  answer jsonb,
  cause jsonb not null,
  run_id bigint references sync_runs (id),
  decision_id uuid references decisions (id),
  created_at timestamptz not null default now()
);
create unique index ledger_intent_uq on ledger (bridge_id, intent_key) where state in ('planned', 'held', 'claimed', 'sent');
create index ledger_open_ix on ledger (bridge_id, state) where state in ('planned', 'held', 'claimed', 'sent');
create index ledger_lead_ix on ledger (lead_entry_id, id);
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  bridge_id text not null references bridges (id),
  delivery_id text not null,
  ticket_id text not null,
  body_hash bytea not null,
  received_at timestamptz not null default now(),
  signalled_at timestamptz
);
create unique index webhook_deliveries_uq on webhook_deliveries (bridge_id, delivery_id);
create index webhook_deliveries_waiting_ix on webhook_deliveries (id) where signalled_at is null;
create table audit_logs (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  bridge_id text references bridges (id),
  run_id bigint references sync_runs (id),
  actor_kind text not null check (actor_kind in ('person', 'rule', 'policy', 'system')),
  actor_id text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  version text,
  details_hash bytea not null,
  sequence bigint,
  chain_hash bytea
);
create unique index audit_logs_sequence_uq on audit_logs (sequence);
create index audit_logs_unsealed_ix on audit_logs (id) where sequence is null;
create index audit_logs_subject_ix on audit_logs (subject_kind, subject_id, id);
create index audit_logs_run_ix on audit_logs (run_id, id);
create table audit_details (
  audit_id bigint primary key references audit_logs (id) on delete cascade,
  salt bytea not null,
  details jsonb not null
);`;
