import type { Reply } from '../../kit/index.js';
import { makeUser } from '../base-world.js';
import { can, canAnyOf, require } from '../caller.js';
import { forbidden, invalid, unprocessable } from '../errors.js';
import { readPage, takePage } from '../paging.js';
import { integer, sent, text } from '../params.js';
import { addUser, type Assets } from '../render/assets.js';
import { expandedUser, plainUser } from '../render/records.js';
import { dropUser, putUser } from '../row-index.js';
import { eraseUser, isReferenced, moveToOrganization } from '../rules/users.js';
import { nextId, versionNumber, type UserRow, type ZammadWorld } from '../world.js';
import { grantedRights, organizationParam, refuseUser, userColumns } from './user-params.js';
import {
  answer,
  find,
  listAnswer,
  pathId,
  recordAnswer,
  shape,
  type RouteTable,
  type Visit,
} from './visit.js';

const LIST_PAGE = { standard: 100, max: 1000 } as const;
const SEARCH_PAGE = { standard: 50, max: 200 } as const;
const CUSTOMER_ROLE = 3;

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
  const page = takePage(scope, readPage(visit.params, LIST_PAGE));
  return listAnswer(visit, page, scope.length, renderers(visit));
}

/** The system user is found by nobody. Up to 6.4 `full` gave an object of its own. */
function search(visit: Visit): Reply {
  const { world, params } = visit;
  if (!seesAll(visit)) throw forbidden();
  const needle = (text(params, 'query') ?? text(params, 'term') ?? '').replaceAll('*', '').toLowerCase();
  const rows = Object.values(world.users).filter(
    (user) =>
      user.id !== 1 &&
      [
        user.login,
        user.email ?? '',
        `${user.firstname} ${user.lastname}`,
        ...Object.values(user.details),
      ].some((cell) => cell.toLowerCase().includes(needle)),
  );
  const page = takePage(rows, readPage(params, SEARCH_PAGE));
  if (versionNumber(world) < 605 && shape(params) === 'full')
    return answer(200, { user_ids: page.map((user) => user.id), assets: userAssets(world, page) });
  return listAnswer(visit, page, rows.length, renderers(visit));
}

function show(visit: Visit): Reply {
  const user = find(visit.world, visit.world.users, 'User', pathId(visit));
  if (!seesAll(visit) && user.id !== visit.caller.user.id) throw forbidden();
  return recordAnswer(visit, user, renderers(visit));
}

const me = (visit: Visit): Reply => recordAnswer(visit, visit.caller.user, renderers(visit));

function create(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.user', 'ticket.agent');
  const login = (text(params, 'login') ?? text(params, 'email') ?? '').trim().toLowerCase();
  const nextUser = (world.last_id['users'] ?? 0) + 1;
  const blank = makeUser({
    id: 0,
    login: login === '' ? `auto-${nextUser}` : login,
    firstname: '',
    lastname: '',
    roles: [CUSTOMER_ROLE],
    organizationId: organizationParam(visit) ?? null,
    at,
  });
  const authors = { created_by_id: caller.user.id, updated_by_id: caller.user.id };
  const draft = { ...userColumns(visit, { ...blank, email: null }), ...grantedRights(visit), ...authors };
  refuseUser(world, draft);
  const user: UserRow = { ...draft, id: nextId(world, 'users') };
  putUser(world, user);
  return recordAnswer(visit, user, renderers(visit), 201);
}

/** A login that was the e-mail address follows it. */
function loginFor(visit: Visit, before: UserRow, after: UserRow): string {
  if (sent(visit.params, 'login')) return (text(visit.params, 'login') ?? before.login).toLowerCase();
  return before.login === before.email && after.email !== null ? after.email : before.login;
}

function update(visit: Visit): Reply {
  const { world, caller, at } = visit;
  const user = find(world, world.users, 'User', pathId(visit));
  const admin = can(world, caller, 'admin.user');
  // Agents edit customers only.
  const edits = can(world, caller, 'ticket.agent') && user.role_ids.every((id) => id === CUSTOMER_ROLE);
  if (!admin && !edits) throw forbidden();
  const columns = { ...userColumns(visit, user), ...grantedRights(visit) };
  const next = { ...columns, login: loginFor(visit, user, columns) };
  refuseUser(world, next);
  const organization = organizationParam(visit);
  Object.assign(user, next, { updated_at: at, updated_by_id: caller.user.id });
  putUser(world, user);
  if (organization !== undefined) moveToOrganization(visit.act, user, organization);
  return recordAnswer(visit, user, renderers(visit));
}

function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'admin.user');
  const user = find(world, world.users, 'User', pathId(visit));
  if (isReferenced(visit.act, user)) throw unprocessable("Can't delete, object has references.");
  dropUser(world, user.id);
  return answer(200, {});
}

// In Zammad a scheduler picks the task up; here it is done before the answer.
function erase(visit: Visit): Reply {
  const { world, caller, params } = visit;
  require(world, caller, 'admin.data_privacy');
  if (text(params, 'deletable_type') !== 'User') throw invalid('Deletable is not supported');
  const user = find(world, world.users, 'User', integer(params['deletable_id']));
  if (user.id === 1 || user.id === caller.user.id)
    throw invalid(
      user.id === 1
        ? 'It is not possible to delete the system user.'
        : 'It is not possible to delete your current account.',
    );
  eraseUser(visit.act, user);
  return answer(201, { id: user.id, state: 'completed', deletable_type: 'User', deletable_id: user.id });
}

/** Users: agents and admins see all, others themselves. */
export const peopleRoutes: RouteTable = [
  ['GET', '/api/v1/users', index],
  ['POST', '/api/v1/users', create],
  ['GET', '/api/v1/users/me', me],
  ['GET', '/api/v1/users/search', search],
  ['POST', '/api/v1/users/search', search],
  ['GET', '/api/v1/users/:id', show],
  ['PUT', '/api/v1/users/:id', update],
  ['DELETE', '/api/v1/users/:id', destroy],
  ['POST', '/api/v1/data_privacy_tasks', erase],
];
