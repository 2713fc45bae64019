import type { Access } from '../access.js';
import { sentFields } from '../body.js';
import {
  changedCommon,
  changedText,
  checkNumber,
  commonFields,
  entityForm,
  nextNumber,
  sentTeams,
} from '../forms/entity-form.js';
import type { Form, Sent } from '../forms/form.js';
import { Query } from '../query.js';
import { customerBrief, customerEntity } from '../render/catalogue.js';
import { gone, need, ok, Refusal } from '../replies.js';
import { newCustomer } from '../rows.js';
import type { KimaiState } from '../state.js';
import type { KimaiCustomer } from '../world.js';
import { type AddRoute, type ApiHandler, rowOfPath } from './context.js';
import { isShown, ordered, termOf, visibilityOf } from './lists.js';

const TEXTS = [
  ...['company', 'vatId', 'contact', 'addressLine1', 'addressLine2', 'addressLine3', 'postCode', 'city'],
  ...['language', 'phone', 'fax', 'mobile', 'email', 'homepage', 'invoiceEmail', 'buyerReference'],
] as const;
const REQUIRED = ['country', 'currency', 'timezone'] as const;

/** Routes of `/api/customers`. */
export function customerRoutes(add: AddRoute): void {
  add('GET', '/api/customers', list);
  add('POST', '/api/customers', create);
  add('GET', '/api/customers/:id', read);
  add('PATCH', '/api/customers/:id', change);
  add('DELETE', '/api/customers/:id', remove);
}

const list: ApiHandler = ({ call, state, access }) => {
  const query = new Query(call.query);
  const visibility = visibilityOf(query);
  const matches = termOf<KimaiCustomer>(query, (row) => [
    ...[row.name, row.comment, row.company, row.vatId, row.number, row.contact, row.phone, row.email],
    ...[row.address, row.invoiceEmail],
  ]);
  const shown = state.world.customers.filter(
    (row) => isShown(row, visibility) && access.customer(row) && matches(row),
  );
  const detailed = query.text('full', /^(0|1|true|false)$/) === '1' && access.may('details_customer');
  const show = detailed ? customerEntity : customerBrief;
  const rows = ordered(query, shown, { name: (row) => row.name, id: (row) => row.id });
  return ok(rows.map((row) => show(state, row, access)));
};

const read: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findCustomer(id));
  need(access.object('view', 'customer', row.teams));
  return ok(customerEntity(state, row, access));
};

const create: ApiHandler = ({ call, state, access }) => {
  need(access.may('create_customer'));
  const fresh = newCustomer({ id: 0, name: '', number: nextNumber(state.world.customers) });
  const draft = submit(state, access, fresh, sentFields(call));
  const row = { ...draft, id: state.takeId('customers') };
  state.putCustomer(row);
  return ok(customerEntity(state, row, access));
};

const change: ApiHandler = ({ call, state, access }) => {
  const old = rowOfPath(call, (id) => state.findCustomer(id));
  need(access.object('edit', 'customer', old.teams));
  const row = submit(state, access, old, sentFields(call));
  state.putCustomer(row);
  return ok(customerEntity(state, row, access));
};

const remove: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findCustomer(id));
  need(access.may('delete_customer'));
  state.deleteCustomer(row.id);
  return gone();
};

function submit(state: KimaiState, access: Access, old: KimaiCustomer, sent: Sent): KimaiCustomer {
  const form = entityForm(
    [
      ...['name', 'number', 'comment', 'invoiceText', 'invoiceTemplate', ...TEXTS, ...REQUIRED],
      ...(old.id === 0 ? ['teams'] : []),
      ...commonFields(access, 'customer', old.teams),
    ],
    sent,
  );
  const row: KimaiCustomer = {
    ...old,
    ...changedCommon(form, old, 50),
    ...changedTexts(form, old),
    country: changedRequired(form, 'country', old),
    currency: changedRequired(form, 'currency', old),
    timezone: changedRequired(form, 'timezone', old),
    teams: sentTeams(form, new Set(state.world.teams.map(({ id }) => id)), old.teams),
  };
  checkNumber(form, state.world.customers, row, state.settings.flag('customer.rules.allow_duplicate_number'));
  if (form.hasErrors) throw new Refusal(form.reply());
  return row;
}

function changedTexts(form: Form, old: KimaiCustomer): Pick<KimaiCustomer, (typeof TEXTS)[number]> {
  const text = (field: (typeof TEXTS)[number]) => changedText(form, field, old[field]);
  return {
    ...{ company: text('company'), vatId: text('vatId'), contact: text('contact') },
    ...{ addressLine1: text('addressLine1'), addressLine2: text('addressLine2') },
    ...{ addressLine3: text('addressLine3'), postCode: text('postCode'), city: text('city') },
    ...{ language: text('language'), phone: text('phone'), fax: text('fax'), mobile: text('mobile') },
    ...{ email: text('email'), homepage: text('homepage'), invoiceEmail: text('invoiceEmail') },
    buyerReference: text('buyerReference'),
  };
}

function changedRequired(form: Form, field: (typeof REQUIRED)[number], old: KimaiCustomer): string {
  const text = changedText(form, field, old[field]);
  if (text !== null) return text;
  form.broken(field, 'This value should not be blank.');
  return old[field];
}
