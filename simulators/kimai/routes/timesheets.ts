import { sentFields } from '../body.js';
import { draftOf, isComplete, newDraft } from '../draft.js';
import { readTimesheetForm } from '../forms/timesheet-form.js';
import { prefilled } from '../prefill.js';
import { timesheetJson } from '../render/timesheet.js';
import { gone, need, ok, Refusal } from '../replies.js';
import { listTimesheets } from '../timesheet-list.js';
import { violations } from '../timesheet-rules.js';
import { createTimesheet, updateTimesheet } from '../timesheet-save.js';
import { type AddRoute, type ApiHandler, rowOfPath } from './context.js';

/** Routes of `/api/timesheets` for lists and single records. */
export function timesheetRoutes(add: AddRoute): void {
  add('GET', '/api/timesheets', list);
  add('POST', '/api/timesheets', create);
  add('GET', '/api/timesheets/#id', read);
  add('PATCH', '/api/timesheets/#id', change);
  add('DELETE', '/api/timesheets/#id', remove);
}

const list: ApiHandler = ({ call, state, access }) => {
  need(access.may('view_own_timesheet') || access.may('view_other_timesheet'));
  const page = listTimesheets(state, access, call.query);
  const nested = ['1', 'true'].includes(call.query.get('full') ?? '');
  return ok(
    page.rows.map((row) => timesheetJson(state, row, access, { nested, single: false })),
    {
      'x-page': String(page.page),
      'x-total-count': String(page.total),
      'x-total-pages': String(page.pages),
      'x-per-page': String(page.size),
    },
  );
};

const read: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findTimesheet(id));
  need(access.timesheet('view', row));
  return ok(timesheetJson(state, row, access, { nested: false, single: true }));
};

/** Answers 200, not 201. The reply still shows the caller's zone; later reads show the owner's. */
const create: ApiHandler = ({ call, state, access }) => {
  need(access.may('create_own_timesheet'));
  const zone = access.user.timezone;
  const { begin, end } = prefilled(state, call.query, zone);
  const base = { ...newDraft(access.user.id, begin, zone), end };
  const { form, draft, tagNames } = readTimesheetForm(state, access, base, sentFields(call));
  for (const { path, message } of violations(state, access, draft)) form.broken(path, message);
  if (form.hasErrors || !isComplete(draft)) throw new Refusal(form.reply());
  const created = createTimesheet(state, access, draft);
  if ('unstoppable' in created) {
    form.broken('', 'You have an active time record which cannot be stopped automatically.');
    throw new Refusal(form.reply());
  }
  const view = {
    nested: call.query.has('full'),
    single: true,
    zone,
    ...(tagNames === undefined ? {} : { tagNames }),
  };
  return ok(timesheetJson(state, created.row, access, view));
};

/** Times are read in the record's own zone, whoever calls, and the reply still shows it. */
const change: ApiHandler = ({ call, state, access }) => {
  const old = rowOfPath(call, (id) => state.findTimesheet(id));
  need(access.timesheet('edit', old));
  const { form, draft, tagNames } = readTimesheetForm(state, access, draftOf(old), sentFields(call));
  for (const { path, message } of violations(state, access, draft, old)) form.broken(path, message);
  if (form.hasErrors || !isComplete(draft)) throw new Refusal(form.reply());
  const row = updateTimesheet(state, draft, old);
  const view = {
    nested: false,
    single: true,
    zone: old.timezone,
    ...(tagNames === undefined ? {} : { tagNames }),
  };
  return ok(timesheetJson(state, row, access, view));
};

const remove: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findTimesheet(id));
  need(access.timesheet('delete', row));
  state.deleteTimesheets([row.id]);
  return gone();
};
