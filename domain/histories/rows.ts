import { ZONE } from '../books.test-support.js';
import type { Timesheet } from '../timesheet.js';
import { localDay } from '../oracle/calendar.js';
import { iso, type Kimai } from '../oracle/kimai.js';
import type { Act } from './acts.js';

export type RowAct = Extract<
  Act,
  {
    do:
      | 'retime'
      | 'reday'
      | 'shift'
      | 'pause'
      | 'rebook'
      | 'reactivity'
      | 'reperson'
      | 'reword'
      | 'retag'
      | 'remove'
      | 'export'
      | 'unexport'
      | 'garble'
      | 'copy'
      | 'type';
  }
>;

let words = 0;

/** What a person does to a timesheet in Kimai. Kimai lets nobody change an exported one. */
export function changeRow(kimai: Kimai, act: RowAct, now: string): void {
  if (act.do === 'type') return typeRow(kimai, act, now);
  const row = kimai.rows[act.pick % Math.max(1, kimai.rows.length)];
  if (!row || row.deletedAt !== null) return;
  if (act.do === 'copy') return copyRow(kimai, row, act.how, now);
  if (row.exported && act.do !== 'unexport') return;
  kimai.put({ ...row, ...changesOf(row, act, now) });
}

function typeRow(kimai: Kimai, act: Extract<RowAct, { do: 'type' }>, now: string): void {
  const begin = `${act.day}T${act.time}Z`;
  kimai.add({
    userId: act.person,
    projectId: act.project,
    activityId: act.activity,
    ...lasting(begin, act.seconds),
    description: act.words,
    tags: [],
    exported: false,
    billable: true,
    rate: null,
    readAt: now,
    deletedAt: null,
    unreadable: null,
  });
}

/** *Duplicate* copies everything, our marker too; *restart* begins a running copy. */
function copyRow(kimai: Kimai, row: Timesheet, how: 'duplicate' | 'restart', now: string): void {
  const { externalId: _own, ...copied } = row;
  kimai.add(
    how === 'duplicate'
      ? { ...copied, exported: false }
      : {
          ...copied,
          exported: false,
          begin: now,
          end: null,
          seconds: 0,
          day: localDay(Date.parse(now), ZONE),
        },
  );
}

const lasting = (
  begin: string,
  seconds: number,
  breakSeconds = 0,
): Pick<Timesheet, 'begin' | 'end' | 'seconds' | 'day'> => ({
  begin,
  end: iso(Date.parse(begin) + (seconds + breakSeconds) * 1000),
  seconds,
  day: localDay(Date.parse(begin), ZONE),
});

function changesOf(
  row: Timesheet,
  act: Exclude<RowAct, { do: 'type' | 'copy' }>,
  now: string,
): Partial<Timesheet> {
  switch (act.do) {
    case 'retime':
      return lasting(row.begin, act.seconds, row.breakSeconds);
    case 'reday':
      return lasting(`${act.day}T${row.begin.slice(11)}`, row.seconds, row.breakSeconds);
    case 'shift':
      return lasting(iso(Date.parse(row.begin) + act.minutes * 60_000), row.seconds, row.breakSeconds);
    case 'pause':
      return row.end === null || row.breakSeconds
        ? {}
        : { end: iso(Date.parse(row.end) + 900_000), breakSeconds: 900 };
    case 'rebook':
      return { projectId: act.project };
    case 'reactivity':
      return { activityId: act.activity };
    case 'reperson':
      return { userId: act.person };
    case 'reword':
      return { description: reworded(row.description, act.how) };
    case 'retag':
      return { tags: [...row.tags, 'vor Ort'].reverse(), billable: !row.billable };
    case 'remove':
      return { deletedAt: now };
    case 'export':
      return row.end === null ? {} : { exported: true };
    case 'unexport':
      return { exported: false };
    case 'garble':
      return { unreadable: row.unreadable === null ? 'no duration' : null };
    default:
      return act satisfies never;
  }
}

/** Words of people are told by `note` and a number. */
function reworded(text: string | null, how: Extract<RowAct, { do: 'reword' }>['how']): string | null {
  words += 1;
  const note = `note${words}`;
  switch (how) {
    case 'below':
      return `${text ?? ''}\n${note}`;
    case 'above':
      return `${note}\n${text ?? ''}`;
    case 'behind':
      return `${text ?? ''} ${note}`;
    case 'unmark':
      return (text ?? '').replace(/ ?\[tb-[^\]]*\]/g, '');
    case 'empty':
      return null;
    default:
      return how satisfies never;
  }
}

/** The words that people left in a text. */
export const notesIn = (text: string | null): readonly string[] => text?.match(/note\d+/g) ?? [];
