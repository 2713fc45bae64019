import type { GapLedger } from './gap-ledger.js';
import type { Guarded } from './guards.js';
import { entryIdsOf, type LeadCase } from './lead-case.js';
import type { EntryOutcome, EntryState, Step } from './plan.js';
import { gapSubject } from './gaps.js';
import { reason, type Reason } from './reason.js';
import type { Scope } from './scope.js';

/** An entry that is part of several steps stands where the most pressing of them leaves it. */
const PRESSING: Readonly<Record<EntryState, number>> = {
  before_start: 0,
  agreed: 1,
  skipped: 2,
  pending: 3,
  waiting: 4,
};

type Standing = { state: EntryState; why: Reason; readonly subjects: string[] };

/** Each entry that was handed in and is not deleted is in exactly one state afterwards. */
export function outcomesOf(
  scope: Scope,
  cases: readonly LeadCase[],
  { steps, withheld }: Guarded,
  gaps: GapLedger,
): readonly EntryOutcome[] {
  const byLead = new Map(cases.map((one) => [one.lead.entry.id, one]));
  const standings = new Map<string, Standing>();
  const note = (
    entryIds: readonly string[],
    state: EntryState,
    why: Reason,
    subject: string | null,
  ): void => {
    for (const id of entryIds) put(standings, id, state, why, subject);
  };
  for (const booked of scope.beforeStart)
    note([booked.entry.id], 'before_start', reason('before_start'), null);
  for (const step of steps) {
    const subject = step.kind === 'ask' ? step.facts.subject : null;
    note(entriesOf(step, byLead, gaps), stateOf(step), step.why, subject);
  }
  for (const [subject, held] of withheld) {
    const why = reason('held_by_guard', { guard: subject });
    if (steps.some((step) => step.kind === 'ask' && step.facts.subject === subject)) {
      for (const step of held) note(entriesOf(step, byLead, gaps), 'waiting', why, subject);
    }
  }
  return [...scope.byId.values()]
    .filter(({ entry }) => entry.deletedAt === null)
    .map(({ entry }) => outcome(entry.id, standings.get(entry.id)));
}

function put(
  standings: Map<string, Standing>,
  id: string,
  state: EntryState,
  why: Reason,
  subject: string | null,
): void {
  const known = standings.get(id);
  if (!known) {
    standings.set(id, { state, why, subjects: subject === null ? [] : [subject] });
    return;
  }
  if (PRESSING[state] > PRESSING[known.state]) {
    known.state = state;
    known.why = why;
  }
  if (subject !== null && !known.subjects.includes(subject)) known.subjects.push(subject);
}

const outcome = (entryId: string, standing: Standing | undefined): EntryOutcome =>
  standing
    ? { entryId, state: standing.state, why: standing.why, subjects: standing.subjects.sort() }
    : { entryId, state: 'agreed', why: reason('nothing_to_write'), subjects: [] };

function stateOf(step: Step): EntryState {
  switch (step.kind) {
    case 'in_sync':
    case 'adopt':
    case 'accept':
      return 'agreed';
    case 'create':
    case 'update':
    case 'delete':
    case 'map':
    case 'wait':
      return 'pending';
    case 'skip':
      return 'skipped';
    case 'ask':
      return 'waiting';
    default:
      return step satisfies never;
  }
}

function entriesOf(step: Step, byLead: ReadonlyMap<string, LeadCase>, gaps: GapLedger): readonly string[] {
  switch (step.kind) {
    case 'ask':
      return step.facts.entryIds;
    case 'skip':
    case 'wait':
      return step.entryIds;
    case 'map':
      return gaps.entryIdsBehind(gapSubject({ kind: step.gap, key: step.key }));
    default: {
      const about = byLead.get(step.leadId);
      return about ? entryIdsOf(about) : [step.leadId];
    }
  }
}
