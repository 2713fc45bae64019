import type { Access } from './access.js';
import { overBudget } from './budget.js';
import { type Draft, netSeconds } from './draft.js';
import type { Violation } from './forms/form.js';
import { formatDuration } from './forms/values.js';
import type { KimaiState } from './state.js';
import type { KimaiProject, KimaiTimesheet } from './world.js';
import { startOfDay } from './zones.js';

/** One check of a draft; `old` is the stored row when there is one. */
interface Checked {
  readonly state: KimaiState;
  readonly access: Access;
  readonly draft: Draft;
  readonly old: KimaiTimesheet | undefined;
}

type Rule = (checked: Checked, before: readonly Violation[]) => readonly Violation[];

/** All rules that a draft breaks, in Kimai's order: its validators run by name, then the required fields. */
export function violations(
  state: KimaiState,
  access: Access,
  draft: Draft,
  old?: KimaiTimesheet,
): readonly Violation[] {
  const checked = { state, access, draft, old };
  return RULES.reduce<readonly Violation[]>((found, rule) => [...found, ...rule(checked, found)], []);
}

const YEAR_SECONDS = 31_536_000;

const order: Rule = ({ draft }) =>
  draft.end !== null && draft.begin > draft.end
    ? [{ path: 'end_date', message: 'The end date must not be earlier than the start date.' }]
    : [];

const chosen: Rule = ({ state, draft }) => {
  const project = draft.project === null ? undefined : state.project(draft.project);
  const activity = draft.activity === null ? undefined : state.activity(draft.activity);
  const found: Violation[] = [];
  if (activity === undefined && state.settings.flag('timesheet.rules.require_activity'))
    found.push({ path: 'activity', message: 'An activity needs to be selected.' });
  if (project === undefined)
    return [...found, { path: 'project', message: 'A project needs to be selected.' }];
  if (activity !== undefined && activity.project !== null && activity.project !== project.id)
    found.push({
      path: 'project',
      message: 'Project mismatch, project specific activity and timesheet project are different.',
    });
  if (activity?.project === null && !project.globalActivities)
    found.push({ path: 'activity', message: 'Global activities are forbidden for the selected project.' });
  return [...found, ...projectPeriod(draft, project)];
};

/** The project's days, in the record's zone: begin and end of the record are checked one by one. */
function projectPeriod(draft: Draft, project: KimaiProject): readonly Violation[] {
  const first = project.start === null ? -Infinity : startOfDay(draft.zone, project.start);
  const last = project.end === null ? Infinity : startOfDay(draft.zone, project.end) + 86_399;
  const times = [
    { path: 'begin_date', at: draft.begin },
    ...(draft.end === null ? [] : [{ path: 'end_date', at: draft.end }]),
  ];
  return times.flatMap(({ path, at }) => {
    if (at < first) return [{ path, message: 'The project has not started at that time.' }];
    return at > last ? [{ path, message: 'The project is finished at that time.' }] : [];
  });
}

const budget: Rule = ({ state, access, draft, old }) =>
  state.settings.flag('timesheet.rules.allow_overbooking_budget')
    ? []
    : overBudget(state, access, draft, old);

const deactivated: Rule = ({ state, draft }) => {
  if (draft.id !== null && draft.end !== null) return [];
  const project = draft.project === null ? undefined : state.project(draft.project);
  const activity = draft.activity === null ? undefined : state.activity(draft.activity);
  const found: Violation[] = [];
  if (activity?.visible === false)
    found.push({ path: 'activity', message: 'Cannot start a disabled activity.' });
  if (project === undefined) return found;
  if (!project.visible) found.push({ path: 'project', message: 'Cannot start a disabled project.' });
  if (!state.customer(project.customer).visible)
    found.push({ path: 'customer', message: 'Cannot start a disabled customer.' });
  return found;
};

const exported: Rule = ({ access, draft }) =>
  draft.id !== null && draft.exported && !access.timesheet('edit_export', subject(draft))
    ? [{ path: 'exported', message: 'This timesheet is already exported.' }]
    : [];

