import type { Access, ObjectKind } from '../access.js';
import type { KimaiState } from '../state.js';
import type { KimaiActivity, KimaiCustomer, KimaiEntity, KimaiProject } from '../world.js';
import { safeColor } from './color.js';
import { teamBrief } from './user.js';

type Json = Record<string, unknown>;

/** Money and time budgets, each only for who may see it of this object (optional since Kimai 2.66). */
function budgets(row: KimaiEntity, kind: ObjectKind, access: Access, teamIds: readonly number[]): Json {
  const money = access.object('budget', kind, teamIds);
  const time = access.object('time', kind, teamIds);
  return {
    ...(money ? { budget: row.budget } : {}),
    ...(time ? { timeBudget: row.timeBudget } : {}),
    ...(money || time ? { budgetType: row.budgetType } : {}),
  };
}

function teams(state: KimaiState, row: KimaiEntity): Json[] {
  return state.world.teams.filter(({ id }) => row.teams.includes(id)).map(teamBrief);
}

/** A customer inside a project. */
export function customerNested(row: KimaiCustomer): Json {
  return { ...customerFields(row, 'brief'), color: row.color };
}

/** A customer in a list. */
export function customerBrief(state: KimaiState, row: KimaiCustomer, access: Access): Json {
  return shown(state, row, access, 'brief');
}

/** A customer in a list that asks for details. */
export function customerDetails(state: KimaiState, row: KimaiCustomer, access: Access): Json {
  return shown(state, row, access, 'details');
}

/** A customer on its own. */
export function customerEntity(state: KimaiState, row: KimaiCustomer, access: Access): Json {
  return shown(state, row, access, 'entity');
}

type Amount = 'brief' | 'details' | 'entity';

function shown(state: KimaiState, row: KimaiCustomer, access: Access, amount: Amount): Json {
  const { addressLine1, addressLine2, addressLine3, postCode, city, invoiceEmail, buyerReference } = row;
  return {
    ...customerFields(row, amount),
    teams: teams(state, row),
    ...(amount === 'brief' ? {} : { addressLine1, addressLine2, addressLine3, postCode, city }),
    ...(amount === 'entity' ? { invoiceEmail, buyerReference } : {}),
    ...budgets(row, 'customer', access, row.teams),
    color: row.color,
  };
}

function customerFields(row: KimaiCustomer, amount: Amount): Json {
  const { id, name, number, comment, visible, billable, company, vatId, contact, address } = row;
  const { country, language, currency, phone, fax, mobile, email, homepage, timezone } = row;
  return {
    'color-safe': safeColor(row.color, name),
    ...{ id, name, number, comment, visible, billable, company },
    ...(amount === 'brief' ? {} : { vatId }),
    ...(amount === 'entity' ? { contact, address } : {}),
    ...{ country, language, currency, phone, fax, mobile },
    ...(amount === 'entity' ? { email } : {}),
    ...{ homepage, timezone, metaFields: [] },
  };
}

function projectFields(row: KimaiProject): Json {
  return {
    'color-safe': safeColor(row.color, row.name),
    id: row.id,
    name: row.name,
    orderNumber: row.orderNumber,
    orderDate: row.orderDate,
    start: row.start,
    end: row.end,
    comment: row.comment,
    visible: row.visible,
    billable: row.billable,
    metaFields: [],
  };
}

/** A project inside a timesheet, its customer inside it. */
export function projectNested(state: KimaiState, row: KimaiProject): Json {
  const { id, name, ...fields } = projectFields(row);
  const { globalActivities, number, color } = row;
  const safe = fields['color-safe'];
  const customer = customerNested(state.customer(row.customer));
  return { 'color-safe': safe, id, customer, name, ...fields, globalActivities, number, color };
}

/** A project in a list and on its own. */
export function projectEntity(state: KimaiState, row: KimaiProject, access: Access): Json {
  return {
    parentTitle: state.customer(row.customer).name,
    customer: row.customer,
    ...projectFields(row),
    teams: teams(state, row),
    globalActivities: row.globalActivities,
    number: row.number,
    ...budgets(row, 'project', access, access.teamsOfProject(row)),
    color: row.color,
  };
}

function activityFields(row: KimaiActivity): Json {
  return {
    'color-safe': safeColor(row.color, row.name),
    id: row.id,
    name: row.name,
    comment: row.comment,
    visible: row.visible,
    billable: row.billable,
    metaFields: [],
  };
}

/** A project inside a team: its customer by id. */
export function projectOfTeam(row: KimaiProject): Json {
  const { globalActivities, number, color } = row;
  return { customer: row.customer, ...projectFields(row), globalActivities, number, color };
}

/** An activity inside a team: its project by id. */
export function activityOfTeam(row: KimaiActivity): Json {
  return { project: row.project, ...activityFields(row), number: row.number, color: row.color };
}

/** An activity inside a timesheet; the project of a project activity is an object. */
export function activityNested(state: KimaiState, row: KimaiActivity): Json {
  const project = row.project === null ? null : projectNested(state, state.project(row.project));
  const { id, ...fields } = activityFields(row);
  return { 'color-safe': fields['color-safe'], id, project, ...fields, number: row.number, color: row.color };
}

/** An activity in a list and on its own. */
export function activityEntity(state: KimaiState, row: KimaiActivity, access: Access): Json {
  return {
    parentTitle: row.project === null ? null : state.project(row.project).name,
    project: row.project,
    ...activityFields(row),
    teams: teams(state, row),
    number: row.number,
    ...budgets(row, 'activity', access, access.teamsOfActivity(row)),
    color: row.color,
  };
}
