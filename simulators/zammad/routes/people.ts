import type { Reply } from '../../kit/index.js';
import { makeUser } from '../base-world.js';
import { can, canAnyOf, require } from '../caller.js';
import { forbidden, invalid, unprocessable } from '../errors.js';
import { readPage, takePage } from '../paging.js';
import { flag, integer, sent, text } from '../params.js';
import { addUser, type Assets } from '../render/assets.js';
import { expandedUser, plainUser } from '../render/records.js';
import { eraseUser, isReferenced, moveToOrganization } from '../rules/users.js';
import { nextId, type UserRow, type ZammadWorld } from '../world.js';
import { answer, find, listAnswer, pathId, recordAnswer, type RouteTable, type Visit } from './visit.js';

const LIST_PAGE = { standard: 100, max: 1000 } as const;
const SEARCH_PAGE = { standard: 50, max: 200 } as const;

function userAssets(world: ZammadWorld, users: readonly UserRow[]): Assets {
  const assets: Assets = {};
  for (const user of users) addUser(world, assets, user.id);
  return assets;
}

const renderers = (visit: Visit) => ({
  plain: plainUser,
  expand: (user: UserRow) => expandedUser(visit.world, user),
  assets: (users: readonly UserRow[]) => userAssets(visit.world, users),
});

const seesAll = (visit: Visit): boolean =>
  canAnyOf(visit.world, visit.caller, 'admin') || can(visit.world, visit.caller, 'ticket.agent');

function index(visit: Visit): Reply {
  const scope = seesAll(visit) ? Object.values(visit.world.users) : [visit.caller.user];
  return listAnswer(
    visit,
    takePage(scope, readPage(visit.params, LIST_PAGE)),
    scope.length,
    renderers(visit),
  );
}

function search(visit: Visit): Reply {
  if (!seesAll(visit)) throw forbidden();
  const needle = (text(visit.params, 'query') ?? text(visit.params, 'term') ?? '')
    .replaceAll('*', '')
    .toLowerCase();
  const rows = Object.values(visit.world.users).filter((user) =>
    [user.login, user.firstname, user.lastname, user.email ?? '', `${user.firstname} ${user.lastname}`].some(
      (cell) => cell.toLowerCase().includes(needle),
    ),
  );
  return listAnswer(
    visit,
    takePage(rows, readPage(visit.params, SEARCH_PAGE)),
    rows.length,
    renderers(visit),
  );
}

function show(visit: Visit): Reply {
  const user = find(visit.world, visit.world.users, 'User', pathId(visit));
  if (!seesAll(visit) && user.id !== visit.caller.user.id) throw forbidden();
  return recordAnswer(visit, user, renderers(visit));
}

const me = (visit: Visit): Reply => recordAnswer(visit, visit.caller.user, renderers(visit));

function organizationId(visit: Visit): number | null {
  const { world, params } = visit;
  const id = integer(params['organization_id']);
  if (id !== null) {
    if (!world.organizations[id]) throw unprocessable(`Invalid value for param 'organization_id': ${id}`);
    return id;
  }
  const name = text(params, 'organization');
  if (name === null) return null;
  const row = Object.values(world.organizations).find((organization) => organization.name === name);
  if (!row) throw unprocessable(`No lookup value found for 'organization': ${JSON.stringify(name)}`);
  return row.id;
}

function roleIds(visit: Visit): number[] {
  const { world, params } = visit;
  if (Array.isArray(params['role_ids'])) return params['role_ids'].flatMap((id) => integer(id) ?? []);
  const names = Array.isArray(params['roles']) ? params['roles'].map(String) : ['Customer'];
  return Object.values(world.roles).flatMap((role) => (names.includes(role.name) ? [role.id] : []));
}

function create(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.user', 'ticket.agent');
  const login = (text(params, 'login') ?? text(params, 'email') ?? '').toLowerCase();
  const [firstname, lastname] = [text(params, 'firstname') ?? '', text(params, 'lastname') ?? ''];
  if (login === '' && firstname === '' && lastname === '') {
    throw invalid(
      'At least one identifier (firstname, lastname, phone, mobile or email) for user is required.',
    );
  }
  if (Object.values(world.users).some((user) => user.login === login)) {
    throw invalid(`Email address '${login}' is already used for another user.`);
  }
  const organization = organizationId(visit);
  const id = nextId(world, 'users');
  const roles = can(world, caller, 'admin.user') ? roleIds(visit) : [3];
  const user = makeUser({
    id,
    login: login || `auto-${id}`,
    firstname,
    lastname,
    roles,
    at,
    organizationId: organization,
  });
  world.users[id] = { ...user, created_by_id: caller.user.id, updated_by_id: caller.user.id };
  return recordAnswer(visit, world.users[id] ?? user, renderers(visit), 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.user', 'ticket.agent');
  const user = find(world, world.users, 'User', pathId(visit));
  user.firstname = text(params, 'firstname') ?? user.firstname;
  user.lastname = text(params, 'lastname') ?? user.lastname;
  user.email = sent(params, 'email') ? text(params, 'email') : user.email;
  if (sent(params, 'active')) user.active = flag(params, 'active');
  if (sent(params, 'organization_id') || sent(params, 'organization')) {
    moveToOrganization(visit.act, user, organizationId(visit));
  }
  user.updated_at = at;
  user.updated_by_id = caller.user.id;
  return recordAnswer(visit, user, renderers(visit));
}

function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'admin.user');
  const user = find(world, world.users, 'User', pathId(visit));
  if (isReferenced(visit.act, user)) throw unprocessable("Can't delete, object has references.");
  delete world.users[user.id];
  return answer(200, {});
}

// In Zammad a scheduler picks the task up; here it is done before the answer.
function erase(visit: Visit): Reply {
  const { world, caller, params } = visit;
  require(world, caller, 'admin.data_privacy');
  if (text(params, 'deletable_type') !== 'User') throw invalid('Deletable is not supported');
  const user = find(world, world.users, 'User', integer(params['deletable_id']));
  eraseUser(visit.act, user);
  return answer(201, { id: user.id, state: 'completed', deletable_type: 'User', deletable_id: user.id });
}

/** Users: agents and admins see all, others themselves. */
export const peopleRoutes: RouteTable = [
  ['GET', '/api/v1/users', index],
  ['POST', '/api/v1/users', create],
  ['GET', '/api/v1/users/me', me],
  ['GET', '/api/v1/users/search', search],
  ['GET', '/api/v1/users/:id', show],
  ['PUT', '/api/v1/users/:id', update],
  ['DELETE', '/api/v1/users/:id', destroy],
  ['POST', '/api/v1/data_privacy_tasks', erase],
];
