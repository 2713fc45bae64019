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
  return {
    ...(view.nested
      ? nestedObjects(state, row)
      : { activity: row.activity, project: row.project, user: row.user }),
    tags: view.tagNames ?? row.tags.map((id) => state.tag(id).name),
    id: row.id,
    begin: formatInstant(zone, row.begin),
    end: row.end === null ? null : formatInstant(zone, row.end),
    duration: row.duration,
    break: row.break,
    description: row.description,
    ...(access.timesheet('view_rate', row) ? rates(row, view.single) : {}),
    exported: row.exported,
    billable: row.billable,
    metaFields: Object.entries(row.meta).map(([name, value]) => ({ name, value })),
  };
}

function rates(row: KimaiTimesheet, single: boolean): Json {
  const common = { rate: row.rate, internalRate: row.internalRate };
  return single ? { ...common, fixedRate: row.fixedRate, hourlyRate: row.hourlyRate } : common;
}

function nestedObjects(state: KimaiState, row: KimaiTimesheet): Json {
  return {
    user: userBrief(state.user(row.user)),
    activity: activityNested(state, state.activity(row.activity)),
    project: projectNested(state, state.project(row.project)),
  };
}
