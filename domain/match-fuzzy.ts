import { compareIds } from './booking-order.js';
import type { Candidate } from './conflict.js';
import type { OpenLead } from './match-exact.js';
import { MAX_DAYS_OFF, bestPossible, scoreParts, totalScore, wordsOf, type Wanted } from './match-score.js';
import { memoized } from './memo.js';
import type { Day } from './time-entry.js';
import type { Timesheet } from './timesheet.js';
import { addDays, instantMs } from './zone.js';

/** More candidates than this help nobody to choose. */
const MAX_CANDIDATES = 5;

type Pair = {
  readonly lead: OpenLead;
  readonly candidate: Candidate;
  readonly secondsOff: number;
  readonly beginOff: number;
};

/**
 * Similar rows for the leads that nothing matched exactly; a proposal, never applied by itself.
 * Each row is proposed to one lead only: first one row per lead, greedily, best pair first, then the rest.
 */
export function matchSimilar(
  leads: readonly OpenLead[],
  rowsOf: (userId: string, day: string) => readonly Timesheet[],
  threshold: number,
): ReadonlyMap<OpenLead, readonly Candidate[]> {
  const pairs = leads.flatMap((lead) => pairsOf(lead, rowsOf, threshold)).sort(byCloseness);
  const found = new Map<OpenLead, Candidate[]>();
  const given = new Set<string>();
  const give = (pair: Pair, atMost: number): void => {
    const known = found.get(pair.lead) ?? [];
    const { externalId } = pair.candidate.timesheet;
    if (given.has(externalId) || known.length >= atMost) return;
    given.add(externalId);
    found.set(pair.lead, [...known, pair.candidate]);
  };
  for (const pair of pairs) give(pair, 1);
  for (const pair of pairs) give(pair, MAX_CANDIDATES);
  return found;
}

function pairsOf(
  lead: OpenLead,
  rowsOf: (userId: string, day: string) => readonly Timesheet[],
  threshold: number,
): readonly Pair[] {
  const { entry, frozen } = lead.about.lead;
  const wanted: Wanted = {
    entry,
    day: frozen.entryDate,
    seconds: lead.about.seconds,
    projectId: lead.booking.projectId,
  };
  const titleWords = wordsOf(entry.ticketTitle);
  const pairs: Pair[] = [];
  for (const [index, day] of daysAround(wanted.day).entries()) {
    const off = index - MAX_DAYS_OFF;
    for (const row of rowsOf(lead.booking.userId, day)) {
      if (bestPossible(wanted, row, off) < threshold) continue;
      const candidate = similar(wanted, titleWords, row, { daysOff: off, threshold });
      if (candidate) {
        const secondsOff = Math.abs(row.seconds - wanted.seconds);
        const beginOff = Math.abs(instantMs(row.begin) - instantMs(frozen.bookedAt));
        pairs.push({ lead, candidate, secondsOff, beginOff });
      }
    }
  }
  return pairs;
}

/** The day with those before and after it that a candidate may lie on, oldest first. */
const daysAround = memoized((day: Day): readonly Day[] =>
  Array.from({ length: 2 * MAX_DAYS_OFF + 1 }, (_, index) => addDays(day, index - MAX_DAYS_OFF)),
);

function similar(
  wanted: Wanted,
  titleWords: ReadonlySet<string>,
  row: Timesheet,
  { daysOff, threshold }: { daysOff: number; threshold: number },
): Candidate | null {
  const parts = scoreParts(wanted, titleWords, row, daysOff);
  const score = totalScore(parts);
  return score >= threshold ? { timesheet: row, score, parts } : null;
}

/** By (score, Δ seconds, Δ begin, ids): the same proposals for any order of the input. */
function byCloseness(a: Pair, b: Pair): number {
  return (
    b.candidate.score - a.candidate.score ||
    a.secondsOff - b.secondsOff ||
    a.beginOff - b.beginOff ||
    compareIds(a.lead.about.lead.entry.sourceId, b.lead.about.lead.entry.sourceId) ||
    compareIds(a.candidate.timesheet.externalId, b.candidate.timesheet.externalId)
  );
}
