/** A run of cases in the list that share a kind (or, for gaps, their cause), in the order of the list. */
export type Group = {
  readonly key: string;
  readonly count: number;
  readonly seconds: number;
};

export type HeadingRow<G extends Group> = {
  readonly type: 'heading';
  readonly group: G;
  readonly count: number;
};
/** `offset` is the case's place in the server's list, `position` its place among those shown, from 1. */
export type CaseRow = { readonly type: 'case'; readonly offset: number; readonly position: number };
export type Row<G extends Group> = HeadingRow<G> | CaseRow;

export type RowModel<G extends Group> = {
  /** Headings and cases together; what the virtual list counts. */
  readonly length: number;
  readonly caseCount: number;
  readonly at: (index: number) => Row<G> | undefined;
  /** Row index of a case by its place in the server's list; −1 when it is not shown. */
  readonly indexOfOffset: (offset: number) => number;
};

type Section<G extends Group> = {
  readonly group: G;
  readonly firstRow: number;
  readonly firstOffset: number;
  readonly firstPosition: number;
  /** Offsets inside this group that are hidden, ascending. */
  readonly hidden: readonly number[];
  readonly count: number;
};

/**
 * Lays group headings and cases out as one list without holding the cases: only counts, and the few offsets that are
 * hidden because their decision is under way. Works for 100,000 cases of which a page or two are loaded.
 */
export function rowModel<G extends Group>(
  groups: readonly G[],
  hiddenOffsets: readonly number[] = [],
  { headings = true }: { readonly headings?: boolean } = {},
): RowModel<G> {
  const above = headings ? 1 : 0;
  const sections = sectionsOf(
    groups,
    [...hiddenOffsets].sort((a, b) => a - b),
    above,
  );
  const last = sections.at(-1);
  return {
    length: last ? last.firstRow + above + last.count : 0,
    caseCount: last ? last.firstPosition + last.count : 0,
    at: (index) => {
      const section = findLast(sections, (candidate) => candidate.firstRow <= index);
      return section && rowIn(section, index - section.firstRow, above);
    },
    indexOfOffset: (offset) => {
      const section = findLast(sections, (candidate) => candidate.firstOffset <= offset);
      if (!section || offset >= section.firstOffset + section.group.count) return -1;
      if (section.hidden.includes(offset)) return -1;
      const hiddenBefore = section.hidden.filter((hidden) => hidden < offset).length;
      return section.firstRow + above + (offset - section.firstOffset - hiddenBefore);
    },
  };
}

function sectionsOf<G extends Group>(
  groups: readonly G[],
  hiddenOffsets: readonly number[],
  above: number,
): Section<G>[] {
  const sections: Section<G>[] = [];
  let [firstRow, firstOffset, firstPosition] = [0, 0, 0];
  for (const group of groups) {
    const [from, to] = [firstOffset, firstOffset + group.count];
    const hidden = hiddenOffsets.filter((offset) => offset >= from && offset < to);
    const count = group.count - hidden.length;
    if (count > 0) {
      sections.push({ group, firstRow, firstOffset, firstPosition, hidden, count });
      firstRow += above + count;
      firstPosition += count;
    }
    firstOffset = to;
  }
  return sections;
}

function rowIn<G extends Group>(section: Section<G>, index: number, above: number): Row<G> | undefined {
  if (index < above) return { type: 'heading', group: section.group, count: section.count };
  const place = index - above;
  if (place >= section.count) return undefined;
  let offset = section.firstOffset + place;
  for (const hidden of section.hidden) if (hidden <= offset) offset += 1;
  return { type: 'case', offset, position: section.firstPosition + place + 1 };
}

/** Binary search; `sections` are in order and `holds` is true up to some point. */
function findLast<T>(sorted: readonly T[], holds: (item: T) => boolean): T | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
