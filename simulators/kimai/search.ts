/** One word of a search term: on the text fields, or on a custom field when `field` is named. */
export interface TermPart {
  readonly field: string | undefined;
  readonly word: string;
  readonly excluded: boolean;
}

/** Reads Kimai's search syntax: words, `!word`, `field:word`; a colon at the end of a word is literal. */
export function parseTerm(term: string): readonly TermPart[] {
  return term.split(/\s+/).filter(Boolean).map(parsePart);
}

function parsePart(text: string): TermPart {
  const colon = text.indexOf(':');
  const hasField = colon >= 0 && colon < text.length - 1;
  const given = hasField ? text.slice(colon + 1) : text;
  const value = given === '""' && hasField ? '' : given;
  const excluded = value.length > 1 && value.startsWith('!');
  return {
    field: hasField ? text.slice(0, colon) : undefined,
    word: excluded ? value.slice(1) : value,
    excluded,
  };
}

/** Folds a text as the database's collation compares whole texts: neither case nor accents count, ß is ss. */
export function fold(text: string): string {
  return foldLetters(text).replaceAll('ß', 'ss');
}

/** Folds a text for `LIKE`, which compares letter by letter: there ß is only ß. */
export function foldLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A word as it stands in a folded text; undefined for one with wildcards, or of which nothing is left. */
export function plainWord(word: string): string | undefined {
  const wanted = foldLetters(word);
  return wanted === '' || /[%_]/.test(wanted) ? undefined : wanted;
}

/** SQL `LIKE %word%` on folded text; `%` and `_` in the word are wildcards. */
export function likeMatcher(word: string): (folded: string) => boolean {
  const plain = plainWord(word);
  if (plain !== undefined) return (folded) => folded.includes(plain);
  const wanted = foldLetters(word);
  const pattern = wanted
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const form = new RegExp(pattern, 's');
  return (folded) => form.test(folded);
}

/** What a row shows to a search: folded texts (null where the column is empty) and custom fields. */
export interface Searchable {
  readonly texts: readonly (string | null)[];
  readonly meta: Readonly<Record<string, string>>;
}

type Meta = Searchable['meta'];
type TextFilter = (text: string | null, meta: Meta) => boolean;

/** Makes the filter of a term. All parts must match; a word in any text field, an excluded word in none. */
export function termFilter(term: string): (row: Searchable) => boolean {
  const tests = parseTerm(term).map((part) => {
    const test = partFilter(part);
    if (part.field !== undefined) return (row: Searchable) => test(null, row.meta);
    if (part.excluded) return (row: Searchable) => row.texts.every((text) => test(text, row.meta));
    return (row: Searchable) => row.texts.some((text) => test(text, row.meta));
  });
  return (row) => tests.every((test) => test(row));
}

/** Makes the filter of one part of a term, for rows with one text. */
export function partFilter(part: TermPart): TextFilter {
  const like = likeMatcher(part.word);
  const { field } = part;
  if (field !== undefined) return (_text, meta) => metaMatches(meta[field], part, like);
  if (part.excluded) return (text) => text === null || !like(text);
  return (text) => text !== null && like(text);
}

function metaMatches(value: string | undefined, part: TermPart, like: (folded: string) => boolean): boolean {
  if (part.word === '*') return value !== undefined;
  if (part.word === '~' || part.word === '') return value === undefined;
  return value !== undefined && like(foldLetters(value)) !== part.excluded;
}
