import type { Reply } from '../../kit/index.js';
import { can, require } from '../caller.js';
import { forbidden, invalid } from '../errors.js';
import { readPage, readSort, sortRows, takePage } from '../paging.js';
import { flag, sent, text } from '../params.js';
import { ownAssets } from '../render/assets.js';
import { authors, expandedOrganization, plainGroup, plainOrganization } from '../render/records.js';
import { nextId, type GroupRow, type OrganizationRow } from '../world.js';
import { answer, find, listAnswer, pathId, recordAnswer, type RouteTable, type Visit } from './visit.js';

const PAGE = { standard: 500, max: 1000 } as const;
const COLUMNS = new Set(['id', 'name', 'active', 'note', 'created_at', 'updated_at']);

function paged<T extends { readonly id: number }>(visit: Visit, rows: readonly T[]): readonly T[] {
  const terms = readSort(visit.params, COLUMNS, { column: 'id', direction: 'asc' });
  return takePage(sortRows(rows, terms), readPage(visit.params, PAGE));
}

const organizationViews = (visit: Visit) => ({
  plain: (row: OrganizationRow) => plainOrganization(visit.world, row),
  expand: (row: OrganizationRow) => expandedOrganization(visit.world, row),
  assets: (rows: readonly OrganizationRow[]) => {
    return ownAssets(
      'Organization',
      rows.map((row) => ({ ...plainOrganization(visit.world, row), id: row.id })),
    );
  },
});

const seesAll = (visit: Visit): boolean =>
  can(visit.world, visit.caller, 'ticket.agent') || can(visit.world, visit.caller, 'admin.organization');

function organizations(visit: Visit): Reply {
  const { user } = visit.caller;
  const rows = Object.values(visit.world.organizations);
  const scope = seesAll(visit) ? rows : rows.filter((row) => row.id === user.organization_id);
  return listAnswer(visit, paged(visit, scope), scope.length, organizationViews(visit));
}

function organization(visit: Visit): Reply {
  const { user } = visit.caller;
  if (!seesAll(visit)) {
    // A caller without any organization and without the right learns nothing, politely.
    if (user.organization_id === null) return answer(200, {});
    if (user.organization_id !== pathId(visit)) throw forbidden();
  }
  const row = find(visit.world, visit.world.organizations, 'Organization', pathId(visit));
  return recordAnswer(visit, row, organizationViews(visit));
}

function refuseName(visit: Visit, name: string, self: number | null): void {
  if (name.trim() === '') throw invalid("Name can't be blank");
  const rows = Object.values(visit.world.organizations);
  if (rows.some((row) => row.id !== self && row.name.toLowerCase() === name.toLowerCase())) {
    throw invalid('This object already exists.');
  }
}

function createOrganization(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.organization', 'ticket.agent');
  const name = text(params, 'name') ?? '';
  refuseName(visit, name, null);
  const row: OrganizationRow = {
    id: nextId(world, 'organizations'),
    name,
    shared: !sent(params, 'shared') || flag(params, 'shared'),
    domain: text(params, 'domain') ?? '',
    domain_assignment: flag(params, 'domain_assignment'),
    active: true,
    vip: false,
    note: text(params, 'note') ?? '',
    created_by_id: caller.user.id,
    updated_by_id: caller.user.id,
    created_at: at,
    updated_at: at,
  };
  world.organizations[row.id] = row;
  return recordAnswer(visit, row, organizationViews(visit), 201);
}

function updateOrganization(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.organization', 'ticket.agent');
  const row = find(world, world.organizations, 'Organization', pathId(visit));
  const name = text(params, 'name') ?? row.name;
  refuseName(visit, name, row.id);
  row.name = name;
  if (sent(params, 'active')) row.active = flag(params, 'active');
  row.updated_at = at;
  row.updated_by_id = caller.user.id;
  return recordAnswer(visit, row, organizationViews(visit));
}

const groupViews = (visit: Visit) => ({
  plain: (row: GroupRow) => plainGroup(visit.world, row),
  expand: (row: GroupRow) => ({ ...plainGroup(visit.world, row), ...authors(visit.world, row) }),
  assets: (rows: readonly GroupRow[]) => {
    return ownAssets(
      'Group',
      rows.map((row) => ({ ...plainGroup(visit.world, row), id: row.id })),
    );
  },
});

function requireGroups(visit: Visit): void {
  require(visit.world, visit.caller, 'ticket.agent', 'admin.group', 'ticket.customer');
}

function groups(visit: Visit): Reply {
  requireGroups(visit);
  const rows = Object.values(visit.world.groups);
  return listAnswer(visit, paged(visit, rows), rows.length, groupViews(visit));
}

function group(visit: Visit): Reply {
  requireGroups(visit);
  return recordAnswer(
    visit,
    find(visit.world, visit.world.groups, 'Group', pathId(visit)),
    groupViews(visit),
  );
}

function createGroup(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.group');
  const name = text(params, 'name') ?? '';
  if (name.trim() === '') throw invalid("Name can't be blank");
  if (Object.values(world.groups).some((row) => row.name === name))
    throw invalid('Name has already been taken');
  const by = { created_by_id: caller.user.id, updated_by_id: caller.user.id, created_at: at, updated_at: at };
  const row: GroupRow = { id: nextId(world, 'groups'), name, active: true, ...by };
  world.groups[row.id] = row;
  return recordAnswer(visit, row, groupViews(visit), 201);
}

function states(visit: Visit): Reply {
  require(visit.world, visit.caller, 'ticket.agent', 'admin.object', 'ticket.customer');
  return answer(200, Object.values(visit.world.ticket_states));
}

function priorities(visit: Visit): Reply {
  require(visit.world, visit.caller, 'ticket.agent', 'admin.object', 'ticket.customer');
  return answer(200, Object.values(visit.world.ticket_priorities));
}

/** Organizations, groups, ticket states and priorities. */
export const structureRoutes: RouteTable = [
  ['GET', '/api/v1/organizations', organizations],
  ['POST', '/api/v1/organizations', createOrganization],
  ['GET', '/api/v1/organizations/:id', organization],
  ['PUT', '/api/v1/organizations/:id', updateOrganization],
  ['GET', '/api/v1/groups', groups],
  ['POST', '/api/v1/groups', createGroup],
  ['GET', '/api/v1/groups/:id', group],
  ['GET', '/api/v1/ticket_states', states],
  ['GET', '/api/v1/ticket_priorities', priorities],
];
