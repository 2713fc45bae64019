import {
  BadControl,
  type Call,
  controlBody,
  ids,
  isRecord,
  json,
  object,
  type Reply,
  Router,
} from '../kit/index.js';
import { Access } from './access.js';
import { draftOf, isComplete, newDraft } from './draft.js';
import { readTimesheetForm } from './forms/timesheet-form.js';
import { timesheetJson } from './render/timesheet.js';
import { ok, Refusal } from './replies.js';
import { PERMISSION_NAMES } from './role-permissions.js';
import { readSettings } from './settings.js';
import type { KimaiState } from './state.js';
import { violations } from './timesheet-rules.js';
import { createTimesheet, updateTimesheet } from './timesheet-save.js';
import { beginByMode } from './tracking-mode.js';

/** Control routes of the Kimai simulator: what people and administrators do in its own screens. */
export function kimaiControls(state: KimaiState): Router {
  return new Router()
    .on('POST', '/__control/settings', (call) => {
      state.changeSettings(readSettings(controlBody(call)));
      return json(200, state.settings.all());
    })
    .on('POST', '/__control/permissions', (call) => changePermission(state, call))
    .on('POST', '/__control/export', (call) => exportRows(state, call))
    .on('GET', '/__control/timesheets', () => json(200, state.timesheetsBy('id').rows))
    .on('POST', '/__control/timesheets', (call) => editAsPerson(state, call));
}

/** Grants or revokes a permission of a role: `{role, permission, allowed}`. */
function changePermission(state: KimaiState, call: Call): Reply {
  const { role, permission, allowed } = object(controlBody(call), 'The body', [
    'role',
    'permission',
    'allowed',
  ]);
  if (typeof role !== 'string' || !/^ROLE_[A-Z_]+$/.test(role))
    throw new BadControl('role must be a role name, such as ROLE_TEAMLEAD.');
  if (typeof permission !== 'string' || !PERMISSION_NAMES.has(permission))
    throw new BadControl('permission must be one that Kimai has, such as view_rate_other_timesheet.');
  if (typeof allowed !== 'boolean') throw new BadControl('allowed must be true or false.');
  state.changeRole(role, permission, allowed);
  return json(200, { role, permission, allowed });
}

/** Marks rows as exported, as the export screen and invoices do: in bulk, past every hook, `modifiedAt` unmoved. */
function exportRows(state: KimaiState, call: Call): Reply {
  const body = object(controlBody(call), 'The body', ['ids', 'exported']);
  const { exported = true } = body;
  if (typeof exported !== 'boolean') throw new BadControl('exported must be true or false.');
  const rows = ids(body['ids'], 'ids').map((id) => existing(state, id));
  for (const row of rows) state.putTimesheet({ ...row, exported });
  return json(200, { exported: rows.map(({ id }) => id) });
}

function existing(state: KimaiState, id: number) {
  const row = state.findTimesheet(id);
  if (row === undefined) throw new BadControl(`There is no timesheet ${id}.`);
  return row;
}

/**
 * An edit as a person makes it in Kimai's own screens: `{id, description, …}` changes, without `id` creates,
 * `{id, delete: true}` deletes. Fields are those of the API; `as` names the acting user's id (else a super admin).
 */
function editAsPerson(state: KimaiState, call: Call): Reply {
  const body = controlBody(call);
  if (!isRecord(body)) throw new BadControl('The body must be a JSON object with fields of a timesheet.');
  const { id, as: actor, delete: remove, ...sent } = body;
  const old = id === undefined ? undefined : existing(state, Number(id));
  if (remove === true) {
    if (old === undefined) throw new BadControl('Give the id of the timesheet to delete.');
    state.deleteTimesheets([old.id]);
    return json(200, { deleted: old.id });
  }
  const access = new Access(state, actingUser(state, actor));
  const zone = access.user.timezone;
  const base =
    old === undefined ? newDraft(access.user.id, beginByMode(state, state.now(), zone), zone) : draftOf(old);
  const { form, draft } = readTimesheetForm(state, access, base, sent);
  for (const { path, message } of violations(state, access, draft, old)) form.broken(path, message);
  if (form.hasErrors || !isComplete(draft)) return form.reply();
  try {
    const created =
      old === undefined ? createTimesheet(state, access, draft) : { row: updateTimesheet(state, draft, old) };
    if ('unstoppable' in created) throw new BadControl('A running timer of that user cannot be stopped.');
    return ok(timesheetJson(state, created.row, access, { nested: false, single: true }));
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function actingUser(state: KimaiState, id: unknown) {
  const user =
    id === undefined
      ? state.world.users.find(({ roles }) => roles.includes('ROLE_SUPER_ADMIN'))
      : state.findUser(Number(id));
  if (user === undefined) throw new BadControl('as must be the id of a user of this Kimai.');
  return user;
}
