import * as yup from 'yup';
import { CHOICES } from '../../domain/conflict.js';
import { closed, rowId } from '../fields.contract.js';

const MOST_ITEMS = 5_000;

/** Cases with the versions that the person saw; each at most once. */
export const bulkItems = () =>
  yup
    .array()
    .of(closed({ conflictId: rowId().required(), version: yup.string().max(200).required() }))
    .min(1, '${path} must name at least one conflict')
    .max(MOST_ITEMS, `\${path} may name at most ${MOST_ITEMS} conflicts`)
    .test('named-once', '${path} names a conflict twice', (items) => {
      if (!items) return true;
      return new Set(items.map(({ conflictId }) => conflictId)).size === items.length;
    })
    .required();

/** One choice for all; those that need to be told what they are about end as `refused`, case by case. */
export const bulkChoice = () => yup.string().oneOf(CHOICES, '${path} must be one of: ${values}').required();

export const BULK_STATES = ['recording', 'grace', 'withdrawn', 'applying', 'done'] as const;
export const BULK_OUTCOMES = [
  'pending',
  'applied',
  'no_op',
  'refused',
  'stale',
  'failed',
  'withdrawn',
] as const;
export type BulkOutcomeName = (typeof BULK_OUTCOMES)[number];
