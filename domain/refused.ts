import { choose } from './choose.js';
import type { Chosen } from './chosen.js';
import type { Choice, ConflictKind, Decision, DecisionParameters } from './conflict.js';
import { desiredKey } from './desired.js';
import { versionOf } from './facts.js';
import type { Planning } from './planning.js';
import { question as makeQuestion, type Question, type Tried } from './question.js';
import { reason } from './reason.js';
import type { Refusal } from './reconcile-input.js';
import { ruleFor, rulesChoice } from './rule-for.js';

const KIND_OF_REFUSAL: Readonly<Record<string, 'reverted' | 'unknown_outcome'>> = {
  reverted: 'reverted',
  unknown_outcome: 'unknown_outcome',
};

/**
 * The last try of this lead did not end in a write. What was undone, and what got no answer, is asked whatever the
 * plan would write now; a refusal is asked as long as the same would be sent. Null: the question stands as it is.
 */
export function asRefused(planning: Planning, question: Question): Question | null {
  const refusal = planning.input.refusals[question.subject];
  const tried = triedAbout(planning, question, refusal);
  if (!refusal || !tried) return tooFull(planning, question, tried);
  const kind = KIND_OF_REFUSAL[refusal.code] ?? 'rejected';
  if (kind === 'rejected' && !sends(planning, tried, refusal)) return null;
  return makeQuestion({
    ...question,
    kind,
    why: reason(refusal.code, { ...question.why.facts, quoted: refusal.quoted }),
    automatic: null,
    quiet: false,
    refusal,
    tried,
  });
}

/** Where nobody decided, what people or the policy write to settle such a question. */
const USUAL: Partial<Readonly<Record<ConflictKind, Choice>>> = {
  missing: 'create',
  mismatch: 'take_source',
  target_changed: 'take_source',
  target_deleted: 'create_again',
  locked: 'book_correction',
  source_deleted: 'delete_target',
};

/**
 * What was tried about the question: what a person decided about these very facts, else what the policy, a rule or the
 * usual answer does. Only what was undone can have been a link, which writes nothing.
 */
function triedAbout(planning: Planning, question: Question, refusal: Refusal | undefined): Tried | null {
  const tried = decidedAbout(planning, question, refusal) ?? chosenWithout(planning, question);
  if (!tried || (tried.choice === 'link' && refusal?.code !== 'reverted')) return null;
  return { question, ...tried };
}

type Taken = Pick<Tried, 'choice' | 'parameters'>;

/** What is done, or would be proposed, while nobody decides. */
function chosenWithout(planning: Planning, question: Question): Taken | null {
  if (question.automatic) return question.automatic;
  const choice = rulesChoice(question, ruleFor(planning, question)) ?? USUAL[question.kind];
  return choice ? { choice, parameters: {} } : null;
}

function decidedAbout(planning: Planning, question: Question, refusal: Refusal | undefined): Taken | null {
  const known = decisionsOn(planning, question.subject, refusal).find(({ kind }) => kind === question.kind);
  if (!known || known.version !== versionOf(planning, question)) return null;
  return { choice: known.choice, parameters: known.parameters };
}

/** The newest that is in force, then what was decided when the refused write was tried. */
const decisionsOn = (
  { decisions }: Planning,
  subject: string,
  refusal: Refusal | undefined,
): readonly Decision[] => [decisions.get(subject) ?? [], refusal?.decided ?? []].flat();

/** No free place that day where overlaps are forbidden: known before Kimai has to say so. */
function tooFull(planning: Planning, question: Question, tried: Tried | null): Question | null {
  if (!planning.occupancy || !tried) return null;
  const chosen = attempt(planning, tried, tried.parameters);
  if (chosen.ok || chosen.blocked.code !== 'no_free_place') return null;
  const why = reason('no_free_place', { ...question.why.facts, ...chosen.blocked.facts });
  return makeQuestion({ ...question, kind: 'rejected', why, automatic: null, tried });
}

const attempt = (planning: Planning, { question, choice }: Tried, parameters: DecisionParameters): Chosen =>
  choose({ planning, question, choice, parameters, cause: { by: { kind: 'policy' }, why: question.why } });

/** Whether it would send what was refused: as planned, or as a person edited it for a retry. */
function sends(planning: Planning, tried: Tried, refusal: Refusal): boolean {
  const decisions = decisionsOn(planning, tried.question.subject, refusal);
  const edits = decisions.flatMap(({ choice, parameters }) =>
    choice === 'edit_and_retry' ? [parameters] : [],
  );
  return [{}, ...edits].some((edit) => {
    const chosen = attempt(planning, tried, { ...tried.parameters, ...edit });
    if (!chosen.ok) return false;
    return chosen.steps.some((step) => {
      if (step.kind === 'delete') return refusal.sent === KEY_OF_DELETION;
      return (step.kind === 'create' || step.kind === 'update') && refusal.sent === desiredKey(step.desired);
    });
  });
}

/** A deletion sends nothing: what the ledger keeps as the key of one. */
const KEY_OF_DELETION = '';
