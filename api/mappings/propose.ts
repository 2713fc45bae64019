import type { CatalogueEntry } from '../../db/stores/catalogue-view.js';

export type Proposal = { readonly target: CatalogueEntry; readonly by: 'name' | 'email' };
type Source = { readonly sourceName: string | null; readonly sourceEmail: string | null };

const plain = (text: string | null): string => (text ?? '').trim().toLowerCase();

/**
 * Proposes a target for each source item: by the very same e-mail address, else by the very same name (a project
 * also by its customer's). Likeness proposes nothing, and neither does a name that two targets share.
 */
export function proposer(targets: readonly CatalogueEntry[]): (source: Source) => Proposal | null {
  const byEmail = groupBy(targets, (target) => [plain(target.email)]);
  const byName = groupBy(targets, (target) => [plain(target.name)]);
  const byParent = groupBy(targets, (target) => [plain(target.parentName)]);
  return ({ sourceName, sourceEmail }) => {
    const email = only(byEmail, plain(sourceEmail));
    if (email) return { target: email, by: 'email' };
    const name = only(byName, plain(sourceName)) ?? only(byParent, plain(sourceName));
    return name ? { target: name, by: 'name' } : null;
  };
}

function groupBy(targets: readonly CatalogueEntry[], keysOf: (target: CatalogueEntry) => readonly string[]) {
  const groups = new Map<string, CatalogueEntry[]>();
  for (const target of targets) {
    for (const key of keysOf(target)) groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  groups.delete('');
  return groups;
}

function only(groups: ReadonlyMap<string, readonly CatalogueEntry[]>, key: string): CatalogueEntry | null {
  const found = groups.get(key) ?? [];
  return found.length === 1 ? (found[0] ?? null) : null;
}
