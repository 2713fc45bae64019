import { forbidden } from './errors.js';
import { versionNumber, type GroupAccess, type TicketRow, type UserRow, type ZammadWorld } from './world.js';

/** Who is calling. `tokenPermissions` is null when the credentials do not narrow the user's rights (OAuth, Basic). */
export type Caller = { readonly user: UserRow; readonly tokenPermissions: readonly string[] | null };

function covers(held: readonly string[], wanted: string): boolean {
  return held.some((permission) => permission === wanted || wanted.startsWith(`${permission}.`));
}

/** All permissions that a user's roles give. */
export function userPermissions(world: ZammadWorld, user: UserRow): string[] {
  return user.role_ids.flatMap((id) => world.roles[id]?.permissions ?? []);
}

/** True when the user has the permission, whatever the token may narrow. */
export function userCan(world: ZammadWorld, user: UserRow, permission: string): boolean {
  return covers(userPermissions(world, user), permission);
}

/** True when both the user and the token have the permission; a parent covers its children. */
export function can(world: ZammadWorld, caller: Caller, permission: string): boolean {
  if (!userCan(world, caller.user, permission)) return false;
  return caller.tokenPermissions === null || covers(caller.tokenPermissions, permission);
}

/** True when user and token have the permission itself or anything below it (`admin` → any `admin.*`). */
export function canAnyOf(world: ZammadWorld, caller: Caller, prefix: string): boolean {
  const below = (held: readonly string[]): boolean =>
    held.some((permission) => permission === prefix || permission.startsWith(`${prefix}.`));
  return (
    below(userPermissions(world, caller.user)) &&
    (caller.tokenPermissions === null || below(caller.tokenPermissions))
  );
}

/** The refusal of a controller's permission check; a token caller reads about the token, whoever lacks the right. */
export function permissionRefusal(world: ZammadWorld, caller: Caller): Error {
  const who = caller.tokenPermissions === null ? 'user' : 'token';
  if (versionNumber(world) < 600) return forbidden(`Not authorized (${who})!`);
  return forbidden(who === 'token' ? 'Token authorization failed.' : 'User authorization failed.');
}

/** Throws 403 unless the caller has one of the permissions. */
export function require(world: ZammadWorld, caller: Caller, ...permissions: readonly string[]): void {
  if (!permissions.some((permission) => can(world, caller, permission)))
    throw permissionRefusal(world, caller);
}

/** True when the user's access to the group includes one of the wanted kinds (or full). */
export function groupAccess(user: UserRow, groupId: number, wanted: readonly GroupAccess[]): boolean {
  const held = user.group_ids[groupId] ?? [];
  return held.includes('full') || wanted.some((kind) => held.includes(kind));
}

/** Agent access to a ticket under the token's permissions. */
export function agentMay(
  world: ZammadWorld,
  caller: Caller,
  ticket: Pick<TicketRow, 'group_id'>,
  wanted: readonly GroupAccess[],
): boolean {
  return can(world, caller, 'ticket.agent') && groupAccess(caller.user, ticket.group_id, wanted);
}

function isCustomersTicket(world: ZammadWorld, user: UserRow, ticket: TicketRow): boolean {
  if (ticket.customer_id === user.id) return true;
  if (ticket.organization_id === null || world.organizations[ticket.organization_id]?.shared !== true)
    return false;
  return (
    ticket.organization_id === user.organization_id || user.organization_ids.includes(ticket.organization_id)
  );
}

/** `TicketPolicy#show?`: agent with read access, or the customer's own or shared ticket; token permissions count. */
export function mayShowTicket(world: ZammadWorld, caller: Caller, ticket: TicketRow): boolean {
  if (agentMay(world, caller, ticket, ['read'])) return true;
  return can(world, caller, 'ticket.customer') && isCustomersTicket(world, caller.user, ticket);
}

/** `TicketPolicy#update?`: agents with change access; customers of the ticket, unless they may read it as agents. */
export function mayChangeTicket(world: ZammadWorld, caller: Caller, ticket: TicketRow): boolean {
  if (agentMay(world, caller, ticket, ['change'])) return true;
  if (agentMay(world, caller, ticket, ['read'])) return false;
  return can(world, caller, 'ticket.customer') && isCustomersTicket(world, caller.user, ticket);
}

/**
 * `TicketPolicy::ReadScope`: what list and search show, by the user's own rights and not the token's. Whoever is
 * neither agent nor customer but may report sees everything.
 */
export function readScope(world: ZammadWorld, user: UserRow): (ticket: TicketRow) => boolean {
  const isAgent = userCan(world, user, 'ticket.agent');
  const isCustomer = userCan(world, user, 'ticket.customer');
  if (!isAgent && !isCustomer) {
    const sees = userCan(world, user, 'report');
    return () => sees;
  }
  const groups = new Set(
    Object.keys(isAgent ? user.group_ids : {})
      .map(Number)
      .filter((id) => groupAccess(user, id, ['read'])),
  );
  return (ticket) => groups.has(ticket.group_id) || (isCustomer && isCustomersTicket(world, user, ticket));
}
