import type { CatalogueEntry } from '../../db/stores/catalogue-view.js';
import { mostSimilar } from './similar-names.js';

export type ProposedBy = 'email' | 'number' | 'name' | 'similar';
export type Proposal = { readonly target: CatalogueEntry; readonly by: ProposedBy };
type Source = { readonly sourceName: string | null; readonly sourceEmail: string | null };

const plain = (text: string | null): string => (text ?? '').trim().toLowerCase();
/** Shorter numbers, or ones without a digit, stand in names by chance. */
const isTelling = (number: string): boolean => number.length >= 3 && /\d/.test(number);

/**
 * Proposes a target for each source item: by the very same e-mail address, else by a number of the target that stands
 * in the source's name, else by the very same name (a project also by its customer's number and name). What two
 * targets share proposes neither. A name that is only alike is a proposal of its own kind, which a person looks at.
 */
export function proposer(targets: readonly CatalogueEntry[]): (source: Source) => Proposal | null {
  const byEmail = groupBy(targets, ({ email }) => plain(email));
  const byNumber = groupBy(targets, ({ number }) => plain(number));
  const byParentNumber = groupBy(targets, ({ parentNumber }) => plain(parentNumber));
  const byName = groupBy(targets, ({ name }) => plain(name));
  const byParent = groupBy(targets, ({ parentName }) => plain(parentName));
  const similar = mostSimilar(targets, ({ name, parentName }) => [name, ...(parentName ? [parentName] : [])]);
  return ({ sourceName, sourceEmail }) => {
    const email = only(byEmail, plain(sourceEmail));
    if (email) return { target: email, by: 'email' };
    const number = onlyNumbered([byNumber, byParentNumber], sourceName);
    if (number) return { target: number, by: 'number' };
    const name = only(byName, plain(sourceName)) ?? only(byParent, plain(sourceName));
    if (name) return { target: name, by: 'name' };
    const alike =
      byName.has(plain(sourceName)) || byParent.has(plain(sourceName)) ? null : similar(sourceName ?? '');
    return alike && { target: alike, by: 'similar' };
  };
}

type Groups = ReadonlyMap<string, readonly CatalogueEntry[]>;

function groupBy(targets: readonly CatalogueEntry[], keyOf: (target: CatalogueEntry) => string): Groups {
  const groups = new Map<string, CatalogueEntry[]>();
  for (const target of targets) {
    const known = groups.get(keyOf(target));
    if (known) known.push(target);
    else groups.set(keyOf(target), [target]);
  }
  groups.delete('');
  return groups;
}

function only(groups: Groups, key: string): CatalogueEntry | null {
  const found = groups.get(key) ?? [];
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The one target whose number is a word of the name; a name with two numbers proposes nothing. */
function onlyNumbered(kinds: readonly Groups[], name: string | null): CatalogueEntry | null {
  const words = new Set(plain(name).split(/[\s,;:()[\]/]+/));
  const numbers = [...words].filter((word) => isTelling(word) && kinds.some((groups) => groups.has(word)));
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) return null;
  return kinds.map((groups) => only(groups, number)).find((found) => found !== null) ?? null;
}
