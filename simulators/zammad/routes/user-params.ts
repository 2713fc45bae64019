import { can } from '../caller.js';
import { invalid, unprocessable } from '../errors.js';
import { flag, integer, sent, text, type Params } from '../params.js';
import { isRecord } from '../../kit/index.js';
import { USER_DETAILS, type GroupAccess, type Rows, type UserRow, type ZammadWorld } from '../world.js';
import type { Visit } from './visit.js';

type Named = { readonly id: number; readonly name: string };

function byName(rows: Rows<Named>, association: string, name: unknown): number {
  const row = Object.values(rows).find((candidate) => candidate.name === name);
  if (row) return row.id;
  throw unprocessable(`No lookup value found for '${association}': ${JSON.stringify(name)}`);
}

/** A list given as `<key>_ids` or, by name, as `<key>s`; undefined when neither was sent. */
function listOf(params: Params, key: string, rows: Rows<Named>): number[] | undefined {
  const ids = params[`${key}_ids`];
  if (ids !== undefined && ids !== null) {
    return (Array.isArray(ids) ? ids : [ids]).map((raw) => {
      const id = integer(raw) ?? 0;
      if (rows[id]) return id;
      throw unprocessable(`No value found for '${key}s' with id ${JSON.stringify(raw)}`);
    });
  }
  const names = params[`${key}s`];
  if (names === undefined || names === null) return undefined;
  return (Array.isArray(names) ? names : [names]).map((name: unknown) => byName(rows, `${key}s`, name));
}

/** The user's own organization, by id or name; undefined when neither was sent. */
export function organizationParam({ world, params }: Visit): number | null | undefined {
  const id = integer(params['organization_id']);
  if (id !== null) {
    if (world.organizations[id]) return id;
    throw unprocessable(`Invalid value for param 'organization_id': ${id}`, 'organization_id');
  }
  const name = text(params, 'organization');
  if (name !== null && name !== '') return byName(world.organizations, 'organization', name);
  return sent(params, 'organization_id') || sent(params, 'organization') ? null : undefined;
}

const ACCESS: readonly GroupAccess[] = ['full', 'read', 'create', 'change', 'overview'];
const accessOf = (value: unknown): GroupAccess[] =>
  (Array.isArray(value) ? value : [value]).flatMap((kind) => ACCESS.find((known) => known === kind) ?? []);

/** `group_ids: {"1": ["full"]}` or `groups: {"Users": "full"}`. */
function groupsParam({ world, params }: Visit): Record<number, GroupAccess[]> | undefined {
  const { group_ids: ids, groups } = params;
  if (isRecord(ids))
    return Object.fromEntries(Object.entries(ids).map(([id, access]) => [Number(id), accessOf(access)]));
  if (!isRecord(groups)) return undefined;
  return Object.fromEntries(
    Object.entries(groups).map(([name, access]) => [byName(world.groups, 'groups', name), accessOf(access)]),
  );
}

/** What only user administrators set: an agent's wish is ignored, and a new user becomes a customer. */
export function grantedRights(visit: Visit): Partial<Pick<UserRow, 'role_ids' | 'group_ids' | 'active'>> {
  const { world, caller, params } = visit;
  if (!can(world, caller, 'admin.user')) return {};
  const roles = listOf(params, 'role', world.roles);
  const groups = groupsParam(visit);
  return {
    ...(roles === undefined ? {} : { role_ids: roles }),
    ...(groups === undefined ? {} : { group_ids: groups }),
    ...(sent(params, 'active') ? { active: flag(params, 'active') } : {}),
  };
}

/** The plain columns of a body. */
export function userColumns({ world, params }: Visit, before: UserRow): UserRow {
  const secondary = listOf(params, 'organization', world.organizations);
  const email = text(params, 'email')?.trim().toLowerCase();
  const details = Object.fromEntries(
    USER_DETAILS.flatMap((detail) => (sent(params, detail) ? [[detail, text(params, detail) ?? '']] : [])),
  );
  return {
    ...before,
    firstname: text(params, 'firstname') ?? before.firstname,
    lastname: text(params, 'lastname') ?? before.lastname,
    email: sent(params, 'email') ? email || null : before.email,
    note: text(params, 'note') ?? before.note,
    vip: sent(params, 'vip') ? flag(params, 'vip') : before.vip,
    password: text(params, 'password') || before.password,
    organization_ids: secondary ?? before.organization_ids,
    details: { ...before.details, ...details },
  };
}

/** Refuses what the model's validations refuse. */
export function refuseUser(world: ZammadWorld, user: UserRow): void {
  const { id, email, login, firstname, lastname, details } = user;
  const said = [firstname, lastname, email, details.phone, details.mobile];
  if (!said.some((part) => part !== undefined && part !== null && part !== ''))
    throw invalid(
      'At least one identifier (firstname, lastname, phone, mobile or email) for user is required.',
    );
  if (email !== null && !/^[^@\s]+@[^@\s]+$/.test(email)) throw invalid(`Invalid email '${email}'`);
  const others = Object.values(world.users).filter((other) => other.id !== id);
  if (email !== null && others.some((other) => other.email?.toLowerCase() === email))
    throw invalid(`Email address '${email}' is already used for another user.`);
  if (others.some((other) => other.login.toLowerCase() === login.toLowerCase()))
    throw invalid('Login has already been taken');
}
