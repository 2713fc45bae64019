import { choose } from './choose.js';
import { factsOf, versionOf } from './facts.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import { entryIdsOfQuestion, leadsOf, type Question } from './question.js';
import { reason, type Reason } from './reason.js';
import { asRefused } from './refused.js';
import { ruleFor, rulesChoice } from './rule-for.js';
import type { Rule } from './rules.js';
import type { Instant } from './time-entry.js';
import { instantMs, toInstant } from './zone.js';

/**
 * A question becomes steps: by a person's decision that is still about the same facts, by the bridge's policy, by a
 * rule, or it is asked. Nothing else in the house decides.
 */
export function settleQuestion(planning: Planning, asked: Question): readonly Step[] {
  const question = asRefused(planning, asked) ?? asked;
  const decided = byDecision(planning, question);
  if (decided) return waitsForItsEnd(planning, question, decided) ?? reserve(planning, decided);
  const quiet = waitsForQuiet(planning, question);
  if (quiet) return [quiet];
  const rule = ruleFor(planning, question);
  if (rule?.then === 'ask') return [askedByRule(planning, question, rule)];
  const taken = question.automatic ? byPolicy(planning, question) : byRule(planning, question, rule);
  if (!taken) return [ask(planning, question)];
  return waitsForItsEnd(planning, question, taken) ?? reserve(planning, taken);
}

function byDecision(planning: Planning, question: Question): readonly Step[] | null {
  const decision = planning.decisions.get(question.subject);
  if (decision?.kind !== question.kind) return null;
  if (versionOf(planning, question) !== decision.version) return null;
  const chosen = choose({
    planning,
    question,
    choice: decision.choice,
    parameters: decision.parameters,
    cause: {
      by: { kind: 'decision', decisionId: decision.id },
      why: reason('decided', { choice: decision.choice }),
    },
  });
  return chosen.ok ? chosen.steps : null;
}

function byPolicy(planning: Planning, question: Question): readonly Step[] | null {
  const { automatic } = question;
  if (!automatic) return null;
  const chosen = choose({
    planning,
    question,
    choice: automatic.choice,
    parameters: automatic.parameters,
    cause: { by: { kind: 'policy' }, why: question.why },
  });
  return chosen.ok ? chosen.steps : null;
}

function byRule(planning: Planning, question: Question, rule: Rule | null): readonly Step[] | null {
  const choice = rulesChoice(question, rule);
  if (!rule || choice === null) return null;
  const chosen = choose({
    planning,
    question,
    choice,
    parameters: {},
    cause: { by: { kind: 'rule', ruleId: rule.id, revision: rule.revision }, why: question.why },
  });
  return chosen.ok ? chosen.steps : null;
}

export function ask(planning: Planning, question: Question): Extract<Step, { kind: 'ask' }> {
  const facts = factsOf(planning, question);
  return {
    kind: 'ask',
    leadId: question.about.lead.entry.id,
    by: { kind: 'policy' },
    why: question.why,
    facts,
  };
}

/**
 * A step that a policy would take is asked because a rule says so; what is asked anyway keeps its own reason. The
 * version is that of the question itself, which an answer is compared with.
 */
function askedByRule(planning: Planning, question: Question, rule: Rule): Step {
  const asked = ask(planning, question);
  if (!question.automatic) return asked;
  const { id, revision, name = null } = rule;
  const why = reason('asked_by_rule', { ...question.why.facts, rule: name });
  return { ...asked, why, facts: { ...asked.facts, why }, by: { kind: 'rule', ruleId: id, revision } };
}

/** Fresh facts of the source may still be corrected: not written, and not asked either. */
function waitsForQuiet({ bridge, input }: Planning, question: Question): Step | null {
  const { quietMinutes } = bridge.policies;
  if (!question.quiet || quietMinutes === 0) return null;
  const changedMs = leadsOf(question).map(({ lead }) => instantMs(lead.entry.updatedAt));
  const untilMs = Math.max(...changedMs) + quietMinutes * 60_000;
  if (untilMs <= instantMs(input.now)) return null;
  const until = toInstant(untilMs);
  return waitStep(question, until, reason('quiet_period', { ...question.why.facts, untilAt: until }));
}

const waitStep = (question: Question, until: Instant, why: Reason): Step => ({
  kind: 'wait',
  leadId: question.about.lead.entry.id,
  by: { kind: 'policy' },
  why,
  entryIds: entryIdsOfQuestion(question),
  until,
});

/** Where the target refuses an end in the future, the write waits until it is past. */
function waitsForItsEnd(
  { bridge, input }: Planning,
  question: Question,
  steps: readonly Step[],
): readonly Step[] | null {
  if (bridge.target.allowsFuture) return null;
  const ends = steps.flatMap((step) =>
    step.kind === 'create' || step.kind === 'update' ? [step.desired.endAt] : [],
  );
  const latestMs = Math.max(...ends.map(instantMs));
  if (ends.length === 0 || latestMs <= instantMs(input.now)) return null;
  const until = toInstant(latestMs);
  return [waitStep(question, until, reason('ends_in_future', { untilAt: until }))];
}

/** Times that this plan will use are taken for the entries that come after. */
function reserve({ occupancy }: Planning, steps: readonly Step[]): readonly Step[] {
  if (occupancy) {
    for (const step of steps) if (step.kind === 'create') occupancy.take(step.desired.userId, step.desired);
  }
  return steps;
}
