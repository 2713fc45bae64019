import type { Reply } from '../../kit/index.js';
import { can, require } from '../caller.js';
import { forbidden, invalid, unprocessable } from '../errors.js';
import { readPage, takePage } from '../paging.js';
import { flag, sent, text, type Params } from '../params.js';
import { ownAssets } from '../render/assets.js';
import { expandedOrganization, plainOrganization } from '../render/records.js';
import { membersOf, secondaryMembersOf } from '../row-index.js';
import { nextId, type OrganizationRow } from '../world.js';
import {
  answer,
  find,
  indexAnswer,
  listAnswer,
  pathId,
  recordAnswer,
  type RouteTable,
  type Visit,
} from './visit.js';

const SEARCH_PAGE = { standard: 50, max: 200 } as const;
const COLUMNS = new Set(['id', 'name', 'shared', 'domain', 'active', 'note', 'created_at', 'updated_at']);

const views = (visit: Visit) => ({
  plain: (row: OrganizationRow) => plainOrganization(visit.world, row),
  expand: (row: OrganizationRow) => expandedOrganization(visit.world, row),
  assets: (rows: readonly OrganizationRow[]) => {
    const records = rows.map((row) => ({ ...plainOrganization(visit.world, row), id: row.id }));
    return ownAssets(visit.world, 'Organization', records);
  },
});

const seesAll = (visit: Visit): boolean =>
  can(visit.world, visit.caller, 'ticket.agent') || can(visit.world, visit.caller, 'admin.organization');

function visible(visit: Visit): OrganizationRow[] {
  const { user } = visit.caller;
  const rows = Object.values(visit.world.organizations);
  if (seesAll(visit)) return rows;
  return rows.filter((row) => row.id === user.organization_id || user.organization_ids.includes(row.id));
}

const index = (visit: Visit): Reply => indexAnswer(visit, visible(visit), COLUMNS, views(visit));

function search(visit: Visit): Reply {
  const needle = (text(visit.params, 'query') ?? text(visit.params, 'term') ?? '')
    .replaceAll('*', '')
    .toLowerCase();
  const rows = visible(visit).filter((row) =>
    [row.name, row.domain, row.note].some((cell) => cell.toLowerCase().includes(needle)),
  );
  return listAnswer(visit, takePage(rows, readPage(visit.params, SEARCH_PAGE)), rows.length, views(visit));
}

function show(visit: Visit): Reply {
  const { user } = visit.caller;
  const id = pathId(visit);
  if (!seesAll(visit)) {
    // A caller without any organization and without the right learns nothing, politely.
    if (user.organization_id === null) return answer(200, {});
    if (user.organization_id !== id && !user.organization_ids.includes(id)) throw forbidden();
  }
  return recordAnswer(visit, find(visit.world, visit.world.organizations, 'Organization', id), views(visit));
}

/** The row with what a body says of it. */
function applied(visit: Visit, before: OrganizationRow, params: Params): OrganizationRow {
  const flagOr = (name: string, standard: boolean): boolean =>
    sent(params, name) ? flag(params, name) : standard;
  const row: OrganizationRow = {
    ...before,
    name: text(params, 'name') ?? before.name,
    shared: flagOr('shared', before.shared),
    domain: text(params, 'domain') ?? before.domain,
    domain_assignment: flagOr('domain_assignment', before.domain_assignment),
    active: flagOr('active', before.active),
    vip: flagOr('vip', before.vip),
    note: text(params, 'note') ?? before.note,
  };
  if (row.name.trim() === '') throw invalid("Name can't be blank");
  const others = Object.values(visit.world.organizations).filter((other) => other.id !== row.id);
  if (others.some((other) => other.name.toLowerCase() === row.name.toLowerCase()))
    throw invalid('This object already exists.');
  return row;
}

function create(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.organization', 'ticket.agent');
  const blank: OrganizationRow = {
    id: 0,
    name: '',
    shared: true,
    domain: '',
    domain_assignment: false,
    active: true,
    vip: false,
    note: '',
    created_by_id: caller.user.id,
    updated_by_id: caller.user.id,
    created_at: at,
    updated_at: at,
  };
  const row = { ...applied(visit, blank, params), id: nextId(world, 'organizations') };
  world.organizations[row.id] = row;
  return recordAnswer(visit, row, views(visit), 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.organization', 'ticket.agent');
  const before = find(world, world.organizations, 'Organization', pathId(visit));
  const next = { ...applied(visit, before, params), updated_at: at, updated_by_id: caller.user.id };
  world.organizations[next.id] = next;
  return recordAnswer(visit, next, views(visit));
}

function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'admin.organization');
  const { id } = find(world, world.organizations, 'Organization', pathId(visit));
  const named =
    membersOf(world, id).length > 0 ||
    secondaryMembersOf(world, id).length > 0 ||
    Object.values(world.tickets).some((ticket) => ticket.organization_id === id);
  if (named) throw unprocessable("Can't delete, object has references.");
  delete world.organizations[id];
  return answer(200, {});
}

/** Organizations: agents see all, customers their own. */
export const organizationRoutes: RouteTable = [
  ['GET', '/api/v1/organizations', index],
  ['POST', '/api/v1/organizations', create],
  ['GET', '/api/v1/organizations/search', search],
  ['POST', '/api/v1/organizations/search', search],
  ['GET', '/api/v1/organizations/:id', show],
  ['PUT', '/api/v1/organizations/:id', update],
  ['DELETE', '/api/v1/organizations/:id', destroy],
];
