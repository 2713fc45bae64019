import type { GroupAccess, RoleRow, Settings, TokenRow, UserRow, ZammadWorld } from './world.js';

const STATES = [
  ['new', 1],
  ['open', 2],
  ['pending reminder', 3],
  ['closed', 5],
  ['merged', 6],
  ['pending close', 4],
] as const;
const PRIORITIES = ['1 low', '2 normal', '3 high'] as const;

/** Id of the seeded state "new", "open", "closed", "merged". */
export const STATE = { new: 1, open: 2, closed: 4, merged: 5 } as const;
/** Id of the seeded article types and senders that the simulator uses. */
export const ARTICLE_TYPES = { email: 1, sms: 2, chat: 3, fax: 4, phone: 5, web: 11, note: 10 } as const;
export const ARTICLE_SENDERS = { Agent: 1, Customer: 2, System: 3 } as const;

const ROLES: readonly RoleRow[] = [
  { id: 1, name: 'Admin', permissions: ['admin', 'user_preferences', 'report'] },
  { id: 2, name: 'Agent', permissions: ['ticket.agent', 'user_preferences', 'chat.agent', 'cti.agent'] },
  { id: 3, name: 'Customer', permissions: ['ticket.customer', 'user_preferences'] },
  { id: 4, name: 'Time sync', permissions: ['admin.time_accounting', 'ticket.agent', 'user_preferences'] },
];

/** The settings as this simulator installs them: feature on, unit minute. */
export function standardSettings(): Settings {
  return {
    time_accounting: true,
    time_accounting_selector: {},
    time_accounting_unit: 'minute',
    time_accounting_unit_custom: '',
    time_accounting_types: true,
    time_accounting_type_default: '',
    timezone_default: 'Europe/Berlin',
    maintenance_mode: false,
    api_token_access: true,
    api_password_access: true,
    ticket_hook: 'Ticket#',
    product_name: 'Zammad Helpdesk',
    fqdn: 'zammad.example.com',
    http_type: 'https',
    ticket_organization_reassignment: true,
    ui_ticket_zoom_article_delete_timeframe: 600,
  };
}

/** Makes a user row; `groups` is the access per group id. */
export function makeUser(person: {
  readonly id: number;
  readonly login: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly roles: readonly number[];
  readonly at: string;
  readonly organizationId?: number | null;
  readonly groups?: Record<number, GroupAccess[]>;
  readonly details?: UserRow['details'];
  readonly password?: string;
}): UserRow {
  return {
    id: person.id,
    organization_id: person.organizationId ?? null,
    organization_ids: [],
    login: person.login,
    firstname: person.firstname,
    lastname: person.lastname,
    email: person.login.includes('@') ? person.login : null,
    details: { ...person.details },
    note: '',
    active: true,
    vip: false,
    password: person.password ?? null,
    two_factor: false,
    role_ids: [...person.roles],
    group_ids: { ...person.groups },
    created_by_id: 1,
    updated_by_id: 1,
    created_at: person.at,
    updated_at: person.at,
  };
}

/** An API token as an administrator or its owner would create it. */
export function makeToken(token: string, userId: number, permissions: readonly string[]): TokenRow {
  return {
    token,
    user_id: userId,
    permissions: [...permissions],
    expires_at: null,
    kind: 'api',
    last_used_at: null,
  };
}

/** A Zammad right after installation: roles, states, priorities, group "Users" (1) and the system user (1). */
export function baseWorld(name: string, at: string): ZammadWorld {
  const stamp = { created_at: at, updated_at: at };
  const by = { created_by_id: 1, updated_by_id: 1 };
  const system = makeUser({ id: 1, login: '-', firstname: '-', lastname: '', roles: [], at });
  return {
    name,
    installation: { version: '7.0.0', search_index: null },
    settings: standardSettings(),
    roles: Object.fromEntries(
      ROLES.map((role) => [role.id, { ...role, permissions: [...role.permissions] }]),
    ),
    users: { 1: { ...system, active: false } },
    tokens: [],
    organizations: {},
    groups: { 1: { id: 1, name: 'Users', active: true, ...by, ...stamp } },
    ticket_states: Object.fromEntries(
      STATES.map(([state, type], at) => [
        at + 1,
        { id: at + 1, name: state, state_type_id: type, active: true, ...stamp },
      ]),
    ),
    ticket_priorities: Object.fromEntries(
      PRIORITIES.map((priority, at) => [at + 1, { id: at + 1, name: priority, active: true, ...stamp }]),
    ),
    tickets: {},
    articles: {},
    entries: {},
    types: {},
    history: [],
    webhooks: {},
    triggers: {},
    jobs: [],
    last_id: { users: 1, groups: 1, roles: ROLES.length, ticket_number: 10_000 },
  };
}
