/** Below this two names have too little in common to be worth a look. */
const ALIKE_FROM = 0.55;
/** Legal forms say nothing about who it is. */
const LEGAL_FORMS = /\b(gmbh|mbh|ag|kg|ohg|gbr|ug|co|se|ev|e v|ltd|llc|inc|corp|und|and)\b/g;

/** Letters and digits alone, umlauts and accents folded, without legal forms. */
function folded(name: string): string {
  const latin = name
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss');
  const words = latin
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ');
  return words.replace(LEGAL_FORMS, ' ').replace(/\s+/g, ' ').trim();
}

const pairsOf = (name: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(name.length - 1, 0) }, (_, at) => name.slice(at, at + 2)));

type Indexed<T> = { readonly target: T; readonly pairs: number };

/**
 * Finds what is most alike by the share of equal letter pairs (Sørensen and Dice). An index from pair to names keeps
 * it quick for thousands on both sides. Of two that are equally alike neither is named.
 */
export function mostSimilar<T>(
  targets: readonly T[],
  namesOf: (target: T) => readonly string[],
): (name: string) => T | null {
  const index = new Map<string, Indexed<T>[]>();
  for (const target of targets) {
    for (const name of namesOf(target)) {
      const pairs = pairsOf(folded(name));
      const entry = { target, pairs: pairs.size };
      for (const pair of pairs) {
        const known = index.get(pair);
        if (known) known.push(entry);
        else index.set(pair, [entry]);
      }
    }
  }
  return (name) => best(index, pairsOf(folded(name)));
}

function best<T>(index: ReadonlyMap<string, readonly Indexed<T>[]>, pairs: ReadonlySet<string>): T | null {
  const shared = new Map<Indexed<T>, number>();
  for (const pair of pairs)
    for (const entry of index.get(pair) ?? []) shared.set(entry, (shared.get(entry) ?? 0) + 1);
  const scores = new Map<T, number>();
  for (const [entry, count] of shared) {
    const score = (2 * count) / (entry.pairs + pairs.size);
    scores.set(entry.target, Math.max(scores.get(entry.target) ?? 0, score));
  }
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a);
  if (!first || first[1] < ALIKE_FROM || first[1] === second?.[1]) return null;
  return first[0];
}
