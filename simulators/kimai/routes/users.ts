import { sentFields } from '../body.js';
import { changedText } from '../forms/entity-form.js';
import { Form } from '../forms/form.js';
import { flagField } from '../forms/values.js';
import { Query } from '../query.js';
import { userBrief, userEntity } from '../render/user.js';
import { need, ok, Refusal } from '../replies.js';
import type { KimaiUser } from '../world.js';
import { type AddRoute, type ApiHandler, type Context, rowOfPath } from './context.js';
import { isShown, ordered, termOf, visibilityOf } from './lists.js';

/** Routes of `/api/users`. */
export function userRoutes(add: AddRoute): void {
  add('GET', '/api/users/me', ({ state, access }) => ok(userEntity(state, access.user)));
  add('GET', '/api/users', list);
  add('GET', '/api/users/:id', read);
  add('PATCH', '/api/users/:id', change);
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
  return ok(rows.map((row) => (full ? userEntity(state, row) : userBrief(row))));
};

function ownOrOther({ access }: Context, row: KimaiUser, right: string): boolean {
  return row.id === access.user.id
    ? access.may(`${right}_own_profile`)
    : access.may(`${right}_other_profile`);
}

const read: ApiHandler = (context) => {
  const row = rowOfPath(context.call, (id) => context.state.findUser(id));
  need(ownOrOther(context, row, 'view'));
  return ok(userEntity(context.state, row));
};

/** Of a user the simulator lets be changed what an integration may want to write: names, number and state. */
const change: ApiHandler = (context) => {
  const { call, state, access } = context;
  const old = rowOfPath(call, (id) => state.findUser(id));
  need(ownOrOther(context, old, 'edit'));
  const isOther = old.id !== access.user.id;
  const form = new Form(
    ['alias', 'title', 'accountNumber', ...(isOther ? ['enabled'] : [])],
    sentFields(call),
  );
  const row: KimaiUser = {
    ...old,
    alias: changedText(form, 'alias', old.alias, 60),
    title: changedText(form, 'title', old.title, 50),
    accountNumber: changedText(form, 'accountNumber', old.accountNumber, 30),
    enabled: flagField(form, 'enabled') ?? old.enabled,
  };
  if (form.hasErrors) throw new Refusal(form.reply());
  state.putUser(row);
  return ok(userEntity(state, row));
};
