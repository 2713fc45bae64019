import type { Choice, DecisionParameters } from '../../../../domain/conflict';
import type { ConflictDetail } from '../../../data/conflicts';

type Needed = ConflictDetail['secondPerson'];

/** One text for the same verdict, in whatever order its parts come. */
const textOf = (choice: Choice, { targetId, fields, edit }: DecisionParameters): string =>
  JSON.stringify([
    choice,
    targetId ?? null,
    Object.entries(fields ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    [edit?.begin ?? null, edit?.seconds ?? null, edit?.projectId ?? null],
  ]);

/** Whether this verdict of the person is only the first of two: nobody else has proposed the same. */
export function isFirstOfTwo(
  needed: Needed,
  userId: string | null,
  { choice, parameters }: { readonly choice: Choice; readonly parameters: DecisionParameters },
): boolean {
  if (needed === null) return false;
  return !needed.proposals.some(
    (one) => one.userId !== userId && textOf(one.choice, one.parameters) === textOf(choice, parameters),
  );
}
