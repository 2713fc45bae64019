import type { ConflictFacts } from './conflict.js';
import type { Counted, PreviewGap, PreviewLine, PreviewProvision, PreviewQuestion } from './preview-shape.js';
import { findCustomer, findProject, type Provision } from './provision.js';
import type { CatalogueItem } from './staged.js';
import type { Seconds } from './time-entry.js';

/** What is asked about one subject, over all batches. */
export type AskedSoFar = { readonly facts: ConflictFacts; readonly entryIds: Set<string>; seconds: Seconds };

/** A customer that would be made or found, over all batches. */
export type Provisioned = {
  readonly provision: Provision;
  readonly entryIds: Set<string>;
  seconds: Seconds;
};

export const plus = (sum: Counted, seconds: Seconds): { count: number; seconds: Seconds } => ({
  count: sum.count + 1,
  seconds: sum.seconds + seconds,
});

/** Newest month first. */
export const inOrder = (lines: Iterable<PreviewLine>): readonly PreviewLine[] =>
  [...lines].sort(
    (a, b) =>
      b.month.localeCompare(a.month) ||
      a.customerKey.localeCompare(b.customerKey) ||
      a.kind.localeCompare(b.kind),
  );

/** Most time first, whichever way it goes. */
export function questionsByCause(questions: readonly AskedSoFar[]): readonly PreviewQuestion[] {
  const causes = new Map<string, PreviewQuestion>();
  for (const { facts, entryIds, seconds } of questions) {
    const key = `${facts.kind}/${facts.why.code}`;
    const known = causes.get(key) ?? {
      kind: facts.kind,
      cause: facts.why.code,
      count: 0,
      entryCount: 0,
      seconds: 0,
    };
    causes.set(key, { ...known, ...plus(known, seconds), entryCount: known.entryCount + entryIds.size });
  }
  return [...causes.values()].toSorted((a, b) => Math.abs(b.seconds) - Math.abs(a.seconds));
}

/** Most time first. */
export const gapsByName = (questions: readonly AskedSoFar[]): readonly PreviewGap[] =>
  questions
    .flatMap(({ facts, entryIds, seconds }) =>
      facts.gap === null
        ? []
        : [
            {
              kind: facts.kind,
              key: facts.gap.key,
              name: facts.gap.name,
              entryCount: entryIds.size,
              seconds,
            },
          ],
    )
    .toSorted((a, b) => b.seconds - a.seconds);

/** Whether the target has the customer and its project already, or would get them. */
export function provisionLine(
  key: string,
  { provision, entryIds, seconds }: Provisioned,
  catalogue: readonly CatalogueItem[],
): PreviewProvision {
  const line = { key, name: provision.customer.name, doubt: null, entryCount: entryIds.size, seconds };
  const customer = findCustomer(
    provision,
    catalogue.filter(({ kind }) => kind === 'customer'),
  );
  if (customer.kind === 'absent') return { ...line, makes: 'customer' };
  if (customer.kind === 'doubt') return { ...line, makes: 'question', doubt: customer.doubt };
  const its = catalogue.filter(
    ({ kind, parentId }) => kind === 'project' && parentId === customer.item.externalId,
  );
  const project = findProject(provision, its);
  if (project.kind === 'doubt') return { ...line, makes: 'question', doubt: project.doubt };
  return { ...line, makes: project.kind === 'found' ? 'nothing' : 'project' };
}
