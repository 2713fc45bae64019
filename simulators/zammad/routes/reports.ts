import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { decimalText } from '../decimal.js';
import { integer } from '../params.js';
import { rawTicket } from '../render/records.js';
import { versionNumber, type EntryRow, type TicketRow, type UserRow, type ZammadWorld } from '../world.js';
import { answer, type RouteTable, type Visit } from './visit.js';
import { monthBounds } from '../month-bounds.js';

type Line = { readonly entry: EntryRow; readonly ticket: TicketRow };

const fullName = (user: UserRow | undefined): string =>
  `${user?.firstname ?? '-'} ${user?.lastname ?? ''}`.trim();

/** The month's entries whose ticket still exists; months end at midnight UTC, since 6.5 in the default zone. */
function lines(visit: Visit): Line[] {
  const { world, path } = visit;
  const zone = versionNumber(world) >= 605 ? world.settings.timezone_default : 'UTC';
  const [from, to] = monthBounds(integer(path['year']) ?? 0, integer(path['month']) ?? 0, zone);
  return Object.values(world.entries).flatMap((entry) => {
    const ticket = world.tickets[entry.ticket_id];
    return ticket && entry.created_at >= from && entry.created_at < to ? [{ entry, ticket }] : [];
  });
}

const organizationName = (world: ZammadWorld, ticket: TicketRow): string =>
  ticket.organization_id === null ? '-' : (world.organizations[ticket.organization_id]?.name ?? '-');

/** `limit` keeps the last rows (6.5+). */
function report(visit: Visit, rows: readonly unknown[]): Reply {
  const limit = versionNumber(visit.world) >= 605 ? integer(visit.params['limit']) : null;
  return answer(200, limit === null ? rows : rows.slice(Math.max(0, rows.length - limit)));
}

function byActivity(visit: Visit): Reply {
  const { world } = visit;
  require(world, visit.caller, 'admin.time_accounting');
  const typed = world.settings.time_accounting_types;
  const rows = lines(visit).map(({ entry, ticket }) => ({
    ticket: rawTicket(world, ticket),
    time_unit: decimalText(entry.time_unit),
    ...(typed ? { type: entry.type_id === null ? '-' : (world.types[entry.type_id]?.name ?? '-') } : {}),
    customer: fullName(world.users[ticket.customer_id]),
    organization: organizationName(world, ticket),
    agent: fullName(world.users[entry.created_by_id]),
    created_at: entry.created_at,
  }));
  return report(visit, rows);
}

function sums(all: readonly Line[], key: (line: Line) => string | null): Map<string, readonly Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of all) {
    const name = key(line);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), line]);
  }
  return groups;
}

const total = (group: readonly Line[]): string =>
  decimalText(group.reduce((sum, { entry }) => sum + entry.time_unit, 0));

function grouped(
  visit: Visit,
  key: (line: Line) => string | null,
  row: (first: Line, group: readonly Line[]) => unknown,
): Reply {
  require(visit.world, visit.caller, 'admin.time_accounting');
  const groups = [...sums(lines(visit), key).values()];
  return report(
    visit,
    groups.flatMap((group) => (group[0] ? [row(group[0], group)] : [])),
  );
}

function byTicket(visit: Visit): Reply {
  const { world } = visit;
  return grouped(
    visit,
    ({ ticket }) => String(ticket.id),
    ({ entry, ticket }, group) => ({
      ticket: rawTicket(world, ticket),
      time_unit: total(group),
      customer: fullName(world.users[ticket.customer_id]),
      organization: organizationName(world, ticket),
      // The creator of the first entry, not the owner as the handbook says.
      agent: fullName(world.users[entry.created_by_id]),
    }),
  );
}

/** The raw user row, as Zammad returns it: the password hash column is part of it. */
const rawUser = (user: UserRow | undefined) => ({
  ...user,
  password: '{sha2}2e7d2c03a9507ae265ecf5b5356885a5',
});

function byCustomer(visit: Visit): Reply {
  const { world } = visit;
  return grouped(
    visit,
    ({ ticket }) => `${ticket.customer_id}/${ticket.organization_id ?? ''}`,
    ({ ticket }, group) => ({
      customer: rawUser(world.users[ticket.customer_id]),
      organization:
        ticket.organization_id === null ? null : (world.organizations[ticket.organization_id] ?? null),
      time_unit: total(group),
    }),
  );
}

function byOrganization(visit: Visit): Reply {
  const { world } = visit;
  return grouped(
    visit,
    ({ ticket }) => (ticket.organization_id === null ? null : String(ticket.organization_id)),
    ({ ticket }, group) => ({
      organization: world.organizations[ticket.organization_id ?? 0] ?? null,
      time_unit: total(group),
    }),
  );
}

/** The monthly log: no paging, no entry ids. */
export const reportRoutes: RouteTable = [
  ['GET', '/api/v1/time_accounting/log/by_activity/:year/:month', byActivity],
  ['GET', '/api/v1/time_accounting/log/by_ticket/:year/:month', byTicket],
  ['GET', '/api/v1/time_accounting/log/by_customer/:year/:month', byCustomer],
  ['GET', '/api/v1/time_accounting/log/by_organization/:year/:month', byOrganization],
];
