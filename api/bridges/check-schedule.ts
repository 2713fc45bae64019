import { isTimeZone } from '../connectors/connector-shape.contract.js';
import { invalidInput, type Issue } from '../http/problem.js';
import type { Schedule } from './bridge-shape.contract.js';
import { cronProblem } from './cron.js';

/** @throws Problem 422 that names the field of the schedule and what is right */
export function assertSchedule(schedule: Schedule): void {
  const issues: Issue[] = [
    ...cronIssue('schedule.cron', schedule.cron),
    ...(schedule.nightlyCron === null ? [] : cronIssue('schedule.nightlyCron', schedule.nightlyCron)),
    ...(isTimeZone(schedule.timeZone) ? [] : [zoneIssue]),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function cronIssue(path: string, text: string): Issue[] {
  const problem = cronProblem(text);
  return problem === null ? [] : [{ in: 'body', path, rule: 'cron', message: `${path} ${problem}` }];
}

const zoneIssue: Issue = {
  in: 'body',
  path: 'schedule.timeZone',
  rule: 'time-zone',
  message: 'schedule.timeZone must be a time zone like Europe/Berlin',
};
