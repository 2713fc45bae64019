import { choose } from './choose.js';
import type { Chosen } from './chosen.js';
import type { Choice, Decision, DecisionParameters } from './conflict.js';
import { desiredKey } from './desired.js';
import { factsOf, versionOf } from './facts.js';
import { customerKey } from './gaps.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import { entryIdsOfQuestion, leadsOf, question as makeQuestion, type Question } from './question.js';
import { reason, type Reason } from './reason.js';
import type { Refusal } from './reconcile-input.js';
import { firstMatch, ruleMayChoose, takesCandidate, type Rule } from './rules.js';
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

function ruleFor({ input }: Planning, { kind, about, secondsAtStake }: Question): Rule | null {
  if (input.rules.length === 0) return null;
  const { entry, frozen } = about.lead;
  return firstMatch(input.rules, {
    kind,
    customerKey: customerKey(entry),
    userId: frozen.userId,
    activityTypeId: entry.activityTypeId,
    seconds: secondsAtStake,
  });
}

function byRule(planning: Planning, question: Question, rule: Rule | null): readonly Step[] | null {
  if (!rule || rule.then === 'ask' || !ruleMayChoose(rule.then, question.kind)) return null;
  if (question.candidates.length > 1 && takesCandidate(rule.then)) return null;
  const chosen = choose({
    planning,
    question,
    choice: rule.then,
    parameters: {},
    cause: { by: { kind: 'rule', ruleId: rule.id, revision: rule.revision }, why: question.why },
  });
  return chosen.ok ? chosen.steps : null;
}

export function ask(planning: Planning, question: Question): Step {
  const facts = factsOf(planning, question);
  return {
    kind: 'ask',
    leadId: question.about.lead.entry.id,
    by: { kind: 'policy' },
    why: question.why,
    facts,
  };
}

/** A step that a policy would take is asked because a rule says so; what is asked anyway keeps its own reason. */
function askedByRule(planning: Planning, question: Question, rule: Rule): Step {
  if (!question.automatic) return ask(planning, question);
  const { id, revision, name = null } = rule;
  const why = reason('asked_by_rule', { ...question.why.facts, rule: name });
  return { ...ask(planning, { ...question, why }), by: { kind: 'rule', ruleId: id, revision } };
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

const KIND_OF_REFUSAL: Readonly<Record<string, 'reverted' | 'unknown_outcome'>> = {
  reverted: 'reverted',
  unknown_outcome: 'unknown_outcome',
};

/**
 * The last try of this lead did not end in a write. What was undone, and what got no answer, is asked whatever the
 * plan would write now; a refusal is asked as long as the same would be sent again.
 */
function asRefused(planning: Planning, question: Question): Question | null {
  const refusal = planning.input.refusals[question.subject];
  const undone = refusal?.code === 'reverted';
  const choice = writingChoice(planning, question) ?? (undone ? undoneChoice(planning, question) : null);
  if (!refusal || !choice) return tooFull(planning, question, choice);
  const kind = KIND_OF_REFUSAL[refusal.code] ?? 'rejected';
  if (kind === 'rejected' && !sentKeys(planning, question, choice).includes(refusal.sent)) return null;
  return makeQuestion({
    ...question,
    kind,
    why: reason(refusal.code, { ...question.why.facts, quoted: refusal.quoted }),
    automatic: null,
    quiet: false,
    refusal,
    tried: { question, choice },
  });
}

/** What a policy or a rule would do again after people took it back, also where that writes nothing (*link*). */
function undoneChoice(planning: Planning, question: Question): Choice | null {
  const { automatic } = question;
  if (automatic) return automatic.choice;
  const rule = ruleFor(planning, question);
  return rule && rule.then !== 'ask' ? rule.then : null;
}

/** No free place that day where overlaps are forbidden: known before Kimai has to say so. */
function tooFull(planning: Planning, question: Question, choice: Choice | null): Question | null {
  if (!planning.occupancy || !choice) return null;
  const chosen = attempt(planning, question, choice, {});
  if (chosen.ok || chosen.blocked.code !== 'no_free_place') return null;
  const why = reason('no_free_place', { ...question.why.facts, ...chosen.blocked.facts });
  return makeQuestion({ ...question, kind: 'rejected', why, automatic: null, tried: { question, choice } });
}

/** The choice that writes, if the question has one: what a refusal can be about. */
function writingChoice({ decisions }: Planning, { kind, automatic, subject }: Question): Choice | null {
  const decided: Decision | undefined = decisions.get(subject);
  if (automatic && automatic.choice !== 'link') return automatic.choice;
  if (decided && decided.kind === kind) return decided.choice;
  switch (kind) {
    case 'missing':
      return 'create';
    case 'mismatch':
    case 'target_changed':
      return 'take_source';
    case 'target_deleted':
      return 'create_again';
    case 'locked':
      return 'book_correction';
    case 'source_deleted':
      return 'delete_target';
    default:
      return null;
  }
}

const attempt = (
  planning: Planning,
  question: Question,
  choice: Choice,
  parameters: DecisionParameters,
): Chosen =>
  choose({ planning, question, choice, parameters, cause: { by: { kind: 'policy' }, why: question.why } });

/** The keys of what would be sent: as planned, and as a person edited it for a retry. */
function sentKeys(planning: Planning, question: Question, choice: Choice): readonly Refusal['sent'][] {
  const decision = planning.decisions.get(question.subject);
  const edits = decision?.choice === 'edit_and_retry' ? [decision.parameters] : [];
  return [{}, ...edits].flatMap((parameters) => {
    const chosen = attempt(planning, question, choice, parameters);
    if (!chosen.ok) return [];
    return chosen.steps.flatMap((step) => {
      if (step.kind === 'delete') return [KEY_OF_DELETION];
      return step.kind === 'create' || step.kind === 'update' ? [desiredKey(step.desired)] : [];
    });
  });
}

/** A deletion sends nothing: what the ledger keeps as the key of one. */
const KEY_OF_DELETION = '';
