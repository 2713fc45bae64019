import { timesheetJson } from '../render/timesheet.js';
import { gone, need, ok } from '../replies.js';
import type { KimaiTimesheet } from '../world.js';
import { type AddRoute, type ApiHandler, type Context, rowOfPath } from './context.js';

const MOST = 5;

/** Routes of `/api/favorites`: own records that a person keeps as templates. */
export function favoriteRoutes(add: AddRoute): void {
  add('GET', '/api/favorites/timesheets', list);
  add('POST', '/api/favorites/timesheets/#id', keep);
  add('DELETE', '/api/favorites/timesheets/#id', forget);
}

/** The one added last comes first. What is gone, or out of reach by now, is forgotten on the way. */
const list: ApiHandler = ({ state, access }) => {
  need(access.may('start_own_timesheet'));
  const ids = state.favoritesOf(access.user.id);
  const rows = ids
    .flatMap((id) => state.findTimesheet(id) ?? [])
    .filter((row) => access.project(state.project(row.project)))
    .filter((row) => access.activity(state.activity(row.activity)));
  if (rows.length < ids.length)
    state.putFavorites(
      access.user.id,
      rows.map(({ id }) => id),
    );
  return ok(rows.map((row) => timesheetJson(state, row, access, { nested: true, single: false })));
};

function ownRow({ call, state, access }: Context): KimaiTimesheet {
  const row = rowOfPath(call, (id) => state.findTimesheet(id));
  need(access.may('start_own_timesheet') && row.user === access.user.id);
  return row;
}

/** Of more than five the oldest makes room; one that is kept already stays where it is. */
const keep: ApiHandler = (context) => {
  const { id, user } = ownRow(context);
  const ids = context.state.favoritesOf(user);
  if (!ids.includes(id)) context.state.putFavorites(user, [id, ...ids.slice(0, MOST - 1)]);
  return gone();
};

const forget: ApiHandler = (context) => {
  const { id, user } = ownRow(context);
  const ids = context.state.favoritesOf(user);
  context.state.putFavorites(
    user,
    ids.filter((one) => one !== id),
  );
  return gone();
};
