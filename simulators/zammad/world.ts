/** Rows of one table by id. Integer keys keep the rows in ascending id order, as `ORDER BY id` would. */
export type Rows<T> = Record<number, T>;

export type Stamped = { readonly id: number; created_at: string; updated_at: string };
export type GroupAccess = 'full' | 'read' | 'create' | 'change' | 'overview';

/** Text columns of a user that nothing depends on. */
export const USER_DETAILS = [
  'web',
  'phone',
  'fax',
  'mobile',
  'department',
  'street',
  'zip',
  'city',
  'country',
  'address',
] as const;
export type UserDetail = (typeof USER_DETAILS)[number];

export type UserRow = Stamped & {
  organization_id: number | null;
  organization_ids: number[];
  login: string;
  firstname: string;
  lastname: string;
  email: string | null;
  /** Phone, address and the like; what is not set is an empty text. */
  details: Partial<Record<UserDetail, string>>;
  note: string;
  active: boolean;
  vip: boolean;
  /** For HTTP Basic; null: this user has none. */
  password: string | null;
  two_factor: boolean;
  role_ids: number[];
  group_ids: Record<number, GroupAccess[]>;
  created_by_id: number;
  updated_by_id: number;
};
export type RoleRow = { readonly id: number; name: string; permissions: string[] };
export type TokenRow = {
  readonly token: string;
  user_id: number;
  permissions: string[];
  expires_at: string | null;
  /** OAuth access tokens carry the user's full rights and other error texts. */
  kind: 'api' | 'oauth';
  last_used_at: string | null;
};
export type OrganizationRow = Stamped & {
  name: string;
  shared: boolean;
  domain: string;
  domain_assignment: boolean;
  active: boolean;
  vip: boolean;
  note: string;
  created_by_id: number;
  updated_by_id: number;
};
export type GroupRow = Stamped & {
  name: string;
  active: boolean;
  created_by_id: number;
  updated_by_id: number;
};
export type StateRow = Stamped & { name: string; state_type_id: number; active: boolean };
export type PriorityRow = Stamped & { name: string; active: boolean };
export type TicketRow = Stamped & {
  group_id: number;
  priority_id: number;
  state_id: number;
  organization_id: number | null;
  number: string;
  title: string;
  owner_id: number;
  customer_id: number;
  note: string | null;
  article_count: number;
  /** Running sum in hundredths; null before the first entry. It may be stale (moves) or set by hand: never the truth. */
  time_unit: number | null;
  /** When it was closed first, and last. */
  close_at: string | null;
  last_close_at: string | null;
  pending_time: string | null;
  updated_by_id: number;
  created_by_id: number;
};
export type ArticleRow = Stamped & {
  ticket_id: number;
  type_id: number;
  sender_id: number;
  from: string;
  to: string | null;
  cc: string | null;
  subject: string | null;
  content_type: string;
  body: string;
  internal: boolean;
  updated_by_id: number;
  created_by_id: number;
  origin_by_id: number | null;
};
/** `time_unit` is kept in hundredths, since the column is decimal(6,2). */
export type EntryRow = Stamped & {
  ticket_id: number;
  ticket_article_id: number | null;
  time_unit: number;
  type_id: number | null;
  created_by_id: number;
};
export type TypeRow = Stamped & {
  name: string;
  note: string | null;
  active: boolean;
  updated_by_id: number;
  created_by_id: number;
};
export type HistoryRow = {
  readonly id: number;
  ticket_id: number;
  type: 'created' | 'updated' | 'merged_into' | 'received_merge';
  attribute: string | null;
  value_from: string;
  value_to: string;
  /** Ids behind the values of a reference; of a merge, the tickets. */
  id_from: number | null;
  id_to: number | null;
  created_by_id: number;
  created_at: string;
};
export type WebhookRow = Stamped & {
  name: string;
  endpoint: string;
  /** Selectable since 7.0; POST before. */
  http_method: 'post' | 'put' | 'patch' | 'delete';
  signature_token: string | null;
  ssl_verify: boolean;
  basic_auth_username: string | null;
  basic_auth_password: string | null;
  bearer_token: string | null;
  pre_defined_webhook_type: string | null;
  customized_payload: boolean;
  custom_payload: string | null;
  note: string | null;
  active: boolean;
  updated_by_id: number;
  created_by_id: number;
};
export type TriggerRow = Stamped & {
  name: string;
  condition: Record<string, unknown>;
  perform: Record<string, unknown>;
  activator: 'action' | 'time';
  execution_condition_mode: 'selective' | 'always';
  disable_notification: boolean;
  localization: string | null;
  timezone: string | null;
  note: string | null;
  active: boolean;
  updated_by_id: number;
  created_by_id: number;
};
/** A webhook job that waits in the queue; it survives a restart, as a delayed job in the database does. */
export type JobRow = {
  /** The delivery id: constant over all attempts. */
  readonly id: string;
  readonly trigger_id: number;
  readonly ticket_id: number;
  readonly article_id: number | null;
  /** What happened, for the texts of custom payloads. */
  readonly action: 'create' | 'update';
  readonly changes: Readonly<Record<string, readonly [from: string, to: string]>>;
  readonly user_id: number;
  readonly created_at: string;
  readonly attempts: number;
};

