import { expect, it } from 'vitest';
import {
  CHOICES,
  CHOICES_BY_KIND,
  CONFLICT_KINDS,
  GAP_KINDS,
  type Choice,
  type ConflictKind,
} from './conflict.js';

it.each<[ConflictKind, readonly Choice[]]>([
  ['duplicate', ['link', 'keep_one', 'link_one', 'create', 'skip']],
  ['mismatch', ['take_source', 'keep_target', 'per_field', 'create', 'skip']],
  ['missing', ['create', 'link', 'skip']],
  ['ambiguous', ['link', 'create', 'skip']],
  ['target_changed', ['keep_target', 'take_source']],
  ['target_deleted', ['create_again', 'accept_deletion']],
  ['source_deleted', ['delete_target', 'keep']],
  ['locked', ['book_correction', 'deduct', 'credit_outside', 'leave']],
  ['unmapped_activity', ['map', 'ignore']],
  ['unmapped_user', ['map', 'ignore']],
  ['unmapped_customer', ['map', 'ignore']],
  ['rejected', ['edit_and_retry', 'retry', 'book_correction', 'skip']],
  ['correction', ['apply_to', 'skip']],
  ['unreadable', ['retry', 'skip']],
  ['reverted', ['write_again', 'leave_undone']],
  ['unknown_outcome', ['it_is_there', 'it_is_not_there']],
  ['guard', ['go_ahead', 'drop']],
])('I24 %s offers the decisions of the table of the books, in its order', (kind, choices) => {
  expect(CHOICES_BY_KIND[kind]).toEqual(choices);
});

it('I24 every kind has its decisions, every decision belongs to a kind, and gaps are kinds', () => {
  expect(Object.keys(CHOICES_BY_KIND)).toEqual([...CONFLICT_KINDS]);
  expect(new Set(Object.values(CHOICES_BY_KIND).flat())).toEqual(new Set(CHOICES));
  expect(GAP_KINDS).toEqual(CONFLICT_KINDS.filter((kind) => CHOICES_BY_KIND[kind].includes('map')));
});
