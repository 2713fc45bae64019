import type { Access } from './access.js';
import { ORDER, DIGITS, Query } from './query.js';
import { need, refuse } from './replies.js';
import type { KimaiState } from './state.js';
import type { TimesheetOrder } from './timesheet-table.js';
import type { KimaiTimesheet } from './world.js';
import { toInstant } from './zones.js';

/** One page of a list and the four numbers of its headers. */
export interface Page {
  readonly rows: readonly KimaiTimesheet[];
  readonly page: number;
  readonly pages: number;
  readonly size: number;
  readonly total: number;
}

type Filter = (row: KimaiTimesheet) => boolean;

const PAGE_SIZE = 50;
const MOST = 500;
/** Below this many rows in the asked period, sorting them is quicker than walking all rows in order. */
const FEW = 5_000;

/** Answers `GET /api/timesheets`: filters, order and page. A page past the end is a 404. */
export function listTimesheets(state: KimaiState, access: Access, params: URLSearchParams): Page {
  const query = new Query(params);
  const order = orderOf(query);
  const descending = query.text('order', ORDER) !== 'ASC';
  const given = Number(query.text('size', DIGITS) ?? PAGE_SIZE);
  const size = given < 1 ? PAGE_SIZE : Math.min(given, MOST);
  const page = Math.max(Number(query.text('page', DIGITS) ?? 1), 1);
  const rows = matching(state, access, query, order);
  const pages = Math.max(Math.ceil(rows.length / size), 1);
  if (page > pages) refuse(404);
  const from = (page - 1) * size;
  const picked = descending
    ? rows.slice(Math.max(rows.length - from - size, 0), rows.length - from).reverse()
    : rows.slice(from, from + size);
  return { rows: picked, page, pages, size, total: rows.length };
}

function orderOf(query: Query): TimesheetOrder {
  switch (query.text('orderBy', /^(id|begin|end|rate)$/)) {
    case 'id':
      return 'id';
    case 'end':
      return 'end';
    case 'rate':
      return 'rate';
    default:
      return 'begin';
  }
}

/** All rows that match, ascending. */
function matching(
  state: KimaiState,
  access: Access,
  query: Query,
  order: TimesheetOrder,
): readonly KimaiTimesheet[] {
  const zone = access.user.timezone;
  const first = instantOf(query.dateTime('begin'), zone) ?? -Infinity;
  const last = instantOf(query.dateTime('end'), zone) ?? Infinity;
  const filters = filtersOf(state, access, query);
  if (filters.length === 0 && first === -Infinity && last === Infinity) return state.timesheetsBy(order).rows;
  const inPeriod: Filter = (row) => row.begin >= first && row.begin <= last;
  const modified = modifiedAfter(state, query);
  if (modified !== undefined) {
    const index = state.timesheetsBy('modified');
    const changed = index.rows.slice(index.firstNot((row) => (row.modifiedAt ?? -Infinity) < modified));
    if (changed.length < state.world.timesheets.length / 4)
      return keep(changed, [inPeriod, ...filters]).toSorted(state.timesheetsBy(order).compare);
  }
  const byBegin = state.timesheetsBy('begin');
  const from = first === -Infinity ? 0 : byBegin.firstNot((row) => row.begin < first);
  const to = last === Infinity ? byBegin.rows.length : byBegin.firstNot((row) => row.begin <= last);
  if (order === 'begin' || to - from < FEW) {
    const found = keep(byBegin.rows.slice(from, Math.max(to, from)), filters);
    return order === 'begin' ? found : found.toSorted(state.timesheetsBy(order).compare);
  }
  const isWhole = to - from === byBegin.rows.length;
  return keep(state.timesheetsBy(order).rows, isWhole ? filters : [inPeriod, ...filters]);
}

/** One pass per filter: a short loop over many rows is far quicker than a chain of calls for each of them. */
function keep(rows: readonly KimaiTimesheet[], filters: readonly Filter[]): readonly KimaiTimesheet[] {
  return filters.reduce((left, filter) => left.filter(filter), rows);
}

function instantOf(local: number | undefined, zone: string): number | undefined {
  return local === undefined ? undefined : toInstant(zone, local);
}

