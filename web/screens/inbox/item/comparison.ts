import { SIDE_FIELDS } from '../../../../api/conflicts/read-conflict.contract';
import type { ConflictDetail } from '../../../data/conflicts';

export type ComparedField = (typeof SIDE_FIELDS)[number];
export type Side = NonNullable<ConflictDetail['base']>;
export type Sides = {
  readonly base: Side | null;
  readonly source: Side | null;
  readonly target: Side | null;
};

/** The sides of a case. What was deleted comes with its last values; here it counts as gone. */
export function sidesOf({ conflict, base, source, target }: ConflictDetail): Sides {
  return {
    base,
    source: conflict.kind === 'source_deleted' ? null : source,
    target: conflict.kind === 'target_deleted' ? null : target,
  };
}

export type ComparedRow = {
  readonly field: ComparedField;
  /** Differs from the last agreement; where there was none, the two sides differ from each other. */
  readonly sourceDiffers: boolean;
  readonly targetDiffers: boolean;
};

export type Comparison = {
  readonly differing: readonly ComparedRow[];
  readonly equal: readonly ComparedField[];
};

/** Which fields to show in three columns and which to fold into one line. `differing` comes with the case. */
export function compare(sides: Sides, differing: readonly string[]): Comparison {
  const named = new Set<string>(differing);
  // Where a side is gone, the hours that are left stand in the table even though nothing differs from them.
  if (missing(sides)) named.add('seconds');
  const known = SIDE_FIELDS.filter((field) => isKnown(sides, field));
  return {
    differing: known.filter((field) => named.has(field)).map((field) => rowOf(sides, field)),
    equal: known.filter((field) => !named.has(field)),
  };
}

/** One side is not there, but there is more than one to compare. */
function missing({ base, source, target }: Sides): boolean {
  return (
    (source === null || target === null) && [base, source, target].filter((side) => side !== null).length > 1
  );
}

const SIDES = ['base', 'source', 'target'] as const;

/** The only side there is; with one side there is nothing to compare, only something to read. */
export function onlySide({ base, source, target }: Sides): 'base' | 'source' | 'target' | null {
  const there = SIDES.filter((name) => ({ base, source, target })[name] !== null);
  return there.length === 1 ? (there[0] ?? null) : null;
}

/** What is compared: ids where a name may change without the thing being another one. */
export function valueOf(side: Side | null, field: ComparedField): string | number | null {
  if (side === null) return null;
  if (field === 'userId') return side.person?.id ?? null;
  if (field === 'projectId') return side.project?.id ?? null;
  if (field === 'activityId') return side.activity?.id ?? null;
  return side[field];
}

/** A field that no side has says nothing: it is neither different nor in agreement. */
function isKnown({ base, source, target }: Sides, field: ComparedField): boolean {
  return [base, source, target].some((side) => valueOf(side, field) !== null);
}

function rowOf({ base, source, target }: Sides, field: ComparedField): ComparedRow {
  if (base === null)
    return { field, sourceDiffers: false, targetDiffers: valueOf(source, field) !== valueOf(target, field) };
  return {
    field,
    sourceDiffers: source !== null && valueOf(source, field) !== valueOf(base, field),
    targetDiffers: target !== null && valueOf(target, field) !== valueOf(base, field),
  };
}

export type Picks = Readonly<Record<string, 'source' | 'target'>>;

/** A start for *per field*: where one side alone changed, that side; where both did, nothing is chosen for the person. */
export function suggestedPicks(rows: readonly ComparedRow[]): Picks {
  const picks: Record<string, 'source' | 'target'> = {};
  for (const { field, sourceDiffers, targetDiffers } of rows) {
    if (sourceDiffers !== targetDiffers) picks[field] = sourceDiffers ? 'source' : 'target';
  }
  return picks;
}
