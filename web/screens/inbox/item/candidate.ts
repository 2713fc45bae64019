import type { ReplyOf } from '../../../../api/contract';
import type { listEntries } from '../../../../api/entries/explain-entry.contract';
import type { Reason } from '../../../../domain/reason';
import type { ConflictDetail } from '../../../data/conflicts';
import type { ChoicePreview } from './choices';
import { withoutMarker } from './marker';

type Candidate = ConflictDetail['candidates'][number];
export type TicketEntry = ReplyOf<typeof listEntries>['items'][number];
export type ScorePart = keyof Candidate['scoreParts'];

/** Something a decision can be about: a Kimai entry, or (to deduct from) a Zammad entry of the ticket. */
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
  /** What Kimai bills for it; null where it tells no price. */
  readonly price: { readonly amount: number; readonly currency: string | null } | null;
  /** How well it fits, 0–100; null where nothing was scored. */
  readonly percent: number | null;
  readonly parts: readonly { readonly part: ScorePart; readonly percent: number }[];
  readonly isTimesheet: boolean;
  /** Why no decision can be about it now. */
  readonly refusal: Reason | null;
};

const PARTS = ['date', 'duration', 'person', 'text', 'project'] as const satisfies readonly ScorePart[];

/**
 * Kimai entries that may be the same first, then what a decision can be told to deduct from. Those are known by their
 * preview (a Kimai entry) or as an entry of the ticket, which is read beside the case.
 */
export function candidatesOf(
  detail: ConflictDetail,
  ofTicket: readonly TicketEntry[],
  time: (instant: string) => string,
): CandidateView[] {
  const found = detail.candidates.map((candidate) => fromTimesheet(candidate, time));
  const known = new Set(found.map(({ id }) => id));
  const others = [...new Set(targetsOf(detail))].filter((id) => !known.has(id));
  const named = others.flatMap((id) => fromPreview(detail, id) ?? fromEntry(ofTicket, id, time) ?? []);
  return [...found, ...named].map((view) => ({ ...view, refusal: refusalOf(detail, view.id) }));
}

/** Ids that a decision of the case takes and that the case itself does not describe. */
export function unnamedTargets(detail: ConflictDetail): string[] {
  const known = new Set(detail.candidates.map(({ timesheetId }) => timesheetId));
  return targetsOf(detail).filter((id) => !known.has(id) && fromPreview(detail, id) === undefined);
}

const targetsOf = ({ choices }: ConflictDetail) => choices.flatMap(({ targetId }) => targetId ?? []);

const previewsOf = ({ choices }: ConflictDetail, id: string): ChoicePreview[] =>
  choices.filter(({ targetId }) => targetId === id);

/** Refused as a whole only where every decision about it is. */
function refusalOf(detail: ConflictDetail, id: string): Reason | null {
  const previews = previewsOf(detail, id);
  return previews.every(({ refusal }) => refusal) ? (previews[0]?.refusal ?? null) : null;
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
    description: withoutMarker(candidate.description),
    exported: candidate.exported,
    price: candidate.rate === null ? null : { amount: candidate.rate, currency: candidate.currency },
    percent: Math.round(candidate.score * 100),
    parts: PARTS.map((part) => ({ part, percent: Math.round(candidate.scoreParts[part] * 100) })),
    isTimesheet: true,
    refusal: null,
  };
}

/** The Kimai entry that a preview would change, as it is now. */
function fromPreview(detail: ConflictDetail, id: string): CandidateView | undefined {
  const preview = previewsOf(detail, id).find(({ desired }) => desired);
  const desired = preview?.desired;
  if (!preview || !desired) return undefined;
  const old = preview.effect.facts['oldSeconds'];
  return {
    ...NOTHING_SCORED,
    id,
    day: desired.day,
    times: `${desired.begin.slice(11, 16)}–${desired.end.slice(11, 16)}`,
    seconds: typeof old === 'number' ? old : desired.seconds,
    meta: '',
    description: withoutMarker(desired.description),
    isTimesheet: true,
  };
}

function fromEntry(
  ofTicket: readonly TicketEntry[],
  id: string,
  time: (instant: string) => string,
): CandidateView | undefined {
  const entry = ofTicket.find(({ sourceId }) => sourceId === id);
  return (
    entry && {
      ...NOTHING_SCORED,
      id,
      day: entry.entryDate,
      times: time(entry.bookedAt),
      seconds: entry.seconds ?? 0,
      meta: present([entry.personName, entry.activityName]).join(' · '),
      description: null,
      isTimesheet: false,
    }
  );
}

const NOTHING_SCORED = {
  url: null,
  exported: false,
  price: null,
  percent: null,
  parts: [],
  refusal: null,
} as const;

function present(names: readonly (string | null | undefined)[]): string[] {
  return names.flatMap((name) => name || []);
}
