/** Connectors and what was read from them. Frozen once released. */
export const FACTS = `
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
