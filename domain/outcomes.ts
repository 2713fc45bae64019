import type { GapLedger } from './gap-ledger.js';
import { indexBy } from './group-by.js';
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

type Standing = { entryId: string; state: EntryState; why: Reason; subjects: string[] };

/** Each entry that was handed in and is not deleted is in exactly one state afterwards. */
export function outcomesOf(
  scope: Scope,
  cases: readonly LeadCase[],
  { steps, withheld }: Guarded,
  gaps: GapLedger,
): readonly EntryOutcome[] {
  const byLead = indexBy(cases, (one) => one.lead.entry.id);
  const standings = new Map<string, Standing>();
  for (const { entry } of scope.beforeStart)
    put(standings, entry.id, { state: 'before_start', why: reason('before_start'), subject: null });
  for (const step of steps) {
    const left = {
      state: stateOf(step),
      why: step.why,
      subject: step.kind === 'ask' ? step.facts.subject : null,
    };
    for (const id of entriesOf(step, byLead, gaps)) put(standings, id, left);
  }
  for (const [subject, held] of withheld) {
    const left = { state: 'waiting', why: reason('held_by_guard', { guard: subject }), subject } as const;
    if (!steps.some((step) => step.kind === 'ask' && step.facts.subject === subject)) continue;
    for (const step of held) for (const id of entriesOf(step, byLead, gaps)) put(standings, id, left);
  }
  const outcomes: EntryOutcome[] = [];
  for (const { entry } of scope.byId.values())
    if (entry.deletedAt === null) outcomes.push(outcome(entry.id, standings.get(entry.id)));
  return outcomes;
}

function put(
  standings: Map<string, Standing>,
  entryId: string,
  {
    state,
    why,
    subject,
  }: { readonly state: EntryState; readonly why: Reason; readonly subject: string | null },
): void {
  const known = standings.get(entryId);
  if (!known) {
    standings.set(entryId, { entryId, state, why, subjects: subject === null ? [] : [subject] });
    return;
  }
  if (PRESSING[state] > PRESSING[known.state]) {
    known.state = state;
    known.why = why;
  }
  if (subject !== null && !known.subjects.includes(subject)) known.subjects.push(subject);
}

function outcome(entryId: string, standing: Standing | undefined): EntryOutcome {
  if (!standing) return { entryId, state: 'agreed', why: reason('nothing_to_write'), subjects: [] };
  standing.subjects.sort();
  return standing;
}

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
    case 'provision':
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
    case 'provision':
      return step.entryIds;
    case 'map':
      return gaps.entryIdsBehind(gapSubject({ kind: step.gap, key: step.key }));
    default: {
      const about = byLead.get(step.leadId);
      return about ? entryIdsOf(about) : [step.leadId];
    }
  }
}
