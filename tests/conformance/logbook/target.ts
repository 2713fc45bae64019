import { array, object, string, type InferType } from 'yup';
import type { Answer } from '../../../connectors/http.js';
import { parseList, parseReply, readRecord } from '../../../connectors/parse.js';
import type { ConnectorContext, TimeTarget } from '../../../connectors/port.js';
import { entryDate } from '../../../domain/entry-date.js';
import { SyncError } from '../../../domain/errors.js';
import { carriesMarker } from '../../../domain/marker.js';
import type { CatalogueItem } from '../../../domain/staged.js';
import type { DesiredTimesheet, Timesheet, TimesheetChanges } from '../../../domain/timesheet.js';
import { atLocalTime, instantMs, toInstant } from '../../../domain/zone.js';
import { createLogbookClient } from './client.js';
import { CLOSED_JOB } from './world.js';

const text = () => string().required();
const rowSchema = object({
  id: text(),
  person: text(),
  job: text(),
  task: text(),
  from: text(),
  to: text(),
  text: string().defined().nonNullable(),
  labels: array(text()).required(),
}).required();

/** A logbook as a target of time. Times are local on the wire, in the zone of the context. */
export function createLogbookTarget(context: ConnectorContext): TimeTarget {
  const client = createLogbookClient(context);
  const show = (raw: InferType<typeof rowSchema>, readAt: string): Timesheet =>
    rowOf(raw, context.timeZone, readAt);
  /** An answer that cannot be read was a write all the same. */
  const written = ({ body, readAt, status }: Answer, what: string): Timesheet => {
    const row = readRecord(rowSchema, body);
    if (row.ok) return show(row.value, readAt);
    throw new SyncError('outcome_unknown', `${what}: ${row.problem}`, { status });
  };

  const target: TimeTarget = {
    check: async () => {
      await client.ask({ method: 'GET', path: '/me' });
      return {
        findings: [],
        version: null,
        timeZone: context.timeZone,
        account: 'logbook',
        capabilities: {},
      };
    },
    catalogue: async () => {
      const { body } = await client.ask({ method: 'GET', path: '/people' });
      const people = parseReply(array(text()).required(), body, 'GET /people');
      return [
        ...people.map((name) => item('user', name, null)),
        item('customer', 'house', null),
        item('project', 'job', 'house'),
        { ...item('project', CLOSED_JOB, 'house'), active: false },
        item('activity', 'task', null),
        item('activity', 'other-task', null),
      ];
    },
    listTimesheets: async ({ fromDay, toDay, modifiedAfter, userId }, cursor) => {
      const query = {
        ...(modifiedAfter === undefined ? {} : { since: modifiedAfter }),
        ...(cursor === null ? {} : { after: cursor }),
      };
      const { body, readAt, serverTime } = await client.ask({ method: 'GET', path: '/rows', query });
      const raws = parseList(body, 'GET /rows').map((row) => parseReply(rowSchema, row, 'a row'));
      const items = raws
        .map((raw) => show(raw, readAt))
        .filter(({ day }) => day >= (fromDay ?? '') && day <= (toDay ?? '9999'))
        .filter((row) => userId === undefined || row.userId === userId);
      return { items, unreadable: [], cursor: raws.at(-1)?.id ?? null, readAt, serverTime };
    },
    readTimesheet: async (externalId) => {
      const { status, body, readAt } = await client.ask({ method: 'GET', path: `/rows/${externalId}` });
      return status === 404 ? null : show(parseReply(rowSchema, body, 'a row'), readAt);
    },
    findByMarker: async (marker, { userId }) => {
      const found: Timesheet[] = [];
      for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
        const page: Awaited<ReturnType<TimeTarget['listTimesheets']>> = await target.listTimesheets(
          { userId },
          cursor,
        );
        found.push(...page.items.filter(({ description }) => carriesMarker(description, marker)));
        cursor = page.cursor;
      }
      return found;
    },
    createTimesheet: async (desired) =>
      written(await client.ask({ method: 'POST', path: '/rows', body: bodyOf(desired) }), 'POST /rows'),
    updateTimesheet: async (externalId, changes) => {
      const path = `/rows/${externalId}`;
      const answer = await client.ask({ method: 'PATCH', path, body: bodyOf(changes) });
      if (answer.status === 404)
        throw new SyncError('record_refused', `PATCH ${path} answered 404`, { status: 404, refusal: 'gone' });
      return written(answer, `PATCH ${path}`);
    },
    deleteTimesheet: async (externalId) => {
      const { status } = await client.ask({ method: 'DELETE', path: `/rows/${externalId}` });
      return status === 404 ? 'gone' : 'deleted';
    },
    ensureTag: async (name) => void (await client.ask({ method: 'POST', path: '/labels', body: { name } })),
    close: client.close,
  };
  return target;
}

/** Only what is named goes out. */
const bodyOf = (wish: TimesheetChanges | DesiredTimesheet) => ({
  person: wish.userId,
  job: wish.projectId,
  task: wish.activityId,
  from: wish.begin,
  to: wish.end,
  text: wish.description,
  labels: wish.tags,
});

function rowOf(raw: InferType<typeof rowSchema>, timeZone: string, readAt: string): Timesheet {
  const at = (local: string): string => toInstant(atLocalTime(local.slice(0, 10), local.slice(11), timeZone));
  const [begin, end] = [at(raw.from), at(raw.to)];
  return {
    externalId: raw.id,
    userId: raw.person,
    projectId: raw.job,
    activityId: raw.task,
    begin,
    end,
    seconds: (instantMs(end) - instantMs(begin)) / 1000,
    day: entryDate(begin, timeZone),
    description: raw.text,
    tags: [...raw.labels].sort(),
    exported: false,
    billable: true,
    rate: null,
    readAt,
    deletedAt: null,
    unreadable: null,
  };
}

const item = (kind: CatalogueItem['kind'], name: string, parentId: string | null): CatalogueItem => ({
  kind,
  externalId: name,
  name,
  parentId,
  number: null,
  orderNumber: null,
  email: null,
  active: true,
});
