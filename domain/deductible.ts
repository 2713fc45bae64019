import { standingRows, type LeadCase } from './lead-case.js';
import { lockOf } from './locks.js';
import { byBegin } from './match-exact.js';
import { sumOf } from './netting.js';
import type { Planning } from './planning.js';
import type { Deductible, Question } from './question.js';
import type { OpenElsewhere } from './reconcile-input.js';

/** More open rows than this nobody looks through. */
const MAX_ROWS = 20;
const MINUTE = 60;

type OpenRows = ReadonlyMap<string, readonly Deductible[]>;

/**
 * Gives locked questions the open rows of the same customer (Kimai project) that their negative difference may be
 * taken from, newest first. Rows are gathered once for all of them.
 */
export function withDeductibleRows(
  planning: Planning,
  cases: readonly LeadCase[],
  questions: readonly Question[],
): readonly Question[] {
  const isNegativeLock = (one: Question) => one.kind === 'locked' && one.secondsAtStake < 0;
  if (!questions.some(isNegativeLock)) return questions;
  const elsewhere = (planning.input.openElsewhere ?? []).map(caseOf);
  const open = openRowsByProject(planning, [...cases, ...elsewhere]);
  return questions.map((one) => (isNegativeLock(one) ? { ...one, deductible: rowsFor(one, open) } : one));
}

function caseOf({ lead, link, rows }: OpenElsewhere): LeadCase {
  const now = new Map(rows.map((row) => [row.externalId, row]));
  return {
    lead,
    stands: true,
    members: link.members,
    seconds: sumOf(link.members),
    link,
    rows: link.rows.map((linked) => ({ linked, now: now.get(linked.externalId) ?? linked.targetBase })),
  };
}

function openRowsByProject({ bridge }: Planning, cases: readonly LeadCase[]): OpenRows {
  const open = new Map<string, Deductible[]>();
  for (const about of cases) {
    if (!about.stands || about.link?.closed) continue;
    for (const { now } of standingRows(about)) {
      if (lockOf(now, bridge.closedUntil)) continue;
      const known = open.get(now.projectId);
      if (known) known.push({ about, row: now });
      else open.set(now.projectId, [{ about, row: now }]);
    }
  }
  return open;
}

function rowsFor({ about, secondsAtStake }: Question, open: OpenRows): readonly Deductible[] {
  const projects = new Set(standingRows(about).map(({ now }) => now.projectId));
  return [...projects]
    .flatMap((projectId) => open.get(projectId) ?? [])
    .filter(
      (one) => one.about.lead.entry.id !== about.lead.entry.id && one.row.seconds + secondsAtStake >= MINUTE,
    )
    .sort((a, b) => byBegin(b.row, a.row))
    .slice(0, MAX_ROWS);
}