export type Settings = {
  time_accounting: boolean;
  time_accounting_selector: Record<string, unknown>;
  time_accounting_unit: '' | 'hour' | 'quarter' | 'minute' | 'custom';
  time_accounting_unit_custom: string;
  time_accounting_types: boolean;
  time_accounting_type_default: number | '';
  timezone_default: string;
  maintenance_mode: boolean;
  api_token_access: boolean;
  api_password_access: boolean;
  ticket_hook: string;
  product_name: string;
  fqdn: string;
  http_type: 'http' | 'https';
  /** A customer's change of organization takes the first 100 of their tickets along. */
  ticket_organization_reassignment: boolean;
  /** Seconds within which agents may delete their own notes; 0: always. */
  ui_ticket_zoom_article_delete_timeframe: number;
};

/** How this Zammad is installed: what a client sees differ between two servers of the same data. */
export type Installation = {
  /** Content of the VERSION file; decides shapes, texts and which routes exist. */
  version: string;
  /** Null: no Elasticsearch, `query` is answered by the database. */
  search_index: {
    delay_ms: number;
    failing: boolean;
    /** `max_result_window` of the index; null: what this version creates (10,000, from 6.5.1 on 1,000,000). */
    window: number | null;
  } | null;
};

/** All that a Zammad knows, as plain JSON. */
export type ZammadWorld = {
  name: string;
  installation: Installation;
  settings: Settings;
  roles: Rows<RoleRow>;
  users: Rows<UserRow>;
  tokens: TokenRow[];
  organizations: Rows<OrganizationRow>;
  groups: Rows<GroupRow>;
  ticket_states: Rows<StateRow>;
  ticket_priorities: Rows<PriorityRow>;
  tickets: Rows<TicketRow>;
  articles: Rows<ArticleRow>;
  entries: Rows<EntryRow>;
  types: Rows<TypeRow>;
  history: HistoryRow[];
  webhooks: Rows<WebhookRow>;
  triggers: Rows<TriggerRow>;
  jobs: JobRow[];
  /** Highest id ever given per table: ids are never reused. */
  last_id: Record<string, number>;
};

/** The tables whose ids are drawn from a counter. */
export type Table =
  | 'users'
  | 'organizations'
  | 'groups'
  | 'tickets'
  | 'articles'
  | 'entries'
  | 'types'
  | 'history'
  | 'webhooks'
  | 'triggers'
  | 'roles';

/** Draws the next id of a table; deleted rows never give theirs back. */
export function nextId(world: ZammadWorld, table: Table): number {
  const id = (world.last_id[table] ?? 0) + 1;
  world.last_id[table] = id;
  return id;
}

/** The major.minor of the simulated version as one comparable number: 6.5.0 → 605. */
export function versionNumber(world: ZammadWorld): number {
  const [major = '0', minor = '0'] = world.installation.version.split('.');
  return Number(major) * 100 + Number.parseInt(minor, 10);
}

/** How far Elasticsearch pages: beyond it, a search answers with nothing. */
export function searchWindow(world: ZammadWorld): number {
  const set = world.installation.search_index?.window ?? null;
  if (set !== null) return set;
  const version = versionNumber(world);
  const wide = version > 605 || (version === 605 && !/^6\.5\.0/.test(world.installation.version));
  return wide ? 1_000_000 : 10_000;
}
