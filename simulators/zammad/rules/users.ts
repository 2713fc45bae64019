import type { Act } from '../act.js';
import { articlesOfTicket, changeTicket, dropUser, putArticle, putEntry, putUser } from '../row-index.js';
import type { UserRow } from '../world.js';
import { saveTicket, touchTicket } from './save-ticket.js';
import { destroyTicket } from './tickets.js';

/** At most this many tickets follow a customer to another organization; the rest keep the old one. */
const REASSIGNED_TICKETS = 100;

/** True when tickets, articles or entries still name the user, so that a plain delete is refused. */
export function isReferenced(act: Pick<Act, 'world'>, user: UserRow): boolean {
  const { world } = act;
  const names = (row: { created_by_id: number }): boolean => row.created_by_id === user.id;
  return (
    Object.values(world.entries).some(names) ||
    Object.values(world.articles).some(names) ||
    Object.values(world.tickets).some(
      (row) => names(row) || row.customer_id === user.id || row.owner_id === user.id,
    )
  );
}

/**
 * Erases a user as a data privacy task does: the tickets where they are the customer go with all entries;
 * whatever else names them is saved again with user 1, time entries included.
 */
export function eraseUser(act: Act, user: UserRow): void {
  const { world } = act;
  const owners = <T extends { created_by_id: number; updated_by_id: number }>(row: T) => ({
    created_by_id: row.created_by_id === user.id ? 1 : row.created_by_id,
    updated_by_id: row.updated_by_id === user.id ? 1 : row.updated_by_id,
  });
  for (const ticket of Object.values(world.tickets)) {
    if (ticket.customer_id === user.id) {
      destroyTicket(act, ticket);
      continue;
    }
    const named = ticket.created_by_id === user.id || ticket.updated_by_id === user.id;
    if (ticket.owner_id === user.id) saveTicket(act, ticket, { owner_id: 1 });
    else if (named) touchTicket(act, ticket);
    if (named) changeTicket(world, ticket, owners(ticket));
    for (const article of articlesOfTicket(world, ticket.id)) {
      if (article.created_by_id !== user.id && article.updated_by_id !== user.id) continue;
      putArticle(world, { ...article, ...owners(article), updated_at: act.at });
    }
  }
  for (const entry of Object.values(world.entries)) {
    if (entry.created_by_id === user.id) putEntry(world, { ...entry, created_by_id: 1, updated_at: act.at });
  }
  world.tokens = world.tokens.filter((token) => token.user_id !== user.id);
  dropUser(world, user.id);
}

/** Gives a customer another organization; the first 100 of their tickets of the old one follow, the rest stay. */
export function moveToOrganization(act: Act, user: UserRow, organizationId: number | null): void {
  const { world } = act;
  const before = user.organization_id;
  if (before === organizationId) return;
  user.organization_id = organizationId;
  putUser(world, user);
  if (!world.settings.ticket_organization_reassignment) return;
  const following = Object.values(world.tickets)
    .filter((ticket) => ticket.customer_id === user.id && ticket.organization_id === before)
    .sort((a, b) => b.id - a.id)
    .slice(0, REASSIGNED_TICKETS);
  for (const ticket of following) saveTicket(act, ticket, { organization_id: organizationId });
}
