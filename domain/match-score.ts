import type { Candidate } from './conflict.js';
import type { Seconds, TimeEntry } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

type Parts = Candidate['parts'];
type Part = keyof Parts;

/** What each part may contribute; together 1. Words and day say most about what a row was meant for. */
export const SCORE_WEIGHTS: Readonly<Record<Part, number>> = {
  date: 0.25,
  duration: 0.25,
  person: 0.05,
  text: 0.3,
  project: 0.15,
};

/** How much a row some days off still counts; farther away it is no candidate at all. */
const DATE_CLOSENESS = [1, 0.4, 0.2, 0.1] as const;
export const MAX_DAYS_OFF = DATE_CLOSENESS.length - 1;

/** The ticket's number as a whole word, with or without `#`. */
export function namesTicket(text: string | null, ticketNumber: string): boolean {
  if (!text || ticketNumber === '') return false;
  for (let at = text.indexOf(ticketNumber); at >= 0; at = text.indexOf(ticketNumber, at + 1)) {
    const before = text[at - 1] === '#' ? text[at - 2] : text[at - 1];
    if (!isWordPart(before) && !isWordPart(text[at + ticketNumber.length])) return true;
  }
  return false;
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_-]/u.test(character);

export type Wanted = {
  readonly entry: TimeEntry;
  readonly day: string;
  readonly seconds: Seconds;
  readonly projectId: string;
};

/** The most that a row this many days off can score: cheap, so that hopeless pairs cost nothing more. */
export function bestPossible(wanted: Wanted, row: Timesheet, daysOff: number): number {
  const { date, duration, person, text, project } = SCORE_WEIGHTS;
  const sameProject = row.projectId === wanted.projectId ? project : 0;
  return closeness(daysOff) * date + durationScore(wanted, row) * duration + person + text + sameProject;
}

/** The score's parts; a row is only ever compared with entries of its own person. */
export function scoreParts(
  wanted: Wanted,
  titleWords: ReadonlySet<string>,
  row: Timesheet,
  daysOff: number,
): Parts {
  return {
    date: closeness(daysOff),
    duration: durationScore(wanted, row),
    person: 1,
    text: textScore(wanted.entry, titleWords, row),
    project: row.projectId === wanted.projectId ? 1 : 0,
  };
}

const closeness = (daysOff: number): number => DATE_CLOSENESS[Math.abs(daysOff)] ?? 0;

function durationScore(wanted: Wanted, row: Timesheet): number {
  const longer = Math.max(wanted.seconds, row.seconds, 1);
  return Math.max(0, 1 - (2 * Math.abs(wanted.seconds - row.seconds)) / longer);
}

/** 1 for the ticket's number, else the share of the title's longer words that the row repeats. */
function textScore(entry: TimeEntry, titleWords: ReadonlySet<string>, row: Timesheet): number {
  if (namesTicket(row.description, entry.ticketNumber)) return 1;
  if (titleWords.size === 0 || row.description === null) return 0;
  const said = wordsOfRow(row, row.description);
  let shared = 0;
  for (const word of titleWords) if (said.has(word)) shared += 1;
  return shared / titleWords.size;
}

// A row is compared with many entries; its words are taken apart once.
const wordsByRow = new WeakMap<Timesheet, ReadonlySet<string>>();

function wordsOfRow(row: Timesheet, description: string): ReadonlySet<string> {
  const known = wordsByRow.get(row) ?? wordsOf(description);
  wordsByRow.set(row, known);
  return known;
}

export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []);

/** Rounded, so that the order of equal scores never hangs on a float's last bit. */
export function totalScore(parts: Parts): number {
  const { date, duration, person, text, project } = SCORE_WEIGHTS;
  const sum =
    parts.date * date +
    parts.duration * duration +
    parts.person * person +
    parts.text * text +
    parts.project * project;
  return Math.round(sum * 1000) / 1000;
}
