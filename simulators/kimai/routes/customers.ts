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
import { countryField, currencyField, languageField, zoneField } from '../forms/choices.js';
import type { Form, Sent } from '../forms/form.js';
import { checkEmail, choiceField, refuseChoice } from '../forms/values.js';
import { Query } from '../query.js';
import { customerBrief, customerDetails, customerEntity } from '../render/catalogue.js';
import { gone, need, ok, Refusal } from '../replies.js';
import { newCustomer } from '../rows.js';
import type { KimaiState } from '../state.js';
import type { KimaiCustomer } from '../world.js';
import { type AddRoute, type ApiHandler, rowOfPath } from './context.js';
import { isShown, ordered, termOf, visibilityOf } from './lists.js';

/** Text fields and the characters they hold at most. */
const TEXTS = {
  ...{ company: 100, vatId: 50, contact: 100, addressLine1: 150, addressLine2: 150, addressLine3: 150 },
  ...{ postCode: 20, city: 50, phone: 30, fax: 30, mobile: 30, email: 75, homepage: 100 },
  ...{ invoiceEmail: 75, buyerReference: 50 },
} as const;
const FIELDS = [
  ...['name', 'number', 'comment', 'company', 'vatId', 'contact', 'addressLine1', 'addressLine2'],
  ...[
    'addressLine3',
    'postCode',
    'city',
    'country',
    'language',
    'currency',
    'phone',
    'fax',
    'mobile',
    'email',
  ],
  ...['homepage', 'timezone', 'invoiceText', 'invoiceTemplate', 'invoiceEmail', 'buyerReference'],
];
const BLANK = 'This value should not be blank.';
const NAME_WORDS: NameWords = {
  missing: [BLANK, 'This value is too short. It should have 2 characters or more.'],
  empty: [BLANK],
  breaksWhenCleared: false,
};

/** Routes of `/api/customers`. */
export function customerRoutes(add: AddRoute): void {
  add('GET', '/api/customers', list);
  add('POST', '/api/customers', create);
  add('GET', '/api/customers/#id', read);
  add('PATCH', '/api/customers/#id', change);
  add('DELETE', '/api/customers/#id', remove);
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
  const detailed = query.flag('full') === true && access.may('details_customer');
  const show = detailed ? customerDetails : customerBrief;
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
    [...FIELDS, ...(old.id === 0 ? ['teams'] : []), ...commonFields(access, 'customer', old.teams)],
    sent,
  );
  const row: KimaiCustomer = {
    ...old,
    ...changedCommon(form, old, 50, NAME_WORDS),
    ...changedTexts(form, old),
    country: required(form, 'country', countryField(form, 'country'), old.country),
    language: required(form, 'language', languageField(form, 'language'), old.language ?? ''),
    currency: required(form, 'currency', currencyField(form, 'currency'), old.currency),
    timezone: required(form, 'timezone', zoneField(form, 'timezone'), old.timezone),
    teams: sentTeams(form, new Set(state.world.teams.map(({ id }) => id)), old.teams),
  };
  // A stock installation has no invoice template to choose.
  if (choiceField(form, 'invoiceTemplate')) refuseChoice(form, 'invoiceTemplate');
  checkNumber(form, state.world.customers, row, state.settings.flag('customer.rules.allow_duplicate_number'));
  if (form.hasErrors) throw new Refusal(form.reply());
  return row;
}

function changedTexts(form: Form, old: KimaiCustomer): Pick<KimaiCustomer, keyof typeof TEXTS> {
  const text = (field: keyof typeof TEXTS) => changedText(form, field, old[field], TEXTS[field]);
  const [email, invoiceEmail] = [text('email'), text('invoiceEmail')];
  checkEmail(form, 'email', email);
  checkEmail(form, 'invoiceEmail', invoiceEmail);
  return {
    ...{ company: text('company'), vatId: text('vatId'), contact: text('contact') },
    ...{ addressLine1: text('addressLine1'), addressLine2: text('addressLine2') },
    ...{ addressLine3: text('addressLine3'), postCode: text('postCode'), city: text('city') },
    ...{ phone: text('phone'), fax: text('fax'), mobile: text('mobile'), email, invoiceEmail },
    homepage: checkedUrl(form, text('homepage')),
    buyerReference: text('buyerReference'),
  };
}

/** An address without a scheme gets one. */
function checkedUrl(form: Form, text: string | null): string | null {
  if (text === null) return null;
  const url = /^(?:[/.]|[\w+.-]+:\/\/)/.test(text) ? text : `https://${text}`;
  if (!/^https?:\/\/[^\s/]+(\/\S*)?$/i.test(url)) form.broken('homepage', 'This value is not a valid URL.');
  return url;
}

function required(form: Form, field: string, sent: string | null | undefined, old: string): string {
  if (sent === null) form.broken(field, BLANK);
  return sent ?? old;
}
