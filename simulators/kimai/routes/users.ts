import { isRecord, type Reply } from '../../kit/index.js';
import { sentFields } from '../body.js';
import { readUserForm } from '../forms/user-form.js';
import { scalarText } from '../forms/values.js';
import { Query } from '../query.js';
import { PREFERENCES, userBrief, userEntity } from '../render/user.js';
import { need, ok, Refusal, refuse } from '../replies.js';
import { newUser } from '../rows.js';
import type { KimaiUser } from '../world.js';
import { type AddRoute, type ApiHandler, type Context, rowOfPath } from './context.js';
import { isShown, ordered, termOf, visibilityOf } from './lists.js';

/** Routes of `/api/users`. */
export function userRoutes(add: AddRoute): void {
  add('GET', '/api/users/me', (context) => shown(context, context.access.user));
  add('GET', '/api/users', list);
  add('POST', '/api/users', create);
  add('GET', '/api/users/#id', read);
  add('DELETE', '/api/users/api-token/#id', removeToken);
  // Roles that somebody made on Kimai's screens have ids; here there are only those of the stock installation.
  add('DELETE', '/api/users/roles/#id', () => refuse(404));
  add('PATCH', '/api/users/#id', change);
  add('PATCH', '/api/users/#id/preferences', prefer);
}

const list: ApiHandler = ({ call, state, access }) => {
  need(access.may('view_user'));
  const query = new Query(call.query);
  const visibility = visibilityOf(query);
  const reach = access.seesAll ? undefined : access.ledUserIds();
  const columns = (row: KimaiUser) => [row.alias, row.title, row.accountNumber, row.email, row.username];
  const matches = termOf<KimaiUser>(query, columns);
  const shown = state.world.users.filter(
    (row) => isShown({ visible: row.enabled }, visibility) && (reach?.has(row.id) ?? true) && matches(row),
  );
  const rows = ordered(query, shown, {
    username: (row) => row.username,
    id: (row) => row.id,
    alias: (row) => row.alias ?? '',
    email: (row) => row.email,
  });
  const full = ['1', 'true'].includes(query.text('full', /^(0|1|true|false)$/) ?? '');
  const view = { isPrepared: false, mayRates: false };
  return ok(rows.map((row) => (full ? userEntity(state, row, view) : userBrief(row))));
};

function shown({ state, access }: Context, row: KimaiUser, isPrepared = row.id === access.user.id): Reply {
  const mayRates = isPrepared && access.profile('hourly-rate', row);
  return ok(userEntity(state, row, { isPrepared, mayRates }));
}

const read: ApiHandler = (context) => {
  const row = rowOfPath(context.call, (id) => context.state.findUser(id));
  need(context.access.profile('view', row));
  return shown(context, row, true);
};

const create: ApiHandler = (context) => {
  const { call, state, access } = context;
  need(access.may('create_user'));
  const roles = access.may('roles_other_profile');
  const fields = { ...ALL_FIELDS, isNew: true, roles, mayAssign: mayAssign(access) };
  const { form, user } = readUserForm(state, newUser({ id: 0, username: '' }), fields, sentFields(call));
  if (form.hasErrors) throw new Refusal(form.reply());
  const row = { ...user, id: state.takeId('users') };
  state.putUser(row);
  return shown(context, row);
};

const ALL_FIELDS = {
  ...{ isNew: false, preferences: true, supervisor: true, roles: true, enabled: true, password: true },
} as const;

const change: ApiHandler = (context) => {
  const { call, state, access } = context;
  const old = rowOfPath(call, (id) => state.findUser(id));
  need(context.access.profile('edit', old));
  const fields = {
    ...ALL_FIELDS,
    preferences: context.access.profile('preferences', old),
    supervisor: context.access.profile('supervisor', old),
    roles: context.access.profile('roles', old),
    enabled: old.id !== access.user.id,
    password: context.access.profile('password', old),
    mayAssign: mayAssign(access),
  };
  const { form, user } = readUserForm(state, old, fields, sentFields(call));
  if (form.hasErrors) throw new Refusal(form.reply());
  state.putUser(user);
  return shown(context, user);
};

function mayAssign(access: Context['access']): (role: string) => boolean {
  return (role) => access.mayAssign(role);
}

/** Takes a token away, one's own or, with that right, another's; unlike other deletions it answers 200 with `null`. */
const removeToken: ApiHandler = ({ call, state, access }) => {
  const token = rowOfPath(call, (id) => state.world.tokens.find((one) => one.id === id));
  need(access.profile('api-token', access.user));
  need(access.profile('api-token', state.user(token.userId)));
  state.deleteToken(token);
  return ok(null);
};

/** A list of `{name, value}`; one that Kimai does not know is a 404, one that may not be written a 403. */
const prefer: ApiHandler = (context) => {
  const { call, state } = context;
  const old = rowOfPath(call, (id) => state.findUser(id));
  need(context.access.profile('edit', old));
  const mayRates = context.access.profile('hourly-rate', old);
  const row = Object.values(sentFields(call)).reduce<KimaiUser>((user, given) => {
    if (!isRecord(given) || !('name' in given) || !('value' in given)) return refuse(400);
    return preferred(user, String(given['name']), scalarText(given['value']) ?? null, mayRates);
  }, old);
  state.putUser(row);
  return shown(context, row, true);
};

function preferred(user: KimaiUser, name: string, value: string | null, rates: boolean): KimaiUser {
  if (name === 'hourly_rate' || name === 'internal_rate') {
    need(rates);
    const amount = Number(value);
    return name === 'hourly_rate'
      ? { ...user, hourlyRate: amount || 0 }
      : { ...user, internalRate: value === null ? null : amount || 0 };
  }
  if (name === 'timezone' || name === 'language' || name === 'locale')
    return { ...user, [name]: value ?? user[name] };
  if (!Object.hasOwn(PREFERENCES, name)) refuse(404);
  return { ...user, preferences: { ...user.preferences, [name]: value ?? '' } };
}
