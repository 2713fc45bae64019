import { byBooking } from './booking-order.js';
import { leadCases } from './cases.js';
import { questionsOfCorrections, type Correction } from './corrections.js';
import { withDeductibleRows } from './deductible.js';
import { GapLedger } from './gap-ledger.js';
import { guardPlan } from './guards.js';
import type { LeadCase } from './lead-case.js';
import { settleLinkedLead } from './linked-leads.js';
import { mapEntry, type Mapping } from './gaps.js';
import { oncePerTicket } from './moved-tickets.js';
import type { OpenLead } from './match-exact.js';
import { questionsOfOpenLeads } from './open-leads.js';
import { outcomesOf } from './outcomes.js';
import type { Plan, Step } from './plan.js';
import { preparePlanning, type Planning } from './planning.js';
import type { Question, Settled } from './question.js';
import { reason } from './reason.js';
import type { ReconcileInput } from './reconcile-input.js';
import { sortIntoScope } from './scope.js';
import { settleQuestion } from './settle.js';
import { acceptStep, agreedStep } from './step-makers.js';
import { acceptedByPerson, explainedByItself } from './three-way.js';
import { unreadableSteps } from './unreadable.js';

/**
 * From facts to a plan, in the order of books.md: scope and start → unreadable → gaps → netting → link or marker →
 * exact → fuzzy → three-way merge → guards → policy → rules. Pure, the same for any order of the input, near-linear.
 * Nothing has happened when it returns.
 */
export function reconcile(input: ReconcileInput): Plan {
  const planning = preparePlanning(input);
  const scope = sortIntoScope(input);
  const gaps = new GapLedger(planning);
  const { cases, corrections } = leadCases(planning, scope);
  const settled: Settled[] = [];
  const open: OpenLead[] = [];
  for (const about of cases) {
    if (about.link) settled.push(...settleLinked(planning, about, gaps));
    else if (about.seconds === 0) settled.push({ kind: 'agreed', about, why: reason('net_zero') });
    else openLead(about, mapEntry(about.lead, input.bridge), gaps, open);
  }
  const linked = settled.flatMap((one) => (one.kind === 'question' ? [one.question] : []));
  const questions = withDeductibleRows(planning, cases, [
    ...oncePerTicket(linked, input.refusals),
    ...questionsOfOpenLeads(planning, open),
    ...questionsOfCorrections(planning, withoutLinkedOnes(corrections, linked), gaps),
  ]).toSorted(byLead);
  const steps: Step[] = [...unreadableSteps(planning, scope.unreadable)];
  for (const one of settled) if (one.kind !== 'question') steps.push(withoutQuestion(one));
  for (const question of questions) steps.push(...settleQuestion(planning, question));
  steps.push(...gaps.steps());
  const guarded = guardPlan(planning, scope, steps);
  return { steps: guarded.steps, outcomes: outcomesOf(scope, cases, guarded, gaps) };
}

/** A lead that turned negative: first its own rows are settled, then the correction that it is now. */
function withoutLinkedOnes(
  corrections: readonly Correction[],
  linked: readonly Question[],
): readonly Correction[] {
  const subjects = new Set(linked.map(({ subject }) => subject));
  return corrections.filter(({ question }) => !subjects.has(question.subject));
}

function settleLinked(planning: Planning, about: LeadCase, gaps: GapLedger): readonly Settled[] {
  if (!about.link) return [];
  const answer = settleLinkedLead(planning, about, about.link);
  if (answer.kind !== 'mapping') return [answer];
  gaps.add(about, answer.mapping);
  return [];
}

function openLead(about: LeadCase, mapping: Mapping, gaps: GapLedger, open: OpenLead[]): void {
  if (mapping.ok) open.push({ about, booking: mapping.booking });
  else gaps.add(about, mapping);
}

function withoutQuestion(settled: Exclude<Settled, { kind: 'question' }>): Step {
  const { about, why } = settled;
  const cause = { by: { kind: 'policy' }, why } as const;
  if (settled.kind === 'agreed' || !about.link) {
    return agreedStep(about, cause);
  }
  const { closes } = settled;
  const explained = closes ? acceptedByPerson(about) : explainedByItself(about, about.link);
  return acceptStep(about, about.link.id, { ...explained, closes }, cause);
}

const byLead = (a: Question, b: Question): number => byBooking(a.about.lead, b.about.lead);
