import type { Reply } from '../../kit/index.js';
import type { ObjectKind } from '../access.js';
import { sentFields } from '../body.js';
import { COLORS } from '../colors.js';
import { need, ok, problem, refuse } from '../replies.js';
import { type AddRoute, type Context, idOfPath, OBJECT_FOLDERS, teamsOfObject } from './context.js';

/** A stock installation has no custom fields, so every name is unknown; without name or value it is a 400. */
function setMeta({ call, state, access }: Context, kind: ObjectKind): Reply {
  need(access.object('edit', kind, teamsOfObject(state, access, kind, idOfPath(call)) ?? refuse(404)));
  const { name, value } = sentFields(call);
  return refuse(name === undefined || value === undefined ? 400 : 404);
}

/** Routes that tell about the installation. */
export function metaRoutes(add: AddRoute): void {
  add('GET', '/api/ping', () => ok({ message: 'pong' }));
  add('GET', '/api/version', () =>
    ok({ version: '2.66.0', versionId: 26600, copyright: 'Kimai 2.66.0 by Kevin Papst.' }),
  );
  add('GET', '/api/plugins', () => ok([]));
  add('GET', '/api/config/colors', () => ok(COLORS));
  add('GET', '/api/config/timesheet', ({ state: { settings } }) =>
    ok({
      trackingMode: settings.text('timesheet.mode'),
      defaultBeginTime: settings.text('timesheet.default_begin'),
      activeEntriesHardLimit: settings.number('timesheet.active_entries.hard_limit'),
      isAllowFutureTimes: settings.flag('timesheet.rules.allow_future_times'),
      isAllowOverlapping: settings.flag('timesheet.rules.allow_overlapping_records'),
    }),
  );
  for (const [folder, kind] of Object.entries(OBJECT_FOLDERS))
    add('PATCH', `/api/${folder}/#id/meta`, (context) => setMeta(context, kind));
  // Removed in 2.65; the message of this one error is visible.
  for (const folder of Object.keys(OBJECT_FOLDERS))
    add('POST', `/api/${folder}/#id/team`, () =>
      problem(410, { code: 410, message: 'This endpoint was removed, use "POST /api/teams/" instead.' }),
    );
}
