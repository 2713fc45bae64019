import type { UsageOf } from './stage/usage.js';
import { median, spread } from './kit.js';

export type Unit =
  'ms' | 's' | 'a second' | 'MB' | 'kB' | '%' | 'calls' | 'syncs' | 'events' | 'exponent' | 'lost';

/** Cost at several sizes, and the exponent of cost ∝ size^exponent that fits best. */
export type Growth = {
  readonly points: readonly { readonly size: number; readonly cost: number }[];
  readonly unit: 'ms' | 's';
};

/** What was measured of one line of the limits, beside what it may be and what others reach in the same run. */
export type Finding = {
  /** Stable over commits, so that files of two commits can be compared. */
  readonly id: string;
  readonly what: string;
  readonly unit: Unit;
  /** Null: only told. */
  readonly goal: { readonly atMost: number } | { readonly atLeast: number } | null;
  /** One for each time that it was measured; what counts is the median. */
  readonly values: readonly number[];
  /** The time of Timebridge as a multiple of the bare loop's, which makes the same calls and keeps nothing. */
  readonly toBare?: number;
  /** The time of the usual script as a multiple of Timebridge's. */
  readonly toScript?: number;
  readonly calls?: { readonly zammad: number; readonly kimai: number };
  readonly eventsPerEntry?: number;
  readonly usage?: UsageOf;
  readonly growth?: Growth;
  /** What it was measured on, or why there is no figure. */
  readonly note?: string;
};

/** One line of the limits, or a few that are measured together. */
export type BenchRow = {
  readonly name: string;
  readonly run: (context: BenchContext) => Promise<readonly Finding[]>;
};

export type BenchContext = {
  /** A tenth of the sizes, to see whether a row runs at all: its figures are no answer to the limits. */
  readonly quick: boolean;
  readonly say: (line: string) => void;
};

export const measuredOf = ({ values }: Finding): number => median(values);

/** A figure that is not there meets nothing. */
export function isMet(finding: Finding): boolean {
  const { goal } = finding;
  const measured = measuredOf(finding);
  if (goal === null) return true;
  return 'atMost' in goal ? measured <= goal.atMost : measured >= goal.atLeast;
}

/** How far the values of one finding lie apart, as a share of their median; null of a single one. */
export const spreadOf = ({ values }: Finding): number | null => (values.length < 2 ? null : spread(values));

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
