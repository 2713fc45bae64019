/** A bridge, its settings, and where each entry stands in it. Frozen once released. */
export const BRIDGES = `
create table bridges (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null,
  source_connector_id text not null references connectors (id),
  target_connector_id text not null references connectors (id),
  code text not null check (code ~ '^[a-z0-9]{2,12}$'),
  mode text not null default 'shadow' check (mode in ('off', 'shadow', 'live')),
  paused_cause jsonb,
  start_from date not null,
  closed_until date,
  policies jsonb not null,
  schedule jsonb not null,
  webhook_secret text,
  previous_webhook_secret text,
  first_run_confirmed_at timestamptz,
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index bridges_code_uq on bridges (code);
create table activity_mappings (
  bridge_id text not null references bridges (id),
  source_id text not null,
  target_id text,
  ignored boolean not null default false,
  decided_by text not null,
  updated_at timestamptz not null default now(),
  primary key (bridge_id, source_id),
  check ((target_id is null) = ignored)
);
create table user_mappings (like activity_mappings including all);
alter table user_mappings add foreign key (bridge_id) references bridges (id);
create table customer_mappings (like activity_mappings including all);
alter table customer_mappings add foreign key (bridge_id) references bridges (id);
create table rules (
  id uuid primary key default gen_random_uuid(),
  bridge_id text not null references bridges (id),
  position integer not null,
  name text not null,
  condition jsonb not null,
  choice text not null,
  enabled boolean not null default false,
  revision integer not null default 1,
  updated_at timestamptz not null default now()
);
create index rules_bridge_ix on rules (bridge_id, position);
create table sync_runs (
  id bigint generated always as identity primary key,
  bridge_id text not null references bridges (id),
  trigger text not null check (trigger in ('person', 'schedule', 'cli', 'probe')),
  triggered_by text,
  full_comparison boolean not null default false,
  workflow_id text not null,
  state text not null check (state in ('running', 'completed', 'stopped', 'failed', 'target_paused')),
  phase text not null default 'fetching' check (phase in ('fetching', 'reconciling', 'applying', 'finished')),
  counters jsonb not null default '{}',
  sums jsonb,
  error jsonb,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index sync_runs_bridge_ix on sync_runs (bridge_id, id desc);
create table bridge_entries (
  bridge_id text not null references bridges (id),
  time_entry_id bigint not null references time_entries (id),
  state text not null check (state in ('new', 'agreed', 'waiting', 'skipped', 'pending', 'before_start')),
  why jsonb,
  frozen_user_id text not null,
  frozen_booked_at timestamptz not null,
  frozen_entry_date date not null,
  eligible_at timestamptz,
  dirty boolean not null default true,
  first_seen_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (bridge_id, time_entry_id)
);
create index bridge_entries_state_ix on bridge_entries (bridge_id, state);
create index bridge_entries_dirty_ix on bridge_entries (bridge_id, time_entry_id) where dirty;
create table links (
  id bigint generated always as identity primary key,
  bridge_id text not null references bridges (id),
  target_connector_id text not null references connectors (id),
  lead_entry_id bigint not null references time_entries (id),
  source_base jsonb not null,
  rounding_seconds integer not null default 0,
  accepted_seconds integer not null default 0,
  closed boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index links_lead_uq on links (bridge_id, lead_entry_id);
create table link_members (
  link_id bigint not null references links (id) on delete cascade,
  time_entry_id bigint not null references time_entries (id),
  signed_seconds integer not null,
  primary key (link_id, time_entry_id)
);
create index link_members_entry_ix on link_members (time_entry_id);
create table link_timesheets (
  link_id bigint not null references links (id) on delete cascade,
  target_connector_id text not null references connectors (id),
  external_id text not null,
  role text not null check (role in ('main', 'correction')),
  sequence integer not null,
  target_base jsonb not null,
  primary key (target_connector_id, external_id)
);
create index link_timesheets_link_ix on link_timesheets (link_id);`;
