import type { Candidate } from './conflict.js';
import { roundToMinutes } from './duration.js';
import { secondsOf, subjectOfLead, type CaseRow, type LeadCase } from './lead-case.js';
import { closedDay } from './locks.js';
import { matchExactly, type ExactMatches, type OpenLead } from './match-exact.js';
import { matchSimilar } from './match-fuzzy.js';
import { freeRowsKey, sequenceOf, type Planning } from './planning.js';
import { question, type Question } from './question.js';
import { reason } from './reason.js';
import type { Seconds } from './time-entry.js';
import { valuesOfRow } from './three-way.js';
import type { Timesheet } from './timesheet.js';
import { instantMs } from './zone.js';

/** An entry that is older than this when first seen is asked, outside a confirmed first run. */
const ASK_WHEN_OLDER_THAN_MS = 35 * 86_400_000;

/** Leads without a link: by marker, then exactly, then by likeness; what is left is new. */
export function questionsOfOpenLeads(planning: Planning, leads: readonly OpenLead[]): readonly Question[] {
  const rowsOf = (userId: string, day: string) => planning.freeRows.get(freeRowsKey(userId, day)) ?? [];
  const marked = leads.filter((lead) => markedRows(planning, lead).length > 0);
  const unmarked = leads.filter((lead) => markedRows(planning, lead).length === 0);
  const exact = matchExactly(unmarked, rowsOf, planning.input.orderNumbers ?? {});
  const claimed = new Set(rowsIn(exact).map((row) => row.externalId));
  const unmatched = unmarked.filter((lead) => !isMatched(exact, lead));
  const similar = matchSimilar(
    unmatched,
    (userId, day) => rowsOf(userId, day).filter((row) => !claimed.has(row.externalId)),
    planning.bridge.policies.fuzzyThreshold,
  );
  const questions = [
    ...marked.map((lead) => markedQuestion(lead, markedRows(planning, lead))),
    ...unmarked.map(
      (lead) => exactQuestion(planning, lead, exact) ?? newQuestion(planning, lead, similar.get(lead) ?? []),
    ),
  ];
  const proposed = [...similar.values()].flat().map(({ timesheet }) => timesheet.externalId);
  return withNearRows(planning, questions, unmatched, (userId, day) => {
    const taken = new Set([...claimed, ...proposed]);
    return rowsOf(userId, day).filter((row) => !taken.has(row.externalId));
  });
}

/** Below this nobody would take a row for the entry. */
const NEAR_THRESHOLD = 0.3;

/** An entry that is asked about although nothing is like it: what lies nearest can still be linked by a person. */
function withNearRows(
  { input }: Planning,
  questions: readonly Question[],
  leads: readonly OpenLead[],
  rowsOf: (userId: string, day: string) => readonly Timesheet[],
): readonly Question[] {
  // Whether a write without an answer arrived is asked too, whatever the policy says about new entries.
  const isAsked = ({ kind, automatic, subject }: Question) =>
    kind === 'missing' && (!automatic || input.refusals[subject]?.code === 'unknown_outcome');
  const asked = new Set(questions.filter(isAsked).map(({ about }) => about));
  if (asked.size === 0) return questions;
  const near = matchSimilar(
    leads.filter(({ about }) => asked.has(about)),
    rowsOf,
    NEAR_THRESHOLD,
  );
  const byCase = new Map([...near].map(([lead, candidates]) => [lead.about, candidates]));
  return questions.map((one) =>
    asked.has(one.about) ? { ...one, candidates: byCase.get(one.about) ?? [] } : one,
  );
}

const markedRows = (planning: Planning, { about }: OpenLead): readonly Timesheet[] =>
  planning.markedRows.get(about.lead.entry.sourceId) ?? [];

const isMatched = ({ paired, crowded, differing }: ExactMatches, lead: OpenLead): boolean =>
  paired.has(lead) || crowded.has(lead) || differing.has(lead);

const rowsIn = ({ paired, crowded, differing }: ExactMatches): readonly Timesheet[] => [
  ...paired.values(),
  ...[...crowded.values()].flat(),
  ...differing.values(),
];

const shared = (lead: OpenLead) => ({
  subject: subjectOfLead(lead.about.lead.entry.id),
  about: lead.about,
  booking: lead.booking,
  quiet: true,
});

