import { decimalOrNull, decimalText } from '../decimal.js';
import { articlesOfTicket, entriesOfTicket, entryOfArticle } from '../row-index.js';
import {
  versionNumber,
  type ArticleRow,
  type EntryRow,
  type GroupRow,
  type OrganizationRow,
  type TicketRow,
  type UserRow,
  type ZammadWorld,
} from '../world.js';

export type Json = Record<string, unknown>;

const login = (world: ZammadWorld, id: number): string => world.users[id]?.login ?? '-';

/** An entry as the list shows it. */
export function plainEntry(entry: EntryRow): Json {
  return {
    id: entry.id,
    ticket_id: entry.ticket_id,
    ticket_article_id: entry.ticket_article_id,
    time_unit: decimalText(entry.time_unit),
    type_id: entry.type_id,
    created_by_id: entry.created_by_id,
    created_at: entry.created_at,
    updated_at: entry.updated_at,
  };
}

/** `expand=true` of an entry: the type's name (absent without a type) and the creator's login. */
export function expandedEntry(world: ZammadWorld, entry: EntryRow): Json {
  const type = entry.type_id === null ? undefined : world.types[entry.type_id];
  return {
    ...plainEntry(entry),
    ...(type ? { type: type.name } : {}),
    created_by: login(world, entry.created_by_id),
  };
}

/** The creator and updater logins that `expand=true` adds to records that have both. */
export function authors(world: ZammadWorld, row: { created_by_id: number; updated_by_id: number }): Json {
  return { created_by: login(world, row.created_by_id), updated_by: login(world, row.updated_by_id) };
}

const EMPTY_TICKET_COLUMNS = [
  'first_response_at',
  'first_response_escalation_at',
  'first_response_in_min',
  'first_response_diff_in_min',
  'close_escalation_at',
  'close_in_min',
  'close_diff_in_min',
  'update_escalation_at',
  'update_in_min',
  'update_diff_in_min',
  'last_close_at',
  'last_contact_at',
  'last_contact_agent_at',
  'last_contact_customer_at',
  'last_owner_update_at',
  'escalation_at',
  'pending_time',
  'type',
] as const;

/** A ticket's raw columns, without association ids. */
export function rawTicket(world: ZammadWorld, ticket: TicketRow): Json {
  const version = versionNumber(world);
  return {
    ...Object.fromEntries(EMPTY_TICKET_COLUMNS.map((column) => [column, null])),
    ...ticket,
    time_unit: decimalOrNull(ticket.time_unit),
    create_article_type_id: 10,
    create_article_sender_id: 1,
    preferences: {},
    ...(version >= 604 ? { checklist_id: null } : {}),
    ...(version >= 700 ? { ai_agent_running: false } : {}),
  };
}

/** A ticket with association ids, as search and the answers of POST and PUT show it. */
export function ticketWithIds(world: ZammadWorld, ticket: TicketRow): Json {
  const version = versionNumber(world);
  return {
    ...rawTicket(world, ticket),
    article_ids: articlesOfTicket(world, ticket.id).map((article) => article.id),
    ticket_time_accounting_ids: entriesOfTicket(world, ticket.id).map((entry) => entry.id),
    ...(version >= 604 ? { referencing_checklist_ids: [] } : {}),
    ...(version >= 700 ? { ai_stored_result_ids: [] } : {}),
  };
}

/** `expand=true` of a ticket. `ticket_time_accounting` appears only when there is none: entries have no name. */
export function expandedTicket(world: ZammadWorld, ticket: TicketRow): Json {
  const plain = ticketWithIds(world, ticket);
  const organization =
    ticket.organization_id === null ? undefined : world.organizations[ticket.organization_id];
  return {
    ...plain,
    ...(entriesOfTicket(world, ticket.id).length === 0 ? { ticket_time_accounting: [] } : {}),
    ...(ticket.article_count === 0 ? { articles: [] } : {}),
    group: world.groups[ticket.group_id]?.name,
    state: world.ticket_states[ticket.state_id]?.name,
    priority: world.ticket_priorities[ticket.priority_id]?.name,
    owner: login(world, ticket.owner_id),
    customer: login(world, ticket.customer_id),
    ...(organization ? { organization: organization.name } : {}),
    create_article_type: 'note',
    create_article_sender: 'Agent',
    ...authors(world, ticket),
  };
}

