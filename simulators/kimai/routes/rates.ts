import type { ObjectKind } from '../access.js';
import { sentFields } from '../body.js';
import { Form } from '../forms/form.js';
import { checkNotNegative, choiceField, flagField, moneyField, refuseChoice } from '../forms/values.js';
import { userBrief } from '../render/user.js';
import { gone, need, ok, Refusal, refuse } from '../replies.js';
import type { KimaiState } from '../state.js';
import type { KimaiRate } from '../world.js';
import {
  type AddRoute,
  type ApiHandler,
  type Context,
  idOfPath,
  OBJECT_FOLDERS,
  teamsOfObject,
} from './context.js';

/** Routes of the rates of customers, projects and activities. */
export function rateRoutes(add: AddRoute): void {
  for (const [folder, kind] of Object.entries(OBJECT_FOLDERS)) {
    add('GET', `/api/${folder}/#id/rates`, (context) => list(context, kind));
    add('POST', `/api/${folder}/#id/rates`, (context) => create(context, kind));
    add('DELETE', `/api/${folder}/#id/rates/#rateId`, (context) => remove(context, kind));
  }
}

type Answer = ReturnType<ApiHandler>;

/** The id of the object in the path, once the caller may edit it. */
function objectOf({ call, state, access }: Context, kind: ObjectKind): number {
  const id = idOfPath(call);
  need(access.object('edit', kind, teamsOfObject(state, access, kind, id) ?? refuse(404)));
  return id;
}

function shown(state: KimaiState, { id, user, rate, internalRate, isFixed }: KimaiRate) {
  return { id, user: user === null ? null : userBrief(state.user(user)), rate, internalRate, isFixed };
}

function list(context: Context, kind: ObjectKind): Answer {
  const id = objectOf(context, kind);
  const { state } = context;
  const rates = state.world.rates.filter((rate) => rate.kind === kind && rate.of === id);
  return ok(rates.map((rate) => shown(state, rate)));
}

/** One rate for everybody and one for each user; a second one is refused. */
function create(context: Context, kind: ObjectKind): Answer {
  const { call, state } = context;
  const id = objectOf(context, kind);
  const form = new Form(['user', 'rate', 'internalRate', 'isFixed'], sentFields(call));
  const user = readUser(state, form);
  const rate = moneyField(form, 'rate');
  const internalRate = moneyField(form, 'internalRate') ?? null;
  checkNotNegative(form, 'rate', rate);
  const isFixed = flagField(form, 'isFixed') ?? false;
  const isTaken = state.world.rates.some((one) => one.kind === kind && one.of === id && one.user === user);
  if (isTaken) form.broken('user', 'This value is already used.');
  if (rate === null) refuse(500);
  if (form.hasErrors) throw new Refusal(form.reply());
  const row = {
    id: state.takeId(`${kind}Rates`),
    kind,
    of: id,
    user,
    rate: rate ?? 0,
    internalRate,
    isFixed,
  };
  state.addRate(row);
  return ok(shown(state, row));
}

function readUser(state: KimaiState, form: Form): number | null {
  const id = choiceField(form, 'user');
  if (id === undefined || id === null) return null;
  if (state.findUser(id)?.enabled !== true) refuseChoice(form, 'user');
  return id;
}

function remove(context: Context, kind: ObjectKind): Answer {
  const { call, state } = context;
  const id = objectOf(context, kind);
  const rateId = idOfPath(call, 'rateId');
  const found = state.world.rates.find((rate) => rate.kind === kind && rate.of === id && rate.id === rateId);
  if (found === undefined) refuse(404);
  state.removeRate(found);
  return gone();
}
