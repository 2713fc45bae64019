import { unprocessable } from '../errors.js';
import { castHundredths } from '../decimal.js';
import { integer, sent, text, type Params } from '../params.js';
import { makeUser } from '../base-world.js';
import { can } from '../caller.js';
import { isRecord } from '../../kit/index.js';
import { putUser } from '../row-index.js';
import { nextId, type Rows, type TicketRow } from '../world.js';
import { refuseOverflow } from '../rules/save-ticket.js';
import type { Visit } from './visit.js';

type Named = { readonly id: number; readonly name: string };

/** A reference given as `<name>_id` or by name; undefined when neither was sent. */
function reference(params: Params, key: string, rows: Rows<Named>): number | undefined {
  const id = integer(params[`${key}_id`]);
  if (id !== null) {
    if (!rows[id]) throw unprocessable(`Invalid value for param '${key}_id': ${id}`, `${key}_id`);
    return id;
  }
  const name = text(params, key);
  if (name === null) return undefined;
  const row = Object.values(rows).find((candidate) => candidate.name === name);
  if (!row) throw unprocessable(`No lookup value found for '${key}': ${JSON.stringify(name)}`, key);
  return row.id;
}

function userReference(visit: Visit, key: 'owner' | 'customer'): number | undefined {
  const { world, params } = visit;
  const raw = params[`${key}_id`];
  if (typeof raw === 'string' && raw.startsWith('guess:')) return guessedCustomer(visit, raw.slice(6));
  const id = integer(raw);
  if (id !== null) {
    if (!world.users[id]) throw unprocessable(`Invalid value for param '${key}_id': ${id}`, `${key}_id`);
    return id;
  }
  const given = params[key];
  if (key === 'customer' && isRecord(given)) {
    const email = (text(given, 'email') ?? text(given, 'login') ?? '').toLowerCase();
    const [firstname, lastname] = [text(given, 'firstname') ?? '', text(given, 'lastname') ?? ''];
    return customerOf(visit, { email, firstname, lastname });
  }
  const login = text(params, key)?.toLowerCase();
  if (login === undefined) return undefined;
  const user = Object.values(world.users).find(
    (row) => row.login.toLowerCase() === login || row.email?.toLowerCase() === login,
  );
  if (!user) throw unprocessable(`No lookup value found for '${key}': ${JSON.stringify(login)}`, key);
  return user.id;
}

function guessedCustomer(visit: Visit, email: string): number {
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw unprocessable(`Invalid email '${email}' of customer`);
  return customerOf(visit, { email: email.toLowerCase(), firstname: '', lastname: '' });
}

/** The user with this e-mail or login, made when there is none. */
function customerOf(
  { world, at }: Visit,
  wish: { email: string; firstname: string; lastname: string },
): number {
  const { email, ...name } = wish;
  const known = Object.values(world.users).find(
    (user) => user.email?.toLowerCase() === email || user.login.toLowerCase() === email,
  );
  if (known) return known.id;
  const id = nextId(world, 'users');
  putUser(world, makeUser({ id, login: email, ...name, roles: [3], at }));
  return id;
}

export type TicketChange = Partial<
  Pick<
    TicketRow,
    | 'title'
    | 'group_id'
    | 'customer_id'
    | 'owner_id'
    | 'state_id'
    | 'priority_id'
    | 'organization_id'
    | 'note'
    | 'pending_time'
    | 'time_unit'
  >
>;

/** What a ticket's body changes. `time_unit` is an ordinary attribute, so anyone who may edit can set the sum. */
export function ticketChange(visit: Visit): TicketChange {
  const { params, world } = visit;
  const change: TicketChange = {};
  const title = text(params, 'title');
  // A blank title becomes a dash.
  if (sent(params, 'title')) change.title = (title ?? '').trim() === '' ? '-' : (title ?? '');
  const group = reference(params, 'group', world.groups);
  const state = reference(params, 'state', world.ticket_states);
  const priority = reference(params, 'priority', world.ticket_priorities);
  const organization = reference(params, 'organization', world.organizations);
  const customer = userReference(visit, 'customer');
  const owner = userReference(visit, 'owner');
  if (group !== undefined) change.group_id = group;
  if (state !== undefined) change.state_id = state;
  if (priority !== undefined) change.priority_id = priority;
  if (organization !== undefined) change.organization_id = organization;
  if (customer !== undefined) change.customer_id = customer;
  if (owner !== undefined) change.owner_id = owner;
  if (sent(params, 'note')) change.note = text(params, 'note');
  if (sent(params, 'pending_time')) change.pending_time = timeOrNull(params['pending_time']);
  if (sent(params, 'time_unit')) {
    change.time_unit = castHundredths(params['time_unit']);
    refuseOverflow(change.time_unit ?? 0);
  }
  return change;
}

function timeOrNull(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const AGENTS_ONLY = ['owner_id', 'customer_id', 'organization_id'] as const;

/** Customers choose neither owner nor customer nor organization: what they send of it is ignored. */
export function allowedChange({ world, caller }: Visit, change: TicketChange): TicketChange {
  if (can(world, caller, 'ticket.agent')) return change;
  const allowed = { ...change };
  for (const attribute of AGENTS_ONLY) delete allowed[attribute];
  return allowed;
}
