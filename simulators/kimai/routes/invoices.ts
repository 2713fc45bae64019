import { DIGITS, Query } from '../query.js';
import { need, ok, refuse } from '../replies.js';
import { type AddRoute, type ApiHandler } from './context.js';

/** Invoices are written on Kimai's screens only, and this one has none; nor templates of invoices or exports. */
export function invoiceRoutes(add: AddRoute): void {
  add('GET', '/api/invoices', list);
  for (const [method, path] of [
    ['GET', '/api/invoices/#id'],
    ['DELETE', '/api/invoices/#id'],
    ['PATCH', '/api/invoices/#id/custom-fields'],
    ['GET', '/api/invoices/#id/download'],
    ['DELETE', '/api/invoices/templates/#id'],
    ['DELETE', '/api/export/#id'],
  ] as const)
    add(method, path, () => refuse(404));
  add('DELETE', '/api/invoices/documents/:name', removeDocument);
}

/** The documents that every Kimai brings along; nobody can upload one here, so there are no others. */
const BUILT_IN = ['default', 'invoice', 'service-date', 'timesheet'];

const removeDocument: ApiHandler = ({ call, access }) => {
  need(access.may('manage_invoice_template'));
  return refuse(BUILT_IN.includes(call.params['name'] ?? '') ? 400 : 404);
};

const list: ApiHandler = ({ call, state, access }) => {
  need(access.may('view_invoice'));
  const query = new Query(call.query);
  query.dateTime('begin');
  query.dateTime('end');
  query.list('status', /^(pending|paid|canceled|new)$/);
  const size = Number(query.text('size', DIGITS) ?? 50);
  const page = Number(query.text('page', DIGITS) ?? 1);
  const customers = query.list('customers', DIGITS).flatMap((id) => state.findCustomer(Number(id)) ?? []);
  for (const customer of customers) need(access.customer(customer));
  if (page > 1) refuse(404);
  const perPage = size < 1 ? 50 : Math.min(size, 500);
  return ok([], {
    ...{ 'x-page': '1', 'x-total-count': '0', 'x-total-pages': '1', 'x-per-page': String(perPage) },
  });
};
