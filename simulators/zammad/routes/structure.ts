import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { invalid, unprocessable } from '../errors.js';
import { flag, sent, text } from '../params.js';
import { ownAssets } from '../render/assets.js';
import { authors, plainGroup, type Json } from '../render/records.js';
import { nextId, type GroupRow, type Rows } from '../world.js';
import { answer, find, indexAnswer, pathId, recordAnswer, type RouteTable, type Visit } from './visit.js';

const COLUMNS = new Set(['id', 'name', 'active', 'note', 'created_at', 'updated_at']);

const groupViews = (visit: Visit) => ({
  plain: (row: GroupRow) => plainGroup(visit.world, row),
  expand: (row: GroupRow) => ({ ...plainGroup(visit.world, row), ...authors(visit.world, row) }),
  assets: (rows: readonly GroupRow[]) => {
    const records = rows.map((row) => ({ ...plainGroup(visit.world, row), id: row.id }));
    return ownAssets(visit.world, 'Group', records);
  },
});

function requireGroups(visit: Visit): void {
  require(visit.world, visit.caller, 'ticket.agent', 'admin.group', 'ticket.customer');
}

function groups(visit: Visit): Reply {
  requireGroups(visit);
  return indexAnswer(visit, Object.values(visit.world.groups), COLUMNS, groupViews(visit));
}

function group(visit: Visit): Reply {
  requireGroups(visit);
  return recordAnswer(
    visit,
    find(visit.world, visit.world.groups, 'Group', pathId(visit)),
    groupViews(visit),
  );
}

/** The row with what a body says of it; `name_last` and `parent_id` make the path (6.2+). */
function appliedGroup(visit: Visit, before: GroupRow): GroupRow {
  const { world, params } = visit;
  const parent = world.groups[Number(params['parent_id'] ?? 0)];
  const last = text(params, 'name_last');
  const path = last === null ? null : [...(parent ? [parent.name] : []), last].join('::');
  const name = path ?? text(params, 'name') ?? before.name;
  if (name.trim() === '') throw invalid("Name can't be blank");
  const others = Object.values(world.groups).filter((other) => other.id !== before.id);
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    throw invalid('Name has already been taken');
  return { ...before, name, active: sent(params, 'active') ? flag(params, 'active') : before.active };
}

function createGroup(visit: Visit): Reply {
  const { world, caller, at } = visit;
  require(world, caller, 'admin.group');
  const by = { created_by_id: caller.user.id, updated_by_id: caller.user.id, created_at: at, updated_at: at };
  const draft = appliedGroup(visit, { id: 0, name: '', active: true, ...by });
  const row = { ...draft, id: nextId(world, 'groups') };
  world.groups[row.id] = row;
  return recordAnswer(visit, row, groupViews(visit), 201);
}

function updateGroup(visit: Visit): Reply {
  const { world, caller, at } = visit;
  require(world, caller, 'admin.group');
  const before = find(world, world.groups, 'Group', pathId(visit));
  const row = { ...appliedGroup(visit, before), updated_at: at, updated_by_id: caller.user.id };
  world.groups[row.id] = row;
  return recordAnswer(visit, row, groupViews(visit));
}

function destroyGroup(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'admin.group');
  const { id } = find(world, world.groups, 'Group', pathId(visit));
  const named =
    Object.values(world.tickets).some((ticket) => ticket.group_id === id) ||
    Object.values(world.users).some((user) => Object.hasOwn(user.group_ids, id));
  if (named) throw unprocessable("Can't delete, object has references.");
  delete world.groups[id];
  return answer(200, {});
}

type Lookup = { readonly id: number; readonly name: string };

/** A read-only table that names what tickets refer to by id. */
function lookups(path: string, model: string, rows: (visit: Visit) => Rows<Lookup>): RouteTable {
  const views = (visit: Visit) => {
    const plain = (row: Lookup): Json & Lookup => ({ ...row, updated_by_id: 1, created_by_id: 1 });
    return {
      plain,
      expand: (row: Lookup): Json => ({ ...plain(row), created_by: '-', updated_by: '-' }),
      assets: (shown: readonly Lookup[]) => ownAssets(visit.world, model, shown.map(plain)),
    };
  };
  const mayRead = (visit: Visit): void =>
    require(visit.world, visit.caller, 'ticket.agent', 'admin.object', 'ticket.customer');
  return [
    [
      'GET',
      path,
      (visit) => (mayRead(visit), indexAnswer(visit, Object.values(rows(visit)), COLUMNS, views(visit))),
    ],
    [
      'GET',
      `${path}/:id`,
      (visit) => {
        mayRead(visit);
        return recordAnswer(visit, find(visit.world, rows(visit), model, pathId(visit)), views(visit));
      },
    ],
  ];
}

function roles(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'admin.role', 'admin.user', 'ticket.agent');
  return answer(
    200,
    Object.values(world.roles).map(({ id, name }) => ({ id, name, active: true })),
  );
}

/** Groups, roles, ticket states and priorities. */
export const structureRoutes: RouteTable = [
  ['GET', '/api/v1/groups', groups],
  ['POST', '/api/v1/groups', createGroup],
  ['GET', '/api/v1/groups/:id', group],
  ['PUT', '/api/v1/groups/:id', updateGroup],
  ['DELETE', '/api/v1/groups/:id', destroyGroup],
  ['GET', '/api/v1/roles', roles],
  ...lookups('/api/v1/ticket_states', 'TicketState', ({ world }) => world.ticket_states),
  ...lookups('/api/v1/ticket_priorities', 'TicketPriority', ({ world }) => world.ticket_priorities),
];
