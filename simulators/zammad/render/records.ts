import { decimalOrNull, decimalText } from '../decimal.js';
import { ARTICLE_SENDERS, ARTICLE_TYPES } from '../base-world.js';
import {
  articlesOfTicket,
  entriesOfTicket,
  entryOfArticle,
  firstArticleOf,
  membersOf,
  revisionOf,
  secondaryMembersOf,
} from '../row-index.js';
import {
  USER_DETAILS,
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

/**
 * A ticket's raw columns, without association ids. Written out column by column, in the order of the table: a page
 * of 200 tickets made by spreading takes ten times as long.
 */
export function rawTicket(world: ZammadWorld, ticket: TicketRow): Json {
  const version = versionNumber(world);
  const firstArticle = firstArticleOf(world, ticket.id);
  const record: Json = {
    id: ticket.id,
    group_id: ticket.group_id,
    priority_id: ticket.priority_id,
    state_id: ticket.state_id,
    organization_id: ticket.organization_id,
    number: ticket.number,
    title: ticket.title,
    owner_id: ticket.owner_id,
    customer_id: ticket.customer_id,
    note: ticket.note,
    first_response_at: null,
    first_response_escalation_at: null,
    first_response_in_min: null,
    first_response_diff_in_min: null,
    close_at: ticket.close_at,
    close_escalation_at: null,
    close_in_min: null,
    close_diff_in_min: null,
    update_escalation_at: null,
    update_in_min: null,
    update_diff_in_min: null,
    last_close_at: ticket.last_close_at,
    last_contact_at: null,
    last_contact_agent_at: null,
    last_contact_customer_at: null,
    last_owner_update_at: null,
    create_article_type_id: firstArticle?.type_id ?? null,
    create_article_sender_id: firstArticle?.sender_id ?? null,
    article_count: ticket.article_count,
    escalation_at: null,
    pending_time: ticket.pending_time,
    type: null,
    time_unit: decimalOrNull(ticket.time_unit),
    preferences: {},
    updated_by_id: ticket.updated_by_id,
    created_by_id: ticket.created_by_id,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
  };
  if (version >= 604) record['checklist_id'] = null;
  if (version >= 700) record['ai_agent_running'] = false;
  return record;
}

type AssociationIds = { readonly article_ids: number[]; readonly ticket_time_accounting_ids: number[] };
const remembered = new WeakMap<TicketRow, AssociationIds & { readonly revision: number }>();

/**
 * Zammad caches these ids until the ticket is saved again. An entry of zero does not save it, so the list of
 * entries can miss one: it is never the truth about which entries there are.
 */
function associationIds(world: ZammadWorld, ticket: TicketRow): AssociationIds {
  const revision = revisionOf(ticket);
  const known = remembered.get(ticket);
  if (known?.revision === revision) return known;
  const ids = {
    article_ids: articlesOfTicket(world, ticket.id).map((article) => article.id),
    ticket_time_accounting_ids: entriesOfTicket(world, ticket.id).map((entry) => entry.id),
  };
  remembered.set(ticket, { ...ids, revision });
  return ids;
}

/** A ticket with association ids, as search and the answers of POST and PUT show it. */
export function ticketWithIds(world: ZammadWorld, ticket: TicketRow): Json {
  const version = versionNumber(world);
  const { article_ids, ticket_time_accounting_ids } = associationIds(world, ticket);
  const record = rawTicket(world, ticket);
  record['article_ids'] = article_ids;
  record['ticket_time_accounting_ids'] = ticket_time_accounting_ids;
  if (version >= 604) record['referencing_checklist_ids'] = [];
  if (version >= 700) record['ai_stored_result_ids'] = [];
  return record;
}

function articleNames(world: ZammadWorld, ticketId: number): Json {
  const first = firstArticleOf(world, ticketId);
  if (!first) return {};
  return { create_article_type: typeName(first.type_id), create_article_sender: senderName(first.sender_id) };
}

/** `expand=true` of a ticket. `ticket_time_accounting` appears only when there is none: entries have no name. */
export function expandedTicket(world: ZammadWorld, ticket: TicketRow): Json {
  const organization =
    ticket.organization_id === null ? undefined : world.organizations[ticket.organization_id];
  return Object.assign(ticketWithIds(world, ticket), {
    ...(entriesOfTicket(world, ticket.id).length === 0 ? { ticket_time_accounting: [] } : {}),
    ...(ticket.article_count === 0 ? { articles: [] } : {}),
    group: world.groups[ticket.group_id]?.name,
    state: world.ticket_states[ticket.state_id]?.name,
    priority: world.ticket_priorities[ticket.priority_id]?.name,
    owner: login(world, ticket.owner_id),
    customer: login(world, ticket.customer_id),
    ...(organization ? { organization: organization.name } : {}),
    ...articleNames(world, ticket.id),
    ...authors(world, ticket),
  });
}

const NO_DETAILS: Json = Object.fromEntries(USER_DETAILS.map((detail) => [detail, '']));

/** A user as the API shows it to agents. */
export function plainUser(user: UserRow): Json {
  const { details, password: _password, two_factor, ...columns } = user;
  return {
    ...columns,
    ...NO_DETAILS,
    ...details,
    image: null,
    image_source: null,
    verified: false,
    last_login: null,
    source: null,
    login_failed: 0,
    out_of_office: false,
    out_of_office_start_at: null,
    out_of_office_end_at: null,
    out_of_office_replacement_id: null,
    preferences: {},
    two_factor_preference_ids: two_factor ? [user.id] : [],
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

/** An organization with the ids of its members. */
export function plainOrganization(world: ZammadWorld, organization: OrganizationRow): Json {
  return {
    ...organization,
    member_ids: membersOf(world, organization.id).map((user) => user.id),
    secondary_member_ids: secondaryMembersOf(world, organization.id).map((user) => user.id),
  };
}

/** `expand=true` of an organization: member logins, which can be many. */
export function expandedOrganization(world: ZammadWorld, organization: OrganizationRow): Json {
  return {
    ...plainOrganization(world, organization),
    members: membersOf(world, organization.id).map((user) => user.login),
    secondary_members: secondaryMembersOf(world, organization.id).map((user) => user.login),
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

const nameIn = (ids: Readonly<Record<string, number>>, id: number): string | undefined =>
  Object.entries(ids).find(([, value]) => value === id)?.[0];
const typeName = (id: number): string | undefined => nameIn(ARTICLE_TYPES, id);
const senderName = (id: number): string | undefined => nameIn(ARTICLE_SENDERS, id);

/** An article with names; `time_unit` is its entry's (6.1+), without that entry's id or type. */
export function expandedArticle(world: ZammadWorld, article: ArticleRow): Json {
  const entry = entryOfArticle(world, article.id);
  return {
    ...article,
    reply_to: null,
    message_id: null,
    message_id_md5: null,
    in_reply_to: null,
    preferences: {},
    ...(versionNumber(world) >= 605 ? { detected_language: null } : {}),
    ...(versionNumber(world) >= 601 ? { time_unit: entry ? decimalText(entry.time_unit) : null } : {}),
    attachments: [],
    type: typeName(article.type_id),
    sender: senderName(article.sender_id),
    ...authors(world, article),
    ...(article.origin_by_id === null ? {} : { origin_by: login(world, article.origin_by_id) }),
  };
}