const future: Rule = ({ state, draft }) => {
  const { settings } = state;
  if (settings.flag('timesheet.rules.allow_future_times')) return [];
  const limit = (side: 'begin' | 'end') =>
    state.now() + settings.number(`timesheet.rounding.default.${side}`) * 60 + 60;
  const found: Violation[] = [];
  if (draft.begin > limit('begin'))
    found.push({ path: 'begin_date', message: 'The begin date cannot be in the future.' });
  if (draft.end !== null && draft.end > limit('end'))
    found.push({ path: 'end_time', message: 'The end date cannot be in the future.' });
  return found;
};

const lockdown: Rule = ({ state, access, draft }) =>
  access.may('lockdown_override_timesheet') ||
  state.isOpenPeriod(draft.begin, draft.zone, access.may('lockdown_grace_timesheet'))
    ? []
    : [{ path: 'begin_date', message: 'This period is locked. Please choose a later date.' }];

const longRunning: Rule = ({ state, draft }) => {
  const seconds = netSeconds(draft);
  if (seconds === null) return [];
  if (seconds > YEAR_SECONDS) return [{ path: 'duration', message: 'Maximum duration exceeded.' }];
  const minutes = state.settings.number('timesheet.rules.long_running_duration');
  if (minutes <= 0 || seconds <= minutes * 60) return [];
  return [{ path: 'duration', message: `Maximum ${formatDuration(minutes * 60)} hours allowed.` }];
};

const negative: Rule = ({ draft }) =>
  (netSeconds(draft) ?? 0) < 0 ? [{ path: 'duration', message: 'Duration cannot be negative.' }] : [];

const overlapping: Rule = ({ state, draft }) => {
  if (state.settings.flag('timesheet.rules.allow_overlapping_records')) return [];
  if (draft.end !== null && draft.begin > draft.end) return [];
  const taken = state.world.timesheets.some((row) => overlaps(draft, row));
  return taken ? [{ path: 'begin_date', message: 'You already have an entry for this time.' }] : [];
};

/** As `TimesheetRepository::hasRecordForTime` asks: one second off at both ends, so that touching records pass. */
function overlaps(draft: Draft, row: KimaiTimesheet): boolean {
  if (row.user !== draft.user || row.end === null || row.id === draft.id) return false;
  const begin = draft.begin + 1;
  if (begin >= row.begin && begin <= row.end) return true;
  if (draft.end === null) return false;
  const end = draft.end - 1;
  if (end >= row.begin && end <= row.end) return true;
  return (row.begin >= begin && row.begin <= end) || (row.end >= begin && row.end <= end);
}

const restart: Rule = ({ access, draft }, before) =>
  draft.end === null && before.length === 0 && !access.timesheet('start', subject(draft))
    ? [{ path: 'end_date', message: 'You are not allowed to start this timesheet record.' }]
    : [];

const teamAccess: Rule = ({ state, access, draft, old }) => {
  const found: Violation[] = [];
  if (
    draft.project !== null &&
    draft.project !== old?.project &&
    !access.project(state.project(draft.project))
  )
    found.push({ path: 'project', message: 'You are not allowed to use this project.' });
  if (
    draft.activity !== null &&
    draft.activity !== old?.activity &&
    !access.activity(state.activity(draft.activity))
  )
    found.push({ path: 'activity', message: 'You are not allowed to use this activity.' });
  return found;
};

const zero: Rule = ({ state, draft }) =>
  netSeconds(draft) === 0 && !state.settings.flag('timesheet.rules.allow_zero_duration')
    ? [{ path: 'duration', message: 'An empty duration is not allowed.' }]
    : [];

const required: Rule = ({ draft }) =>
  (['project', 'activity'] as const)
    .filter((path) => draft[path] === null)
    .map((path) => ({ path, message: 'This value should not be null.' }));

const RULES: readonly Rule[] = [
  ...[order, chosen, budget, deactivated, exported, future, lockdown, longRunning],
  ...[negative, overlapping, restart, teamAccess, zero, required],
];

/** A draft as something that rights are asked about: what is not chosen is left out. */
export function subject(draft: Draft): Pick<KimaiTimesheet, 'user'> & Partial<KimaiTimesheet> {
  return {
    user: draft.user,
    begin: draft.begin,
    timezone: draft.zone,
    exported: draft.exported,
    ...(draft.project === null ? {} : { project: draft.project }),
    ...(draft.activity === null ? {} : { activity: draft.activity }),
  };
}
