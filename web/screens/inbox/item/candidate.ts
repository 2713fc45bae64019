import type { ConflictDetail } from '../../../data/conflicts';

type Candidate = ConflictDetail['candidates'][number];
export type ScorePart = keyof Candidate['scoreParts'];

/** Something a decision can be about: a Kimai entry, or (to deduct from) a Zammad entry of the case. */
export type CandidateView = {
  readonly id: string;
  readonly url: string | null;
  readonly day: string;
  /** `14:00–15:30`; empty where only the day is known. */
  readonly times: string;
  readonly seconds: number;
  /** Person, project, activity. */
  readonly meta: string;
  readonly description: string | null;
  readonly exported: boolean;
  /** How well it fits, 0–100; null where nothing was scored. */
  readonly percent: number | null;
  readonly parts: readonly { readonly part: ScorePart; readonly percent: number }[];
  readonly isTimesheet: boolean;
};

const PARTS = ['date', 'duration', 'person', 'text', 'project'] as const satisfies readonly ScorePart[];

/** Kimai entries first; Zammad entries only where a decision names one of them as its target. */
export function candidatesOf(detail: ConflictDetail, time: (instant: string) => string): CandidateView[] {
  const wanted = new Set(detail.choices.flatMap(({ targetId }) => targetId ?? []));
  const timesheets = detail.candidates.map((candidate) => fromTimesheet(candidate, time));
  const known = new Set(timesheets.map(({ id }) => id));
  const entries = detail.entries.filter(({ id }) => wanted.has(id) && !known.has(id)).map(fromEntry);
  return [...timesheets, ...entries];
}

function fromTimesheet(candidate: Candidate, time: (instant: string) => string): CandidateView {
  const { person, project, customer, activity } = candidate;
  return {
    id: candidate.timesheetId,
    url: candidate.url,
    day: candidate.day,
    times: candidate.end === null ? time(candidate.begin) : `${time(candidate.begin)}–${time(candidate.end)}`,
    seconds: candidate.seconds,
    meta: present([person.name, customer?.name, project.name, activity.name]).join(' · '),
    description: candidate.description,
    exported: candidate.exported,
    percent: Math.round(candidate.score * 100),
    parts: PARTS.map((part) => ({ part, percent: Math.round(candidate.scoreParts[part] * 100) })),
    isTimesheet: true,
  };
}

function fromEntry(entry: ConflictDetail['entries'][number]): CandidateView {
  return {
    id: entry.id,
    url: entry.url,
    day: entry.entry_date,
    times: '',
    seconds: Math.round((entry.time_minutes ?? 0) * 60),
    meta: present([`#${entry.ticket_number}`, entry.user_name, entry.activity_name]).join(' · '),
    description: entry.ticket_title,
    exported: false,
    percent: null,
    parts: [],
    isTimesheet: false,
  };
}

function present(names: readonly (string | null | undefined)[]): string[] {
  return names.flatMap((name) => name || []);
}
