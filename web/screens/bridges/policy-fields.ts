import type { POLICY_VALUES } from '../../../domain/policies';

type Values = typeof POLICY_VALUES;
export type PolicyName = keyof Values;

/** The choices of each policy, and by which label each goes; the first is the default (books.md, "Policies"). */
export const POLICY_OPTIONS = {
  newEntries: { auto: 'newEntriesAuto', ask: 'newEntriesAsk' },
  exactMatches: { adopt: 'exactAdopt', ask: 'exactAsk' },
  sourceEdits: { auto: 'sourceAuto', ask: 'sourceAsk' },
  targetEdits: { ask: 'targetAsk', keep: 'targetKeep', overwrite: 'targetOverwrite' },
  sourceDeletions: { ask: 'deletionsAsk', delete: 'deletionsDelete' },
  corrections: { net: 'correctionsNet', ask: 'correctionsAsk' },
  placement: { ends_when_booked: 'placeEnds', starts_when_booked: 'placeStarts', day_start: 'placeDay' },
  project: { per_customer: 'projectCustomer', fixed: 'projectFixed' },
  customers: { propose: 'customersPropose', create: 'customersCreate' },
} as const satisfies { [K in PolicyName]: Readonly<Record<Values[K][number], string>> };

/** In the order in which they are shown. */
export const POLICY_NAMES = [
  'newEntries',
  'exactMatches',
  'sourceEdits',
  'targetEdits',
  'sourceDeletions',
  'corrections',
  'placement',
  'project',
  'customers',
] as const satisfies readonly PolicyName[];
