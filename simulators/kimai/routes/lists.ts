import { ORDER, type Query } from '../query.js';
import { fold, foldLetters, type Searchable, termFilter } from '../search.js';

/** Which rows a list shows: 1 visible, 2 hidden, 3 both. */
export type Visibility = 1 | 2 | 3;

/** Reads `visible`; anything but 1, 2, 3 is a 400. */
export function visibilityOf(query: Query): Visibility {
  const given = query.text('visible', /^[123]$/) ?? '1';
  return given === '2' ? 2 : given === '3' ? 3 : 1;
}

/** Whether a row is shown. */
export function isShown(row: { readonly visible: boolean }, visibility: Visibility): boolean {
  return visibility === 3 || row.visible === (visibility === 1);
}

/** Filter of `term` over text columns. */
export function termOf<T>(
  query: Query,
  columns: (row: T) => readonly (string | null)[],
): (row: T) => boolean {
  const term = query.loose('term') ?? '';
  if (term.trim() === '') return () => true;
  const matches = termFilter(term);
  return (row) => {
    const searchable: Searchable = {
      texts: columns(row).map((text) => (text === null ? null : foldLetters(text))),
      meta: {},
    };
    return matches(searchable);
  };
}

/** Rows in the asked order; `keys` are what may be ordered by, the first is the default. Ties go by id. */
export function ordered<T extends { readonly id: number }>(
  query: Query,
  rows: readonly T[],
  keys: Readonly<Record<string, (row: T) => string | number>>,
): T[] {
  const names = Object.keys(keys);
  const name = query.text('orderBy', new RegExp(`^(${names.join('|')})$`)) ?? names[0] ?? 'id';
  const key = keys[name] ?? ((row: T) => row.id);
  const sign = query.text('order', ORDER) === 'DESC' ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(key(a), key(b)) || a.id - b.id);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [fold(String(a)), fold(String(b))];
  return left < right ? -1 : left > right ? 1 : 0;
}
