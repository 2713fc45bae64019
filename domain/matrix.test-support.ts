import { asks, decisionOn, kinds } from './books.test-support.js';
import type { Choice, DecisionParameters } from './conflict.js';
import { validateDecision } from './decide.js';
import type { Policies } from './policies.js';
import { reconcile } from './reconcile.js';
import { SITUATIONS, booksOf, type SituationName } from './situations.test-support.js';

export type Outcome = string;
export type Row = readonly [
  name: SituationName,
  choice: Choice,
  parameters: DecisionParameters,
  becomes: Outcome,
];

const BOTH_SIDES = 'the duration was changed on both sides';
const BY_HAND = 'the row typed by hand has another duration';
export const IN_ZAMMAD = 'the duration was changed in Zammad';
export const MOVED = 'the ticket now belongs to another customer';
export const NEW = 'a new entry, and a row that lies near';
const OLD = 'an entry that was older than 35 days when first seen';
const TWO_ROWS = 'two rows in Kimai look like the one entry';
export const TYPED = 'somebody typed the entry into Kimai by hand';
const LESS = 'less time in Zammad after the export';
const MORE = 'more time in Zammad after the export';
export const ELEVEN = 'eleven entries vanished at once';

/** What becomes of a case when a person decides so; `blocked: …` says why they cannot right now. */
export const DECIDED: readonly Row[] = [
  [TWO_ROWS, 'link', { targetId: '6' }, 'adopt'],
  [TWO_ROWS, 'keep_one', { targetId: '5' }, 'adopt, delete'],
  [TWO_ROWS, 'link_one', { targetId: '6' }, 'adopt'],
  [TWO_ROWS, 'create', {}, 'create'],
  [TWO_ROWS, 'skip', {}, 'skip'],
  [TYPED, 'link', {}, 'adopt'],
  [TYPED, 'create', {}, 'create'],
  [BOTH_SIDES, 'take_source', {}, 'update'],
  [BOTH_SIDES, 'keep_target', {}, 'accept'],
  [BOTH_SIDES, 'per_field', { fields: { seconds: 'source' } }, 'update'],
  [BOTH_SIDES, 'per_field', { fields: { seconds: 'target' } }, 'accept'],
  [BOTH_SIDES, 'create', {}, 'blocked: already_linked'],
  [BOTH_SIDES, 'skip', {}, 'skip'],
  [BY_HAND, 'take_source', {}, 'update'],
  [BY_HAND, 'keep_target', {}, 'adopt'],
  [BY_HAND, 'per_field', { fields: { seconds: 'source' } }, 'update'],
  [BY_HAND, 'create', {}, 'create'],
  [BY_HAND, 'skip', {}, 'skip'],
  [IN_ZAMMAD, 'take_source', {}, 'update'],
  [IN_ZAMMAD, 'keep_target', {}, 'accept'],
  [MOVED, 'take_source', {}, 'update'],
  [MOVED, 'keep_target', {}, 'accept'],
  [NEW, 'create', {}, 'create'],
  [NEW, 'link', { targetId: '5' }, 'adopt'],
  [NEW, 'skip', {}, 'skip'],
  [OLD, 'create', {}, 'create'],
  [OLD, 'link', {}, 'blocked: choose_a_candidate'],
  ['a row with similar words', 'link', { targetId: '5' }, 'adopt'],
  ['a row with similar words', 'create', {}, 'create'],
  ['a row with similar words', 'skip', {}, 'skip'],
  ['the duration was changed in Kimai', 'keep_target', {}, 'accept'],
  ['the duration was changed in Kimai', 'take_source', {}, 'update'],
  ['the row was deleted in Kimai', 'create_again', {}, 'create'],
  ['the row was deleted in Kimai', 'accept_deletion', {}, 'accept'],
  ['the entry was deleted in Zammad', 'delete_target', {}, 'delete'],
  ['the entry was deleted in Zammad', 'keep', {}, 'accept'],
  [MORE, 'book_correction', {}, 'create'],
  [MORE, 'deduct', {}, 'blocked: difference_not_negative'],
  [MORE, 'credit_outside', {}, 'accept'],
  [MORE, 'leave', {}, 'skip'],
  [LESS, 'book_correction', {}, 'blocked: difference_not_positive'],
  [LESS, 'deduct', { targetId: '6' }, 'accept, in_sync, update'],
  [LESS, 'credit_outside', {}, 'accept, in_sync'],
  [LESS, 'leave', {}, 'in_sync, skip'],
  ['an activity type that nobody mapped', 'map', { targetId: 'a9' }, 'map'],
  ['an activity type that nobody mapped', 'ignore', {}, 'map'],
  ['an agent whom nobody mapped', 'map', { targetId: 'k9' }, 'map'],
  ['an agent whom nobody mapped', 'ignore', {}, 'map'],
  ['an organization that nobody mapped', 'map', { targetId: 'p9' }, 'map'],
  ['an organization that nobody mapped', 'ignore', {}, 'map'],
  ['Kimai refused the new row', 'edit_and_retry', { edit: { begin: '07:30' } }, 'create'],
  ['Kimai refused the new row', 'retry', {}, 'create'],
  ['Kimai refused the new row', 'book_correction', {}, 'create'],
  ['Kimai refused the new row', 'skip', {}, 'skip'],
  ['a correction of a type that was never booked', 'apply_to', { targetId: '1' }, 'update'],
  ['a correction of a type that was never booked', 'skip', {}, 'in_sync, skip'],
  // Reading it again is no step of a plan: the ticket is read, and then planned anew.
  ['a number that cannot be read', 'retry', {}, 'ask unreadable'],
  ['a number that cannot be read', 'skip', {}, 'skip'],
  ['a correction that the bridge does not net by itself', 'apply_to', { targetId: '1' }, 'update'],
  ['a correction that the bridge does not net by itself', 'skip', {}, 'in_sync, skip'],
  ['somebody took the writing back', 'write_again', {}, 'create'],
  ['somebody took the writing back', 'leave_undone', {}, 'skip'],
  ['Kimai never answered, and rows carry no marker', 'it_is_there', { targetId: '5' }, 'adopt'],
  ['Kimai never answered, and rows carry no marker', 'it_is_not_there', {}, 'create'],
  [ELEVEN, 'go_ahead', {}, '11 × ask source_deleted'],
  [ELEVEN, 'drop', {}, '11 × skip'],
];

const isName = (name: string): name is SituationName => name in SITUATIONS;
export const NAMES = Object.keys(SITUATIONS).filter(isName);

/** The steps as one line; the same step many times is counted. */
function told(steps: readonly string[]): Outcome {
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([step, count]) =>
      count > 2 ? `${count} × ${step}` : Array.from({ length: count }, () => step).join(', '),
    )
    .join(', ');
}

/** The case under these policies: what is asked, or what is done without asking. */
export const undecided = (name: SituationName, policies: Partial<Policies> = {}): Outcome =>
  told(kinds(reconcile(booksOf(name, policies))));

export function decided([name, choice, parameters]: Row, policies: Partial<Policies> = {}): Outcome {
  const books = booksOf(name, policies);
  const asked = asks(reconcile(books)).find(({ facts }) => facts.kind === SITUATIONS[name].kind);
  if (!asked) return `not asked: ${told(kinds(reconcile(books)))}`;
  const blocked = validateDecision(asked.facts, choice, parameters);
  if (blocked) return `blocked: ${blocked.code}`;
  return told(kinds(reconcile({ ...books, decisions: [decisionOn(asked, choice, parameters)] })));
}
