import type { Candidate, ChoicePreview, Side } from '../../domain/conflict.js';
import { timesheetUrl } from '../links.js';
import type { Names } from './names.js';

/** One of the three columns, with names. */
export function presentSide(side: Side | null, names: Names) {
  if (side === null) return null;
  const { seconds, day, begin, userId, projectId, activityId, description } = side;
  return {
    seconds,
    day,
    begin,
    person: userId === null ? null : names.user(userId),
    project: projectId === null ? null : names.project(projectId),
    customer: projectId === null ? null : names.customerOf(projectId),
    activity: activityId === null ? null : names.activity(activityId),
    description,
  };
}

export function presentCandidate({ timesheet, score, parts }: Candidate, names: Names, web: TimesheetPages) {
  return {
    timesheetId: timesheet.externalId,
    url: timesheetUrl(web.url, web.language, timesheet.externalId),
    begin: timesheet.begin,
    end: timesheet.end,
    seconds: timesheet.seconds,
    day: timesheet.day,
    person: names.user(timesheet.userId),
    project: names.project(timesheet.projectId),
    customer: names.customerOf(timesheet.projectId),
    activity: names.activity(timesheet.activityId),
    description: timesheet.description,
    tags: [...timesheet.tags],
    exported: timesheet.exported,
    billable: timesheet.billable,
    rate: timesheet.rate,
    currency: names.currencyOf(timesheet.projectId),
    score,
    scoreParts: { ...parts },
  };
}

/** Kimai's pages, in the language of whoever reads. */
export type TimesheetPages = { readonly url: string; readonly language: string };

export const presentChoice = ({ choice, targetId, effect, desired, blocked }: ChoicePreview) => ({
  choice,
  targetId,
  effect,
  desired,
  refusal: blocked,
});
