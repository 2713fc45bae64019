import { sentFields } from '../body.js';
import { draftOf, newDraft } from '../draft.js';
import { phpTruth, scalarText } from '../forms/values.js';
import { DIGITS, Query } from '../query.js';
import { timesheetJson } from '../render/timesheet.js';
import { need, ok, refuse } from '../replies.js';
import { roundBegin } from '../rounding.js';
import type { KimaiTimesheet } from '../world.js';
import { createCopy, stopTimesheet, updateTimesheet } from '../timesheet-save.js';
import { parseStrict, toInstant } from '../zones.js';
import { type AddRoute, type ApiHandler, type Context, rowOfPath } from './context.js';

const SINGLE = { nested: false, single: true } as const;
const YEAR_SECONDS = 31_536_000;

/** Routes of `/api/timesheets` that are neither lists nor plain reads and writes. */
export function timesheetActionRoutes(add: AddRoute): void {
  add('GET', '/api/timesheets/active', active);
  add('GET', '/api/timesheets/recent', recent);
  add('PATCH', '/api/timesheets/:id/stop', stop);
  add('PATCH', '/api/timesheets/:id/restart', restart);
  add('PATCH', '/api/timesheets/:id/duplicate', duplicate);
  add('PATCH', '/api/timesheets/:id/export', toggleExport);
  add('PATCH', '/api/timesheets/:id/meta', setMeta);
}

function rowOf({ call, state }: Context): KimaiTimesheet {
  return rowOfPath(call, (id) => state.findTimesheet(id));
}

const active: ApiHandler = ({ state, access }) => {
  need(access.may('view_own_timesheet'));
  const rows = state.running(access.user.id);
  return ok(rows.map((row) => timesheetJson(state, row, access, { nested: true, single: false })));
};

/** The latest own record of every project and activity that can still be started. */
const recent: ApiHandler = ({ call, state, access }) => {
  need(access.may('view_own_timesheet'));
  const query = new Query(call.query);
  const size = Number(query.text('size', DIGITS) ?? 10);
  const local = query.dateTime('begin');
  const since = local === undefined ? state.now() - YEAR_SECONDS : toInstant(access.user.timezone, local);
  const byBegin = state.timesheetsBy('begin');
  const own = byBegin.rows
    .slice(byBegin.firstNot((row) => row.begin < since))
    .filter((row) => row.user === access.user.id);
  const latest = new Map(own.map((row) => [`${row.project}/${row.activity}`, row]));
  const rows = [...latest.values()]
    .filter((row) => access.timesheet('start', row))
    .sort((a, b) => b.begin - a.begin);
  const view = { nested: true, single: false };
  return ok(rows.slice(0, size).map((row) => timesheetJson(state, row, access, view)));
};

/** Stopping a stopped record changes nothing and is no error. */
const stop: ApiHandler = (context) => {
  const { state, access } = context;
  const row = rowOf(context);
  need(access.timesheet('stop', row));
  return ok(timesheetJson(state, stopTimesheet(state, access, row), access, SINGLE));
};

/** Starts a new record for the caller; `copy=all` takes description, tags and custom fields along, rates never. */
const restart: ApiHandler = (context) => {
  const { call, state, access } = context;
  const row = rowOf(context);
  need(access.timesheet('start', row));
  const { copy, begin } = sentFields(call);
  if (copy !== undefined && copy !== null && copy !== 'all') refuse(400);
  const zone = access.user.timezone;
  const exact = restartAt(begin, zone) ?? state.now();
  const rounds = state.settings.text('timesheet.mode') === 'default';
  const { project, activity, description, tags, meta } = row;
  const fresh = newDraft(access.user.id, rounds ? roundBegin(state.settings, exact, zone) : exact, zone);
  const draft = { ...fresh, project, activity, ...(copy === 'all' ? { description, tags, meta } : {}) };
  return ok(timesheetJson(state, createCopy(state, access, draft), access, { ...SINGLE, zone }));
};

function restartAt(begin: unknown, zone: string): number | undefined {
  const text = scalarText(begin);
  if (text === null) return undefined;
  return toInstant(zone, parseStrict(text ?? '') ?? refuse(400));
}

/** Copies everything but the exported flag: tags and description too, and with them whatever marks the record. */
const duplicate: ApiHandler = (context) => {
  const { state, access } = context;
  const row = rowOf(context);
  need(access.timesheet('duplicate', row));
  const copy = createCopy(state, access, { ...draftOf(row), id: null, exported: false });
  return ok(timesheetJson(state, copy, access, SINGLE));
};

/** Flips the flag, so a second call undoes the first. */
const toggleExport: ApiHandler = (context) => {
  const { state, access } = context;
  const row = rowOf(context);
  need(access.timesheet('edit_export', row));
  need(!row.exported || access.may('edit_exported_timesheet'));
  const changed = updateTimesheet(state, { ...draftOf(row), exported: !row.exported }, row);
  return ok(timesheetJson(state, changed, access, SINGLE));
};

/** Sets a custom field that a plugin has registered; the record's `modifiedAt` stays. */
const setMeta: ApiHandler = (context) => {
  const { call, state, access } = context;
  const row = rowOf(context);
  need(access.timesheet('edit', row));
  const { name, value } = sentFields(call);
  if (!phpTruth(name)) refuse(400);
  const isKnown = typeof name === 'string' && Object.hasOwn(state.world.metaFieldNames, name);
  if (!isKnown) refuse(404);
  const text = scalarText(value) ?? refuse(400);
  const changed = { ...row, meta: { ...row.meta, [name]: text } };
  state.putTimesheet(changed);
  return ok(timesheetJson(state, changed, access, SINGLE));
};
