/** People and their access; roles are there from the first day. Frozen once released. */
export const ACCESS = `
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
