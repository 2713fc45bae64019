import type { MigrationContext } from '../migration.js';

/** People and their access; roles are there from the first day. */
const ACCESS = `
create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  password_hash text,
  role text not null check (role in ('viewer', 'approver', 'admin')),
  language text not null default 'de' check (language in ('de', 'en')),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  last_login_at timestamptz
);
create unique index users_email_uq on users (lower(email));
create table sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  user_agent text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_user_ix on sessions (user_id);
create table refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_session_ix on refresh_tokens (session_id);
create table login_links (
  hash bytea primary key,
  user_id uuid references users (id) on delete cascade,
  role text not null check (role in ('viewer', 'approver', 'admin')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create table api_tokens (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  hash bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create unique index api_tokens_hash_uq on api_tokens (hash);
create table saved_views (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  query text not null,
  created_at timestamptz not null default now()
);
create table notifications (
  id bigint generated always as identity primary key,
  kind text not null,
  facts jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create table installation (
  singleton boolean primary key default true check (singleton),
  installation_id uuid not null,
  created_at timestamptz not null default now()
);`;

/** Connectors and what was read from them. */
const FACTS = `
create table connectors (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  kind text not null check (kind in ('zammad', 'kimai')),
  name text not null,
  base_url text not null,
  web_url text not null,
  sealed_token text,
  key_id text,
  time_zone text not null,
  unit_periods jsonb not null default '[]',
  settings jsonb not null default '{}',
  capabilities jsonb not null default '{}',
  health text not null default 'ok' check (health in ('ok', 'paused')),
  health_cause jsonb,
  health_since timestamptz not null default now(),
  next_probe_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table cursors (
  connector_id text not null references connectors (id),
  name text not null,
  value text not null,
  updated_at timestamptz not null default now(),
  primary key (connector_id, name)
);
create table catalogue_items (
  connector_id text not null references connectors (id),
  kind text not null,
  external_id text not null,
  name text not null,
  parent_id text,
  number text,
  order_number text,
  email text,
  active boolean not null,
  read_at timestamptz not null,
  primary key (connector_id, kind, external_id)
);
create table tickets (
  connector_id text not null references connectors (id),
  ticket_id text not null,
  number text not null,
  title text not null,
  organization_id text,
  organization_name text,
  customer_id text,
  customer_name text,
  group_id text,
  merged boolean not null default false,
  merged_into text,
  unit_sum text,
  source_updated_at timestamptz not null,
  read_at timestamptz not null,
  deleted_at timestamptz,
  primary key (connector_id, ticket_id)
);
create table time_entries (
  id bigint generated always as identity primary key,
  connector_id text not null references connectors (id),
  source_id text not null,
  ticket_id text not null,
  unit_text text not null,
  seconds integer,
  activity_type_id text,
  activity_type_name text,
  user_id text not null,
  user_name text not null,
  user_email text,
  article_id text,
  description text not null default '',
  entry_date date not null,
  booked_at timestamptz not null,
  source_updated_at timestamptz not null,
  read_at timestamptz not null,
  deleted_at timestamptz,
  unreadable text,
  tags jsonb not null default '[]',
  staged_by bigint
);
create unique index time_entries_source_uq on time_entries (connector_id, source_id);
create index time_entries_ticket_ix on time_entries (connector_id, ticket_id);
create index time_entries_day_ix on time_entries (connector_id, entry_date);
create table timesheets (
  id bigint generated always as identity primary key,
  connector_id text not null references connectors (id),
  external_id text not null,
  user_id text not null,
  project_id text not null,
  activity_id text not null,
  begin_at timestamptz not null,
  end_at timestamptz,
  seconds integer not null,
  day date not null,
  description text,
  tags jsonb not null default '[]',
  exported boolean not null,
  billable boolean not null,
  rate numeric(14, 4),
  read_at timestamptz not null,
  deleted_at timestamptz,
  unreadable text
);
create unique index timesheets_external_uq on timesheets (connector_id, external_id);
create index timesheets_person_day_ix on timesheets (connector_id, user_id, day);
create index timesheets_day_ix on timesheets (connector_id, day);`;

/** A bridge, its settings, and where each entry stands in it. */
const BRIDGES = `
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

/** What waits for people, what they decided, what was written, and who did it. */
const DECIDING = `
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
