import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { cellText } from '../cell-text.js';
import { decimalText } from '../decimal.js';
import { EXCEL_TYPE, excelFile, type Cell } from '../excel.js';
import { integer, sent } from '../params.js';
import { plainUser, rawTicket } from '../render/records.js';
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

type Report = {
  /** As in the path and in the file's name. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly unknown[];
  readonly header: readonly string[];
  readonly sheet: () => readonly (readonly Cell[])[];
};

/** Rows as JSON, of which `limit` keeps the last (6.5+), or with `download=true` all of them as an Excel file. */
function report(visit: Visit, { name, title, rows, header, sheet }: Report): Reply {
  const { year, month } = visit.path;
  const period = `${cellText(year)}-${cellText(month)}`;
  if (sent(visit.params, 'download')) {
    return {
      status: 200,
      headers: {
        'content-type': EXCEL_TYPE,
        'content-disposition': `attachment; filename="${name}-${period}.xlsx"; filename*=UTF-8''${name}-${period}.xlsx`,
      },
      body: excelFile(`${title} ${period}`, header, sheet()),
    };
  }
  const limit = versionNumber(visit.world) >= 605 ? integer(visit.params['limit']) : null;
  return answer(200, limit === null ? rows : rows.slice(Math.max(0, rows.length - limit)));
}

const units = (hundredths: number): number => hundredths / 100;

function byActivity(visit: Visit): Reply {
  const { world } = visit;
  require(world, visit.caller, 'admin.time_accounting');
  const typed = world.settings.time_accounting_types;
  const typeOf = ({ type_id }: EntryRow): string =>
    type_id === null ? '-' : (world.types[type_id]?.name ?? '-');
  const all = lines(visit);
  return report(visit, {
    name: 'by_activity',
    title: 'By Activity',
    rows: all.map(({ entry, ticket }) => ({
      ticket: rawTicket(world, ticket),
      time_unit: decimalText(entry.time_unit),
      ...(typed ? { type: typeOf(entry) } : {}),
      customer: fullName(world.users[ticket.customer_id]),
      organization: organizationName(world, ticket),
      agent: fullName(world.users[entry.created_by_id]),
      created_at: entry.created_at,
    })),
    header: [
      ...[
        'Ticket#',
        'Title',
        'Customer - Name',
        'Organization',
        'Agent - Name',
        'Agent - Login',
        'Time Units',
      ],
      ...(typed ? ['Activity Type'] : []),
      'Created at',
    ],
    sheet: () =>
      all.map(({ entry, ticket }) => [
        ...[ticket.number, ticket.title, fullName(world.users[ticket.customer_id])],
        ...[organizationName(world, ticket), fullName(world.users[entry.created_by_id])],
        ...[world.users[entry.created_by_id]?.login ?? '-', units(entry.time_unit)],
        ...(typed ? [typeOf(entry)] : []),
        entry.created_at,
      ]),
  });
}

/** Lines that share a key, in the order in which the keys first appear; lines without one are left out. */
function grouped(visit: Visit, key: (line: Line) => string | null): readonly (readonly [Line, ...Line[]])[] {
  require(visit.world, visit.caller, 'admin.time_accounting');
  const groups = new Map<string, [Line, ...Line[]]>();
  for (const line of lines(visit)) {
    const name = key(line);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(line);
    else groups.set(name, [line]);
  }
  return [...groups.values()];
}

const total = (group: readonly Line[]): number => group.reduce((sum, { entry }) => sum + entry.time_unit, 0);

function byTicket(visit: Visit): Reply {
  const { world } = visit;
  const groups = grouped(visit, ({ ticket }) => String(ticket.id));
  const facts = (group: readonly [Line, ...Line[]]) => {
    const [{ entry, ticket }] = group;
    return {
      ticket: rawTicket(world, ticket),
      time_unit: decimalText(total(group)),
      customer: fullName(world.users[ticket.customer_id]),
      organization: organizationName(world, ticket),
      // The creator of the first entry, not the owner as the handbook says.
      agent: fullName(world.users[entry.created_by_id]),
    };
  };
  return report(visit, {
    name: 'by_ticket',
    title: 'Tickets:',
    rows: groups.map(facts),
    header: ['Ticket#', 'Title', 'Customer', 'Organization', 'Agent', 'Time Units'],
    sheet: () =>
      groups.map((group) => {
        const [{ ticket }] = group;
        const { customer, organization, agent } = facts(group);
        return [ticket.number, ticket.title, customer, organization, agent, units(total(group))];
      }),
  });
}

/** The raw user row, as Zammad returns it: the password hash column is part of it. */
function rawUser(user: UserRow | undefined): unknown {
  if (!user) return null;
  const columns = Object.entries(plainUser(user)).filter(([name]) => !/_ids$/.test(name));
  return {
    ...Object.fromEntries(columns),
    password: '$argon2id$v=19$m=65536,t=2,p=1$c2ltdWxhdGVk$c2ltdWxhdGVk',
  };
}

function byCustomer(visit: Visit): Reply {
  const { world } = visit;
  const found = grouped(visit, ({ ticket }) => `${ticket.customer_id}/${ticket.organization_id ?? ''}`);
  const customerOf = ([{ ticket }]: readonly [Line, ...Line[]]): number => ticket.customer_id;
  // A customer of two organizations has two rows, one after the other.
  const customers = [...new Set(found.map(customerOf))];
  const groups = customers.flatMap((id) => found.filter((group) => customerOf(group) === id));
  return report(visit, {
    name: 'by_customer',
    title: 'By Customer',
    rows: groups.map((group) => ({
      customer: rawUser(world.users[group[0].ticket.customer_id]),
      organization: world.organizations[group[0].ticket.organization_id ?? 0] ?? null,
      time_unit: decimalText(total(group)),
    })),
    header: ['Customer', 'Organization', 'Time Units'],
    sheet: () =>
      groups.map((group) => {
        const [{ ticket }] = group;
        const organization = world.organizations[ticket.organization_id ?? 0]?.name ?? '';
        return [fullName(world.users[ticket.customer_id]), organization, units(total(group))];
      }),
  });
}

function byOrganization(visit: Visit): Reply {
  const { world } = visit;
  const groups = grouped(visit, ({ ticket }) =>
    ticket.organization_id === null ? null : String(ticket.organization_id),
  );
  const organizationOf = ([{ ticket }]: readonly [Line, ...Line[]]) =>
    world.organizations[ticket.organization_id ?? 0] ?? null;
  return report(visit, {
    name: 'by_organization',
    title: 'By Organization',
    rows: groups.map((group) => ({
      organization: organizationOf(group),
      time_unit: decimalText(total(group)),
    })),
    header: ['Organization', 'Time Units'],
    sheet: () => groups.map((group) => [organizationOf(group)?.name ?? '', units(total(group))]),
  });
}

/** The monthly log: no paging, no entry ids. */
export const reportRoutes: RouteTable = [
  ['GET', '/api/v1/time_accounting/log/by_activity/:year/:month', byActivity],
  ['GET', '/api/v1/time_accounting/log/by_ticket/:year/:month', byTicket],
  ['GET', '/api/v1/time_accounting/log/by_customer/:year/:month', byCustomer],
  ['GET', '/api/v1/time_accounting/log/by_organization/:year/:month', byOrganization],
];
