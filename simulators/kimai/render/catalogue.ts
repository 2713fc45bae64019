import type { Access, ObjectKind } from '../access.js';
import type { KimaiState } from '../state.js';
import type { KimaiActivity, KimaiCustomer, KimaiEntity, KimaiProject } from '../world.js';
import { safeColor } from './color.js';

type Json = Record<string, unknown>;

/** Money and time budgets, each only for who may see it of this object (optional since Kimai 2.66). */
function budgets(row: KimaiEntity, kind: ObjectKind, access: Access): Json {
  const money = access.object('budget', kind, row.teams);
  const time = access.object('time', kind, row.teams);
  return {
    ...(money ? { budget: row.budget } : {}),
    ...(time ? { timeBudget: row.timeBudget } : {}),
    ...(money || time ? { budgetType: row.budgetType } : {}),
  };
}

function teams(state: KimaiState, row: KimaiEntity): Json[] {
  return state.world.teams
    .filter(({ id }) => row.teams.includes(id))
    .map(({ id, name }) => ({ id, name, color: null, 'color-safe': safeColor(null, name) }));
}

/** A customer inside a project. */
export function customerNested(row: KimaiCustomer): Json {
  return {
    'color-safe': safeColor(row.color, row.name),
    id: row.id,
    name: row.name,
    number: row.number,
    comment: row.comment,
    visible: row.visible,
    billable: row.billable,
    company: row.company,
    country: row.country,
    language: row.language,
    currency: row.currency,
    phone: row.phone,
    fax: row.fax,
    mobile: row.mobile,
    homepage: row.homepage,
    timezone: row.timezone,
    metaFields: [],
    color: row.color,
  };
}

/** A customer in a list. */
export function customerBrief(state: KimaiState, row: KimaiCustomer, access: Access): Json {
  return { ...customerNested(row), teams: teams(state, row), ...budgets(row, 'customer', access) };
}

/** A customer on its own, or in a list that asks for details. */
export function customerEntity(state: KimaiState, row: KimaiCustomer, access: Access): Json {
  return {
    ...customerBrief(state, row, access),
    vatId: row.vatId,
    contact: row.contact,
    address: row.address,
    email: row.email,
    addressLine1: row.addressLine1,
    addressLine2: row.addressLine2,
    addressLine3: row.addressLine3,
    postCode: row.postCode,
    city: row.city,
    invoiceEmail: row.invoiceEmail,
    buyerReference: row.buyerReference,
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
    globalActivities: row.globalActivities,
    number: row.number,
    color: row.color,
  };
}

/** A project inside a timesheet, its customer inside it. */
export function projectNested(state: KimaiState, row: KimaiProject): Json {
  return { ...projectFields(row), customer: customerNested(state.customer(row.customer)) };
}

/** A project in a list and on its own. */
export function projectEntity(state: KimaiState, row: KimaiProject, access: Access): Json {
  return {
    parentTitle: state.customer(row.customer).name,
    customer: row.customer,
    ...projectFields(row),
    teams: teams(state, row),
    ...budgets(row, 'project', access),
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
    number: row.number,
    color: row.color,
  };
}

/** An activity inside a timesheet; the project of a project activity is an object. */
export function activityNested(state: KimaiState, row: KimaiActivity): Json {
  const project = row.project === null ? null : projectNested(state, state.project(row.project));
  return { ...activityFields(row), project };
}

/** An activity in a list and on its own. */
export function activityEntity(state: KimaiState, row: KimaiActivity, access: Access): Json {
  return {
    parentTitle: row.project === null ? null : state.project(row.project).name,
    project: row.project,
    ...activityFields(row),
    teams: teams(state, row),
    ...budgets(row, 'activity', access),
  };
}
