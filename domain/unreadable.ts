import { canonicalText } from './canonical.js';
import type { ConflictFacts } from './conflict.js';
import { byBooking } from './booking-order.js';
import { subjectOfLead } from './lead-case.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import { reason } from './reason.js';
import type { BookedEntry } from './reconcile-input.js';

/** A record that does not parse is asked about; the run goes on and says that its sum is incomplete. */
export const unreadableSteps = (planning: Planning, entries: readonly BookedEntry[]): readonly Step[] =>
  [...entries].sort(byBooking).map((booked) => stepFor(planning, booked));

function stepFor(planning: Planning, booked: BookedEntry): Step {
  const leadId = booked.entry.id;
  const facts = factsOf(planning, booked);
  const decision = planning.decisions.get(facts.subject);
  if (decision?.version === facts.version && decision.choice === 'skip') {
    const by = { kind: 'decision', decisionId: decision.id } as const;
    return { kind: 'skip', leadId, by, why: reason('decided', { choice: 'skip' }), entryIds: [leadId] };
  }
  return { kind: 'ask', leadId, by: { kind: 'policy' }, why: facts.why, facts };
}

function factsOf({ input }: Planning, { entry, frozen }: BookedEntry): ConflictFacts {
  const subject = subjectOfLead(entry.id);
  const problem = entry.unreadable ?? 'not_a_number';
  return {
    kind: 'unreadable',
    subject,
    version: input.hash(canonicalText({ kind: 'unreadable', subject, problem, unit: entry.unitText })),
    why: reason('unreadable', {
      problem,
      unitText: entry.unitText,
      entryDay: frozen.entryDate,
      ticketNumber: entry.ticketNumber,
    }),
    entryIds: [entry.id],
    base: null,
    source: null,
    target: null,
    targetRowId: null,
    candidates: [],
    differing: [],
    secondsAtStake: 0,
    gap: null,
    choices: [
      { choice: 'retry', targetId: null, effect: reason('will_read_again'), desired: null, blocked: null },
      { choice: 'skip', targetId: null, effect: reason('will_change_nothing'), desired: null, blocked: null },
    ],
  };
}
