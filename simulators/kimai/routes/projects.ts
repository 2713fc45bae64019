import type { Access } from '../access.js';
import { sentFields } from '../body.js';
import {
  changedCommon,
  changedText,
  checkNumber,
  commonFields,
  entityForm,
  type NameWords,
  nextNumber,
  sentTeams,
} from '../forms/entity-form.js';
import type { Form, Sent } from '../forms/form.js';
import { runsOn } from '../forms/offers.js';
import { choiceField, flagField, refuseChoice, textField } from '../forms/values.js';
import { Query } from '../query.js';
import { projectEntity } from '../render/catalogue.js';
import { gone, need, ok, Refusal, refuse } from '../replies.js';
import { newProject } from '../rows.js';
import type { KimaiState } from '../state.js';
import type { KimaiProject } from '../world.js';
import { dayOf, parseStrict } from '../zones.js';
import { type AddRoute, type ApiHandler, type Context, rowOfPath } from './context.js';
import { isShown, ordered, termOf, visibilityOf } from './lists.js';

const FIELDS = [
  ...['name', 'number', 'comment', 'invoiceText', 'orderNumber', 'orderDate', 'start', 'end', 'customer'],
];
const NAME_WORDS: NameWords = {
  missing: ['This value should not be null.'],
  empty: ['This value should not be null.'],
  breaksWhenCleared: true,
};

/** Routes of `/api/projects`. */
export function projectRoutes(add: AddRoute): void {
  add('GET', '/api/projects', list);
  add('POST', '/api/projects', create);
  add('GET', '/api/projects/#id', read);
  add('PATCH', '/api/projects/#id', change);
  add('DELETE', '/api/projects/#id', remove);
}

const list: ApiHandler = ({ call, state, access }) => {
  const query = new Query(call.query);
  const visibility = visibilityOf(query);
  const customers = query.ids('customer', 'customers').flatMap((id) => state.findCustomer(id) ?? []);
  for (const customer of customers) need(access.customer(customer));
  const ofCustomer = new Set(customers.map(({ id }) => id));
  const globals = query.flag('globalActivities');
  const runs = periodOf({ call, state, access }, query);
  const matches = termOf<KimaiProject>(query, (row) => [row.name, row.comment, row.orderNumber, row.number]);
  const shown = state.world.projects.filter(
    (row) =>
      isShown(row, visibility) &&
      (visibility === 3 || state.customer(row.customer).visible) &&
      (ofCustomer.size === 0 || ofCustomer.has(row.customer)) &&
      (globals === undefined || row.globalActivities === globals) &&
      runs(row) &&
      access.project(row) &&
      matches(row),
  );
  const rows = ordered(query, shown, {
    name: (row) => row.name,
    id: (row) => row.id,
    customer: (row) => state.customer(row.customer).name,
  });
  return ok(rows.map((row) => projectEntity(state, row, access)));
};

/** Projects that do not run today are hidden, unless `ignoreDates=1` or other days are asked for. */
function periodOf({ state, access }: Context, query: Query): (row: KimaiProject) => boolean {
  if (query.text('ignoreDates', /^1$/) !== undefined) return () => true;
  const asked = ['start', 'end'].flatMap((name) => dayParam(query, name) ?? []);
  const days = asked.length > 0 ? asked : [dayOf(access.user.timezone, state.now())];
  return (row) => days.every((day) => runsOn(row, day));
}

function dayParam(query: Query, name: string): string | undefined {
  const text = query.text(name, /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/);
  if (text === undefined) return undefined;
  const isReal = parseStrict(text.length === 10 ? `${text}T00:00:00` : text) !== undefined;
  return isReal ? text.slice(0, 10) : refuse(400);
}

const read: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findProject(id));
  need(access.object('view', 'project', access.teamsOfProject(row)));
  return ok(projectEntity(state, row, access));
};

const create: ApiHandler = ({ call, state, access }) => {
  need(access.may('create_project'));
  const fresh = newProject({ id: 0, name: '', customer: 0, number: nextNumber(state.world.projects) });
  const draft = submit(state, access, fresh, sentFields(call));
  const row = { ...draft, id: state.takeId('projects') };
  state.putProject(row);
  return ok(projectEntity(state, row, access));
};

const change: ApiHandler = ({ call, state, access }) => {
  const old = rowOfPath(call, (id) => state.findProject(id));
  need(access.object('edit', 'project', access.teamsOfProject(old)));
  const row = submit(state, access, old, sentFields(call));
  state.putProject(row);
  return ok(projectEntity(state, row, access));
};

const remove: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findProject(id));
  need(access.may('delete_project'));
  state.deleteProjects([row]);
  return gone();
};

function submit(state: KimaiState, access: Access, old: KimaiProject, sent: Sent): KimaiProject {
  const fields = [
    ...FIELDS,
    ...(old.id === 0 ? ['teams'] : []),
    ...commonFields(access, 'project', access.teamsOfProject(old), ['globalActivities']),
  ];
  const form = entityForm(fields, sent);
  const row: KimaiProject = {
    ...old,
    ...changedCommon(form, old, 10, NAME_WORDS),
    customer: changedCustomer(state, access, form, old),
    orderNumber: changedText(form, 'orderNumber', old.orderNumber, 50),
    orderDate: changedDay(form, 'orderDate', old, old.orderDate),
    start: changedDay(form, 'start', old, old.start),
    end: changedDay(form, 'end', old, old.end),
    globalActivities: flagField(form, 'globalActivities') ?? old.globalActivities,
    teams: sentTeams(form, new Set(state.world.teams.map(({ id }) => id)), old.teams),
  };
  if (row.start !== null && row.end !== null && row.end < row.start)
    form.broken('end', 'The end date must not be earlier than the start date.');
  checkNumber(form, state.world.projects, row, state.settings.flag('project.allow_duplicate_number'));
  if (form.hasErrors) throw new Refusal(form.reply());
  return row;
}

function changedCustomer(state: KimaiState, access: Access, form: Form, old: KimaiProject): number {
  const id = choiceField(form, 'customer');
  if (id === null || (id === undefined && old.id === 0))
    form.broken('customer', 'This value should not be null.');
  if (id === null || id === undefined || id === old.customer) return old.customer;
  const customer = state.findCustomer(id);
  if (customer?.visible === true && access.customer(customer)) return id;
  refuseChoice(form, 'customer');
  return old.customer;
}

/** A day. A new project wants it in front of whatever follows, a change as `YYYY-MM-DDTHH:mm:ss` and nothing else. */
function changedDay(form: Form, field: string, row: KimaiProject, old: string | null): string | null {
  const text = textField(form, field);
  if (text === undefined || text === null) return text === undefined ? old : null;
  const isTime = parseStrict(text) !== undefined;
  const day = row.id === 0 || isTime ? text.slice(0, 10) : '';
  if (parseStrict(`${day}T00:00:00`) !== undefined) return day;
  form.unreadable(field, 'Please enter a valid date.');
  return old;
}
