import { raw, redirect } from '../../kit/index.js';
import { ok } from '../replies.js';
import type { AddRoute } from './context.js';

const COLORS = {
  ...{
    Silver: '#c0c0c0',
    Gray: '#808080',
    Black: '#000000',
    Maroon: '#800000',
    Brown: '#a52a2a',
    Red: '#ff0000',
  },
  ...{
    Orange: '#ffa500',
    Gold: '#ffd700',
    Yellow: '#ffff00',
    Peach: '#ffdab9',
    Khaki: '#f0e68c',
    Olive: '#808000',
  },
  ...{
    Lime: '#00ff00',
    Jelly: '#9acd32',
    Green: '#008000',
    Teal: '#008080',
    Aqua: '#00ffff',
    LightBlue: '#add8e6',
  },
  ...{ DeepSky: '#00bfff', Dodger: '#1e90ff', Blue: '#0000ff', Navy: '#000080', Purple: '#800080' },
  ...{ Fuchsia: '#ff00ff', Violet: '#ee82ee', Rose: '#ffe4e1', Lavender: '#E6E6FA' },
};

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
  // The documentation wants a browser session, also with a valid token.
  add('GET', '/api/doc', () => redirect('/en/login'));
  // Removed in 2.65; the message of this one error is visible.
  for (const kind of ['customers', 'projects', 'activities'])
    add('POST', `/api/${kind}/:id/team`, () =>
      raw(410, JSON.stringify({ code: 410, message: 'This API method was removed.' }), {
        'content-type': 'application/json',
      }),
    );
}