function filtersOf(state: KimaiState, access: Access, query: Query): readonly Filter[] {
  const exported = query.flag('exported');
  const active = query.flag('active');
  const billable = query.flag('billable');
  const modified = modifiedAfter(state, query);
  const term = query.loose('term') ?? '';
  query.text('full', /^(0|1|true|false)$/);
  const filters: (Filter | undefined)[] = [
    userFilter(state, access, query),
    exported === undefined ? undefined : (row) => row.exported === exported,
    active === undefined ? undefined : (row) => (row.end === null) === active,
    billable === undefined ? undefined : (row) => row.billable === billable,
    modified === undefined ? undefined : (row) => row.modifiedAt !== null && row.modifiedAt >= modified,
    ...objectFilters(state, access, query),
    tagFilter(state, query),
    access.seesAll ? undefined : reachable(state, access),
    term.trim() === '' ? undefined : state.termFilter(term),
  ];
  return filters.filter((filter) => filter !== undefined);
}

/** UTC; an empty value means now and so finds nothing. */
function modifiedAfter(state: KimaiState, query: Query): number | undefined {
  return query.raw('modified_after') === '' ? state.now() : query.dateTime('modified_after');
}

/** Whose records: without `view_other_timesheet` always one's own; unknown ids count for nothing. */
function userFilter(state: KimaiState, access: Access, query: Query): Filter | undefined {
  const single = query.text('user', /^(\d+|all)$/);
  const several = query.list('users', DIGITS).map(Number);
  const own: Filter = (row) => row.user === access.user.id;
  if (!access.may('view_other_timesheet')) return own;
  if (single === 'all') {
    if (access.seesAll) return undefined;
    const led = access.ledUserIds();
    return (row) => led.has(row.user);
  }
  const asked = [...several, ...(single === undefined ? [] : [Number(single)])];
  const users = asked.flatMap((id) => state.findUser(id) ?? []);
  for (const user of users) need(access.otherUser(user));
  const ids = new Set(users.map(({ id }) => id));
  return ids.size === 0 ? own : (row) => ids.has(row.user);
}

/** Customers, projects, activities: or within a kind, and between kinds; unknown ids are ignored, not empty. */
function objectFilters(state: KimaiState, access: Access, query: Query): readonly (Filter | undefined)[] {
  const customers = query.ids('customer', 'customers').flatMap((id) => state.findCustomer(id) ?? []);
  for (const customer of customers) need(access.customer(customer));
  const projects = query.ids('project', 'projects').flatMap((id) => state.findProject(id) ?? []);
  for (const project of projects) need(access.project(project));
  const activities = query.ids('activity', 'activities').flatMap((id) => state.findActivity(id) ?? []);
  for (const activity of activities) need(access.activity(activity));
  return [
    oneOf(customers, (row) => state.project(row.project).customer),
    oneOf(projects, (row) => row.project),
    oneOf(activities, (row) => row.activity),
  ];
}

function oneOf(
  rows: readonly { readonly id: number }[],
  idOf: (row: KimaiTimesheet) => number,
): Filter | undefined {
  if (rows.length === 0) return undefined;
  const ids = new Set(rows.map(({ id }) => id));
  return (row) => ids.has(idOf(row));
}

/** Exact names, or. Only visible tags count; when none is left it is a 400 (since Kimai 2.26). */
function tagFilter(state: KimaiState, query: Query): Filter | undefined {
  const names = query.values('tags');
  if (names.length === 0) return undefined;
  const ids = new Set(
    names
      .flatMap((name) => (name === name.trimStart() ? (state.findTag(name) ?? []) : []))
      .flatMap((tag) => (tag.visible ? [tag.id] : [])),
  );
  if (ids.size === 0) refuse(400);
  return (row) => row.tags.some((id) => ids.has(id));
}

/** Without `view_all_data`, records of other teams' objects are left out. */
function reachable(state: KimaiState, access: Access): Filter | undefined {
  const { customers, projects, activities } = state.world;
  if (![customers, projects, activities].some((rows) => rows.some(({ teams }) => teams.length > 0)))
    return undefined;
  const hiddenProjects = new Set(projects.filter((row) => !access.project(row)).map(({ id }) => id));
  const hiddenActivities = new Set(activities.filter((row) => !access.activity(row)).map(({ id }) => id));
  return (row) => !hiddenProjects.has(row.project) && !hiddenActivities.has(row.activity);
}
