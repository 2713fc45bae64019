import type { PreviewSummaryView } from '../../../api/bridges/preview-shape.contract';

type Kind = PreviewSummaryView['lines'][number]['kind'];
export const PREVIEW_COLUMNS = ['create', 'link', 'ask', 'skip'] as const;
export type PreviewColumn = (typeof PREVIEW_COLUMNS)[number];

/** Under which heading the time of a kind of step stands; what is in agreement or only waits its turn is in none. */
const COLUMN_OF: Readonly<Record<Kind, PreviewColumn | null>> = {
  create: 'create',
  update: 'create',
  delete: 'create',
  adopt: 'link',
  accept: 'link',
  ask: 'ask',
  skip: 'skip',
  wait: 'create',
  provision: 'create',
  map: null,
  in_sync: null,
};

export type PreviewCell = { readonly count: number; readonly seconds: number };
export type PreviewRow = {
  readonly month: string;
  readonly customerKey: string;
  readonly customerName: string | null;
  readonly cells: Readonly<Record<PreviewColumn, PreviewCell>>;
};

const EMPTY: PreviewCell = { count: 0, seconds: 0 };
const plus = (a: PreviewCell, b: PreviewCell): PreviewCell => ({
  count: a.count + b.count,
  seconds: a.seconds + b.seconds,
});

/** One row a month and customer, the newest month first; the order of the summary is kept. */
export function previewRows({ lines }: Pick<PreviewSummaryView, 'lines'>): readonly PreviewRow[] {
  const rows = new Map<string, PreviewRow>();
  for (const { month, customerKey, customerName, kind, count, seconds } of lines) {
    const column = COLUMN_OF[kind];
    if (column === null) continue;
    const key = `${month}|${customerKey}`;
    const cells = rows.get(key)?.cells ?? { create: EMPTY, link: EMPTY, ask: EMPTY, skip: EMPTY };
    const changed = { ...cells, [column]: plus(cells[column], { count, seconds }) };
    rows.set(key, { month, customerKey, customerName, cells: changed });
  }
  return [...rows.values()];
}

/** The sum of a column over all rows. */
export const columnSum = (rows: readonly PreviewRow[], column: PreviewColumn): PreviewCell =>
  rows.reduce((sum, { cells }) => plus(sum, cells[column]), EMPTY);
