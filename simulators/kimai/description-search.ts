import { foldLetters, parseTerm, partFilter, plainWord, type TermPart } from './search.js';
import type { KimaiTimesheet } from './world.js';

/** Ids that lie side by side share one text, which is searched at once: far quicker than one search per row. */
const BLOCK_BITS = 8;
const BLOCK = 1 << BLOCK_BITS;

/** Folded descriptions of a block of ids, one a line; `starts[i]` is where that of the block's i-th id begins. */
interface Block {
  readonly text: string;
  readonly starts: Int32Array;
}

type Filter = (row: KimaiTimesheet) => boolean;
type Find = (id: number) => KimaiTimesheet | undefined;

/** Finds words in the descriptions of all timesheets. A block is read again after one of its rows has changed. */
export class DescriptionSearch {
  readonly #blocks: (Block | undefined)[] = [];
  readonly #find: Find;

  constructor(find: Find) {
    this.#find = find;
  }

  /** To be called when a row has changed or is gone. */
  forget(id: number): void {
    this.#blocks[id >>> BLOCK_BITS] = undefined;
  }

  /** Makes the filter of a search term for rows with ids up to `lastId`. All its parts must match. */
  termFilter(term: string, lastId: number): Filter {
    const misses = new Uint8Array(lastId + BLOCK);
    const others: Filter[] = [];
    for (const part of parseTerm(term)) {
      const word = part.field === undefined ? plainWord(part.word) : undefined;
      if (word === undefined) others.push(this.#rowFilter(part));
      else this.#addMisses(word, part.excluded, misses);
    }
    if (others.length === 0) return (row) => misses[row.id] === 0;
    return (row) => misses[row.id] === 0 && others.every((matches) => matches(row));
  }

  #rowFilter(part: TermPart): Filter {
    const matches = partFilter(part);
    return (row) => matches(row.description === null ? null : this.#line(row.id), row.meta);
  }

  /** Counts a miss for each id whose description has not that folded word, or, if it is excluded, has it. */
  #addMisses(word: string, excluded: boolean, misses: Uint8Array): void {
    for (let first = 0; first < misses.length - BLOCK + 1; first += BLOCK) {
      const lines = linesWith(this.#block(first), word);
      for (let line = 0; line < BLOCK; line += 1)
        if ((lines[line] === 1) === excluded) misses[first + line] = 1;
    }
  }

  #line(id: number): string {
    const { text, starts } = this.#block(id);
    const at = id & (BLOCK - 1);
    return text.slice(starts[at], (starts[at + 1] ?? 0) - 1);
  }

  #block(id: number): Block {
    return (this.#blocks[id >>> BLOCK_BITS] ??= this.#read(id & -BLOCK));
  }

  #read(first: number): Block {
    const starts = new Int32Array(BLOCK + 1);
    const lines: string[] = [];
    for (let at = 0; at < BLOCK; at += 1) {
      const line = foldLetters(this.#find(first + at)?.description ?? '');
      lines.push(line);
      starts[at + 1] = (starts[at] ?? 0) + line.length + 1;
    }
    return { text: lines.join('\n'), starts };
  }
}

/** Lines of a block that have the word. The search goes on behind a line with a hit; no word reaches over its end. */
function linesWith({ text, starts }: Block, word: string): Uint8Array {
  const lines = new Uint8Array(BLOCK);
  let line = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[line])) {
    while ((starts[line + 1] ?? 0) <= at) line += 1;
    lines[line] = 1;
    line += 1;
    if (line === BLOCK) break;
  }
  return lines;
}
