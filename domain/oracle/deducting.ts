import {
  byBegin,
  isLocked,
  leadIdOf,
  standing,
  type Books,
  type Deductible,
  type Question,
} from './books.js';

const SHOWN = 20;

/** Open rows of the same project that keep at least a minute, newest first. */
export function deductibleFrom({ input, cases }: Books, { about, atStake }: Question): readonly Deductible[] {
  const projects = standing(about).map(({ projectId }) => projectId);
  return cases
    .filter((from) => from.stands && !from.link?.closed && leadIdOf(from) !== leadIdOf(about))
    .flatMap((from) => standing(from).map((row) => ({ from, row })))
    .filter(
      ({ row }) =>
        projects.includes(row.projectId) &&
        !isLocked(row, input.bridge.closedUntil) &&
        row.seconds + atStake >= 60,
    )
    .sort((a, b) => byBegin(b.row, a.row))
    .slice(0, SHOWN);
}