/** Rows that say they are this entry, in order. Several of one number are a duplicate; the lowest id stands first. */
function markedQuestion(lead: OpenLead, ordered: readonly Timesheet[]): Question {
  const sequences = new Set(ordered.map(sequenceOf));
  const seconds = secondsOf(ordered);
  const candidates = ordered.map(certain);
  const why = {
    timesheetIds: ordered.map((row) => row.externalId),
    targetSeconds: seconds,
    ...entryFacts(lead),
  };
  const base = { ...shared(lead), candidates, secondsAtStake: lead.about.seconds - seconds };
  if (sequences.size < ordered.length) {
    return question({ ...base, kind: 'duplicate', why: reason('several_with_marker', why) });
  }
  const [first] = ordered;
  if (first && ordered.length === 1 && roundToMinutes(lead.about.seconds) !== roundToMinutes(first.seconds)) {
    return durationQuestion(lead, first, 'marker_differs');
  }
  // Our own marker is proof enough: the policy on exact matches is about rows that people made.
  const automatic = { choice: 'link', parameters: {} } as const;
  return question({ ...base, kind: 'duplicate', why: reason('marker_found', why), automatic });
}

function exactQuestion({ bridge }: Planning, lead: OpenLead, exact: ExactMatches): Question | null {
  const differing = exact.differing.get(lead);
  if (differing) return durationQuestion(lead, differing, 'match_differs');
  const paired = exact.paired.get(lead);
  const rows = paired ? [paired] : exact.crowded.get(lead);
  if (!rows) return null;
  const adopts = paired !== undefined && bridge.policies.exactMatches === 'adopt';
  return question({
    ...shared(lead),
    kind: 'duplicate',
    why: reason(paired ? 'exact_match' : 'several_matches', { rowCount: rows.length, ...entryFacts(lead) }),
    candidates: rows.map(certain),
    automatic: adopts ? { choice: 'link', parameters: {} } : null,
    secondsAtStake: paired ? lead.about.seconds - paired.seconds : lead.about.seconds,
  });
}

/** One row agrees in everything but the duration: as if it were linked, with that one field to settle. */
function durationQuestion(lead: OpenLead, row: Timesheet, code: string): Question {
  const linked: CaseRow = {
    linked: { externalId: row.externalId, role: 'main', sequence: 1, targetBase: row },
    now: row,
  };
  const now = valuesOfRow(row);
  const wanted = { ...now, seconds: roundToMinutes(lead.about.seconds) };
  return question({
    ...shared(lead),
    about: { ...lead.about, rows: [linked] },
    kind: 'mismatch',
    why: reason(code, { targetSeconds: row.seconds, ...entryFacts(lead) }),
    candidates: [certain(row)],
    merge: {
      base: now,
      wanted,
      now,
      sourceChanged: ['seconds'],
      targetChanged: [],
      differing: ['seconds'],
    },
    secondsAtStake: lead.about.seconds - row.seconds,
  });
}

function newQuestion(planning: Planning, lead: OpenLead, candidates: readonly Candidate[]): Question {
  const { bridge } = planning;
  const base = { ...shared(lead), candidates, secondsAtStake: lead.about.seconds };
  if (candidates.length > 0) {
    const why = reason('similar_rows', { rowCount: candidates.length, ...entryFacts(lead) });
    return question({ ...base, kind: 'ambiguous', why });
  }
  const closed = closedDay(lead.about.lead.frozen.entryDate, bridge.closedUntil);
  if (closed) {
    const why = reason('new_on_closed_day', { ...closed.facts, ...entryFacts(lead) });
    return question({ ...base, kind: 'locked', why });
  }
  const old = isOld(planning, lead.about);
  const automatic = bridge.policies.newEntries === 'auto' && !old;
  return question({
    ...base,
    kind: 'missing',
    why: reason(old ? 'missing_old' : 'missing', entryFacts(lead)),
    automatic: automatic ? { choice: 'create', parameters: {} } : null,
  });
}

function isOld({ input }: Planning, { lead }: LeadCase): boolean {
  const { firstRun, firstRunConfirmedAt } = input;
  const seenMs = instantMs(lead.firstSeenAt);
  if (firstRun || (firstRunConfirmedAt && seenMs <= instantMs(firstRunConfirmedAt))) return false;
  return seenMs - instantMs(lead.frozen.bookedAt) > ASK_WHEN_OLDER_THAN_MS;
}

const entryFacts = ({
  about,
}: OpenLead): { sourceSeconds: Seconds; entryDay: string; ticketNumber: string } => ({
  sourceSeconds: about.seconds,
  entryDay: about.lead.frozen.entryDate,
  ticketNumber: about.lead.entry.ticketNumber,
});

const certain = (timesheet: Timesheet): Candidate => ({
  timesheet,
  score: 1,
  parts: { date: 1, duration: 1, person: 1, text: 1, project: 1 },
});