/** A user as the API shows it to agents. */
export function plainUser(user: UserRow): Json {
  return {
    ...user,
    image: null,
    image_source: null,
    web: '',
    fax: '',
    mobile: '',
    department: '',
    street: '',
    zip: '',
    city: '',
    country: '',
    address: '',
    verified: false,
    last_login: null,
    source: null,
    login_failed: 0,
    out_of_office: false,
    out_of_office_start_at: null,
    out_of_office_end_at: null,
    out_of_office_replacement_id: null,
    preferences: {},
    two_factor_preference_ids: [],
    authorization_ids: [],
    overview_sorting_ids: [],
  };
}

/** `expand=true` of a user. */
export function expandedUser(world: ZammadWorld, user: UserRow): Json {
  const organization = user.organization_id === null ? undefined : world.organizations[user.organization_id];
  return {
    ...plainUser(user),
    ...(organization ? { organization: organization.name } : {}),
    organizations: user.organization_ids.flatMap((id) => world.organizations[id]?.name ?? []),
    roles: user.role_ids.flatMap((id) => world.roles[id]?.name ?? []),
    groups: Object.fromEntries(
      Object.entries(user.group_ids).map(([id, access]) => [world.groups[Number(id)]?.name ?? id, access]),
    ),
    authorizations: [],
    ...authors(world, user),
  };
}

const members = (world: ZammadWorld, id: number): UserRow[] =>
  Object.values(world.users).filter((user) => user.organization_id === id);

/** An organization with the ids of its members. */
export function plainOrganization(world: ZammadWorld, organization: OrganizationRow): Json {
  return {
    ...organization,
    member_ids: members(world, organization.id).map((user) => user.id),
    secondary_member_ids: Object.values(world.users)
      .filter((user) => user.organization_ids.includes(organization.id))
      .map((user) => user.id),
  };
}

/** `expand=true` of an organization: member logins, which can be many. */
export function expandedOrganization(world: ZammadWorld, organization: OrganizationRow): Json {
  return {
    ...plainOrganization(world, organization),
    members: members(world, organization.id).map((user) => user.login),
    ...authors(world, organization),
  };
}

/** A group; `name` is the full path, `name_last` its end (6.2+). */
export function plainGroup(world: ZammadWorld, group: GroupRow): Json {
  return {
    ...group,
    ...(versionNumber(world) >= 602 ? { name_last: group.name.split('::').at(-1), parent_id: null } : {}),
    assignment_timeout: null,
    follow_up_possible: 'yes',
    note: null,
    user_ids: Object.values(world.users)
      .filter((user) => user.group_ids[group.id])
      .map((user) => user.id),
  };
}

const ARTICLE_TYPE_NAMES: Readonly<Record<number, string>> = {
  1: 'email',
  5: 'phone',
  10: 'note',
  11: 'web',
};
const SENDER_NAMES: Readonly<Record<number, string>> = { 1: 'Agent', 2: 'Customer', 3: 'System' };

/** An article with names; `time_unit` is its entry's (6.1+), without that entry's id or type. */
export function expandedArticle(world: ZammadWorld, article: ArticleRow): Json {
  const entry = entryOfArticle(world, article.id);
  return {
    ...article,
    cc: null,
    reply_to: null,
    message_id: null,
    message_id_md5: null,
    in_reply_to: null,
    preferences: {},
    ...(versionNumber(world) >= 605 ? { detected_language: null } : {}),
    ...(versionNumber(world) >= 601 ? { time_unit: entry ? decimalText(entry.time_unit) : null } : {}),
    attachments: [],
    type: ARTICLE_TYPE_NAMES[article.type_id] ?? 'note',
    sender: SENDER_NAMES[article.sender_id] ?? 'Agent',
    ...authors(world, article),
  };
}
