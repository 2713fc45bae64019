import {
  authors,
  expandedArticle,
  expandedOrganization,
  expandedTicket,
  expandedUser,
  plainGroup,
  type Json,
} from '../render/records.js';
import { entryOfArticle } from '../row-index.js';
import { versionNumber, type ArticleRow, type TicketRow, type ZammadWorld } from '../world.js';

const HIDDEN_OF_USERS = [
  'last_login',
  'login_failed',
  'password',
  'preferences',
  'group_ids',
  'groups',
  'authorization_ids',
  'authorizations',
] as const;

function sorted(record: Json): Json {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function user(world: ZammadWorld, id: number): Json {
  const row = world.users[id];
  if (!row) return {};
  const hidden = new Set<string>(HIDDEN_OF_USERS);
  return sorted(
    Object.fromEntries(Object.entries(expandedUser(world, row)).filter(([name]) => !hidden.has(name))),
  );
}

function organization(world: ZammadWorld, id: number | null): Json {
  const row = id === null ? undefined : world.organizations[id];
  return row ? sorted(expandedOrganization(world, row)) : {};
}

function group(world: ZammadWorld, id: number): Json {
  const row = world.groups[id];
  return row ? sorted({ ...plainGroup(world, row), ...authors(world, row) }) : {};
}

function article(world: ZammadWorld, row: ArticleRow): Json {
  const entry = entryOfArticle(world, row.id);
  const hours = (entry?.time_unit ?? 0) / 100;
  return sorted({
    ...expandedArticle(world, row),
    created_by: user(world, row.created_by_id),
    updated_by: user(world, row.updated_by_id),
    // An integer before 5.2.
    accounted_time: versionNumber(world) < 502 ? Math.trunc(hours) : hours,
  });
}

/**
 * The default payload: the ticket as it is now, with its people as objects, and the article of the event.
 * It names no event, no change and no single time entry.
 */
export function webhookPayload(world: ZammadWorld, ticket: TicketRow, articleId: number | null): Json {
  const row = articleId === null ? undefined : world.articles[articleId];
  const priority = world.ticket_priorities[ticket.priority_id];
  return {
    ticket: sorted({
      ...expandedTicket(world, ticket),
      owner: user(world, ticket.owner_id),
      customer: user(world, ticket.customer_id),
      created_by: user(world, ticket.created_by_id),
      updated_by: user(world, ticket.updated_by_id),
      organization: organization(world, ticket.organization_id),
      priority: priority ? sorted({ ...priority }) : {},
      group: group(world, ticket.group_id),
    }),
    article: row ? article(world, row) : {},
  };
}
