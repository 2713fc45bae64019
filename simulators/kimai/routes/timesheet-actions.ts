import { sentFields } from '../body.js';
import { draftOf, newDraft } from '../draft.js';
import { scalarText } from '../forms/values.js';
import { DIGITS, Query } from '../query.js';
import { timesheetJson } from '../render/timesheet.js';
import { need, ok, refuse } from '../replies.js';
import { beginByMode } from '../tracking-mode.js';
import type { KimaiTimesheet } from '../world.js';
import { createCopy, stopTimesheet, updateTimesheet } from '../timesheet-save.js';
import { parseStrict, toInstant } from '../zones.js';
import { type AddRoute, type ApiHandler, type Context, rowOfPath } from './context.js';

const SINGLE = { nested: false, single: true } as const;

/** Routes of `/api/timesheets` that are neither lists nor plain reads and writes. */
export function timesheetActionRoutes(add: AddRoute): void {
  add('GET', '/api/timesheets/active', active);
  add('GET', '/api/timesheets/recent', recent);
  add('PATCH', '/api/timesheets/#id/stop', stop);
  add('PATCH', '/api/timesheets/#id/restart', restart);
  add('PATCH', '/api/timesheets/#id/duplicate', duplicate);
  add('PATCH', '/api/timesheets/#id/export', toggleExport);
  add('PATCH', '/api/timesheets/#id/meta', setMeta);
}

function rowOf({ call, state }: Context): KimaiTimesheet {
  return rowOfPath(call, (id) => state.findTimesheet(id));
}

const active: ApiHandler = ({ state, access }) => {
  need(access.may('view_own_timesheet'));
  const rows = state.running(access.user.id);
  return ok(rows.map((row) => timesheetJson(state, row, access, { nested: true, single: false })));
};

/** The record added last for every project and activity, the one that ended last first; a running one comes last. */
const recent: ApiHandler = ({ call, state, access }) => {
  need(access.may('view_own_timesheet'));
  const query = new Query(call.query);
  const size = Number(query.text('size', DIGITS) ?? 10);
  const since = recentSince(query, access.user.timezone, state.now());
  const mine = state.timesheetsOf(access.user.id).filter((row) => row.begin >= since);
  const newest = new Map<string, KimaiTimesheet>();
  for (const row of [...mine].sort((a, b) => a.id - b.id)) newest.set(`${row.project}/${row.activity}`, row);
  const rows = [...newest.values()]
    .sort((a, b) => b.id - a.id)
    .slice(0, size)
    .filter((row) => access.project(state.project(row.project)))
    .filter((row) => access.activity(state.activity(row.activity)))
    .sort((a, b) => (b.end ?? -Infinity) - (a.end ?? -Infinity));
  const view = { nested: true, single: false };
  return ok(rows.map((row) => timesheetJson(state, row, access, view)));
};

/** An empty `begin` means now, none means ever. */
function recentSince(query: Query, zone: string, now: number): number {
  if (query.raw('begin') === '') return now;
  const local = query.dateTime('begin');
  return local === undefined ? -Infinity : toInstant(zone, local);
}

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
  if (scalarText(copy) !== null && copy !== 'all') refuse(400);
  const zone = access.user.timezone;
  const exact = restartAt(begin, zone) ?? state.now();
  const { project, activity, description, tags, meta } = row;
  const fresh = newDraft(access.user.id, beginByMode(state, exact, zone), zone);
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
  if (name === undefined) refuse(400);
  const isKnown = typeof name === 'string' && Object.hasOwn(state.world.metaFieldNames, name);
  if (!isKnown) refuse(404);
  const text = scalarText(value) ?? refuse(400);
  const changed = { ...row, meta: { ...row.meta, [name]: text } };
  state.putTimesheet(changed);
  return ok(timesheetJson(state, changed, access, SINGLE));
};
