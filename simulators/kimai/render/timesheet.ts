import type { Access } from '../access.js';
import type { KimaiState } from '../state.js';
import type { KimaiTimesheet } from '../world.js';
import { formatInstant } from '../zones.js';
import { activityNested, projectNested } from './catalogue.js';
import { userBrief } from './user.js';

type Json = Record<string, unknown>;

/** How one answer shows a record. */
export interface TimesheetView {
  /** Objects instead of ids for user, project and activity. */
  readonly nested: boolean;
  /** A record on its own has two rate fields more than one in a list. */
  readonly single: boolean;
  /** Zone of the times; the record's own when not given. The answer to a POST shows the caller's. */
  readonly zone?: string;
  /** Tag names in the order they were sent; ids ascending when not given. */
  readonly tagNames?: readonly string[];
}

/** One record as the caller may see it: rates only with `view_rate_own|other_timesheet` (per record since 2.66). */
export function timesheetJson(
  state: KimaiState,
  row: KimaiTimesheet,
  access: Access,
  view: TimesheetView,
): Json {
  const zone = view.zone ?? row.timezone;
  // Field by field: of 500 rows a page, spreading objects into one another takes most of the time.
  const json: Json = {};
  if (!view.nested) {
    json['activity'] = row.activity;
    json['project'] = row.project;
    json['user'] = row.user;
  }
  json['tags'] = view.tagNames ?? tagNames(state, row.tags);
  json['id'] = row.id;
  json['begin'] = formatInstant(zone, row.begin);
  json['end'] = row.end === null ? null : formatInstant(zone, row.end);
  json['duration'] = row.duration;
  json['break'] = row.break;
  if (view.nested) {
    json['user'] = userBrief(state.user(row.user));
    json['activity'] = activityNested(state, state.activity(row.activity));
    json['project'] = projectNested(state, state.project(row.project));
  }
  json['description'] = row.description;
  if (access.timesheet('view_rate', row)) addRates(json, row, view.single);
  json['exported'] = row.exported;
  json['billable'] = row.billable;
  json['metaFields'] = metaFields(row.meta);
  return json;
}

function tagNames(state: KimaiState, ids: readonly number[]): readonly string[] {
  return ids.length === 0 ? NONE : ids.map((id) => state.tag(id).name);
}

function metaFields(meta: KimaiTimesheet['meta']): readonly Json[] {
  return Object.entries(meta).map(([name, value]) => ({ name, value }));
}

const NONE: readonly string[] = [];

function addRates(json: Json, row: KimaiTimesheet, isSingle: boolean): void {
  json['rate'] = row.rate;
  json['internalRate'] = row.internalRate;
  if (!isSingle) return;
  json['fixedRate'] = row.fixedRate;
  json['hourlyRate'] = row.hourlyRate;
}
