import type { Choice, ConflictKind, Decision } from '../conflict.js';
import type { Rule } from '../rules.js';
import { subjectOf, type Books, type Question, type Tried } from './books.js';
import { msOf } from './calendar.js';
import { isBlocked, make, type Made } from './choices.js';
import { askEffect, entriesOf, waitEffect, type Effect } from './effects.js';
import { customerKeyOf } from './mapping.js';
import { seenFacts } from './seen.js';

/** By a person, else by the policy or a rule, else it is asked; what is written takes its time on the clock. */
export function settle(books: Books, question: Question): readonly Effect[] {
  const { about, kind } = question;
  const entryIds = [question, ...question.together].flatMap((one) => entriesOf(one.about));
  const wait = [waitEffect(about, entryIds)];
  const decided = byPerson(books, question)?.map((one) => ({ ...one, byPerson: true }));
  if (decided) return endsLater(books, decided) ? wait : reserve(books, decided);
  if (isFresh(books, question)) return wait;
  const rule = ruleFor(books, question);
  const ask = [askEffect(about, { subject: subjectOf(about), kind, entryIds })];
  if (rule?.then === 'ask') return ask;
  const made = question.automatic
    ? make(books, question, question.automatic, {})
    : byRule(books, question, rule);
  if (!made || isBlocked(made)) return ask;
  return endsLater(books, made) ? wait : reserve(books, made);
}

function reserve({ taken }: Books, effects: readonly Effect[]): readonly Effect[] {
  for (const { takes } of effects) if (takes) taken.push(takes);
  return effects;
}

function byPerson(books: Books, question: Question): readonly Effect[] | null {
  const decision = books.input.decisions.find(({ subject }) => subject === subjectOf(question.about));
  if (decision?.kind !== question.kind) return null;
  if (books.memory.seen.get(decision.id) !== seenFacts(question)) return null;
  const made = make(books, question, decision.choice, decision.parameters);
  return isBlocked(made) ? null : made;
}

/** Facts of the source that are younger than the quiet period. */
function isFresh({ input }: Books, question: Question): boolean {
  const quietMs = input.bridge.policies.quietMinutes * 60_000;
  const changed = [question, ...question.together].map(({ about }) => msOf(about.lead.entry.updatedAt));
  return question.quiet && quietMs > 0 && Math.max(...changed) + quietMs > msOf(input.now);
}

function endsLater({ input }: Books, effects: readonly Effect[]): boolean {
  if (input.bridge.target.allowsFuture) return false;
  return effects.some(({ endsMs }) => endsMs !== null && endsMs > msOf(input.now));
}

function ruleFor({ input }: Books, { kind, about, atStake }: Question): Rule | undefined {
  const { entry, frozen } = about.lead;
  const seconds = Math.abs(atStake);
  return input.rules.find(
    ({ when }) =>
      (!when.kinds || when.kinds.includes(kind)) &&
      (!when.customerKeys || when.customerKeys.includes(customerKeyOf(about.lead))) &&
      (!when.userIds || when.userIds.includes(frozen.userId)) &&
      (!when.activityTypeIds || when.activityTypeIds.includes(entry.activityTypeId ?? '')) &&
      (when.secondsBelow === undefined || seconds < when.secondsBelow) &&
      (when.secondsFrom === undefined || seconds >= when.secondsFrom),
  );
}

/** What a rule may choose: nothing that deletes, passes a lock, needs eyes or a value, or that people took back. */
const OPEN_TO_RULES: Readonly<Record<ConflictKind, readonly Choice[]>> = {
  duplicate: ['link', 'create', 'skip'],
  mismatch: ['take_source', 'keep_target', 'create', 'skip'],
  missing: ['create', 'skip'],
  ambiguous: ['create', 'skip'],
  target_changed: ['keep_target', 'take_source'],
  target_deleted: ['create_again', 'accept_deletion'],
  source_deleted: ['keep'],
  locked: ['leave'],
  unmapped_activity: [],
  unmapped_user: [],
  unmapped_customer: [],
  rejected: ['skip'],
  correction: ['skip'],
  unreadable: [],
  reverted: ['leave_undone'],
  unknown_outcome: [],
  guard: [],
};

function byRule(books: Books, question: Question, rule: Rule | undefined): Made | null {
  const choice = ruledChoice(question, rule);
  return choice ? make(books, question, choice, {}) : null;
}

function ruledChoice({ kind, candidates }: Question, rule: Rule | undefined): Choice | null {
  if (!rule || rule.then === 'ask' || !OPEN_TO_RULES[kind].includes(rule.then)) return null;
  return rule.then === 'link' && candidates.length > 1 ? null : rule.then;
}

/** The last try did not end in a write: it is asked what to do, not tried again. */
export function afterRefusal(books: Books, question: Question): Question {
  const refusal = books.input.refusals[subjectOf(question.about)];
  const undone = refusal?.code === 'reverted';
  const tried = triedBefore(books, question);
  if (!tried || (tried.choice === 'link' && !undone)) return question;
  if (!refusal) return whenFull(books, question, tried);
  const again = { ...question, automatic: null, quiet: false, refusal, tried };
  if (undone) return { ...again, kind: 'reverted' };
  if (refusal.code === 'unknown_outcome') return { ...again, kind: 'unknown_outcome' };
  const sent = books.memory.sent.get(subjectOf(question.about)) ?? '';
  return wouldSend(books, tried).includes(sent) ? { ...again, kind: 'rejected' } : question;
}

function whenFull(books: Books, question: Question, tried: Tried): Question {
  if (books.input.bridge.target.allowsOverlap) return question;
  const made = make(books, question, tried.choice, tried.parameters);
  if (!isBlocked(made) || made.blocked !== 'full') return question;
  return { ...question, kind: 'rejected', automatic: null, tried };
}

function wouldSend(books: Books, tried: Tried): readonly string[] {
  const edits = decisionsOf(books, tried.question)
    .filter(({ choice }) => choice === 'edit_and_retry')
    .map(({ parameters }) => parameters);
  return [{}, ...edits].flatMap((edit) => {
    const made = make(books, tried.question, tried.choice, { ...tried.parameters, ...edit });
    return isBlocked(made) ? [] : made.flatMap(({ sent }) => (sent === null ? [] : [sent]));
  });
}

const WRITES: Partial<Record<ConflictKind, Choice>> = {
  missing: 'create',
  mismatch: 'take_source',
  target_changed: 'take_source',
  target_deleted: 'create_again',
  locked: 'book_correction',
  source_deleted: 'delete_target',
};

/** The one in force, and those that were when the last try was refused. */
function decisionsOf({ input }: Books, { about }: Question): readonly Decision[] {
  const subject = subjectOf(about);
  const inForce = input.decisions.filter((one) => one.subject === subject);
  return [...inForce, ...(input.refusals[subject]?.decided ?? [])];
}

/** What a person chose about these facts; else what is done, or usual, when nobody does. */
function triedBefore(books: Books, question: Question): Tried | null {
  const decision = decisionsOf(books, question).find(({ kind }) => kind === question.kind);
  if (decision && books.memory.seen.get(decision.id) === seenFacts(question))
    return { question, choice: decision.choice, parameters: decision.parameters };
  const ruled = ruledChoice(question, ruleFor(books, question));
  const choice = question.automatic ?? ruled ?? WRITES[question.kind];
  return choice ? { question, choice, parameters: {} } : null;
}
