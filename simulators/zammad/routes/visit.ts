import type { Reply } from '../../kit/index.js';
import type { Act } from '../act.js';
import type { Caller } from '../caller.js';
import { notFound } from '../errors.js';
import { readPage, readSort, sortRows, takePage } from '../paging.js';
import { flag, integer, type Params } from '../params.js';
import { railsJson } from '../rails-json.js';
import type { Json } from '../render/records.js';
import type { SearchIndex } from '../search-index.js';
import type { Rows, TicketRow, ZammadWorld } from '../world.js';

/** One authenticated API call. */
export type Visit = {
  readonly world: ZammadWorld;
  readonly caller: Caller;
  /** Query, body and path merged; the path wins. */
  readonly params: Params;
  /** The parts of the path alone. */
  readonly path: Params;
  readonly at: string;
  /** What this call changes. */
  readonly act: Act;
  readonly index: SearchIndex;
};
export type Handler = (visit: Visit) => Reply;
export type RouteTable = readonly (readonly [method: string, pattern: string, handler: Handler])[];

/** A JSON answer with Rails' content type. */
export function answer(status: number, value: unknown): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: railsJson(value),
  };
}

/** The id in the path; text that is no number finds nothing. */
export function pathId(visit: Visit, name = 'id'): number {
  return integer(visit.path[name]) ?? 0;
}

/** A row by id, or the 404 of a failed find. */
export function find<T>(world: ZammadWorld, rows: Rows<T>, model: string, id: number | null): T {
  const row = id === null ? undefined : rows[id];
  if (row === undefined) throw notFound(world, model, id ?? '');
  return row;
}

/** The ticket of a path or parameter, or 404. */
export function findTicket(visit: Visit, id: number | null): TicketRow {
  return find(visit.world, visit.world.tickets, 'Ticket', id);
}

/** The shape that the flags ask for; `expand` wins over `full`. */
export function shape(params: Params): 'plain' | 'expand' | 'full' {
  if (flag(params, 'expand')) return 'expand';
  return flag(params, 'full') ? 'full' : 'plain';
}

type Renderers<T> = {
  readonly plain: (row: T) => Json;
  readonly expand: (row: T) => Json;
  readonly assets: (rows: readonly T[]) => unknown;
};

/** A list in the shape asked for; `total` counts the whole scope. */
export function listAnswer<T extends { readonly id: number }>(
  visit: Visit,
  rows: readonly T[],
  total: number,
  render: Renderers<T>,
): Reply {
  const wanted = shape(visit.params);
  if (wanted === 'expand') return answer(200, rows.map(render.expand));
  if (wanted === 'plain') return answer(200, rows.map(render.plain));
  return answer(200, {
    record_ids: rows.map((row) => row.id),
    assets: render.assets(rows),
    total_count: total,
  });
}

const PAGE = { standard: 500, max: 1000 } as const;

/** A generic index: the rows of a table, sorted and paged as the call asks. */
export function indexAnswer<T extends { readonly id: number }>(
  visit: Visit,
  rows: readonly T[],
  columns: ReadonlySet<string>,
  render: Renderers<T>,
): Reply {
  const terms = readSort(visit.params, columns, { column: 'id', direction: 'asc' });
  return listAnswer(
    visit,
    takePage(sortRows(rows, terms), readPage(visit.params, PAGE)),
    rows.length,
    render,
  );
}

/** One record in the shape asked for. */
export function recordAnswer<T extends { readonly id: number }>(
  visit: Visit,
  row: T,
  render: Renderers<T>,
  status = 200,
): Reply {
  const wanted = shape(visit.params);
  if (wanted === 'expand') return answer(status, render.expand(row));
  if (wanted === 'plain') return answer(status, render.plain(row));
  return answer(status, { id: row.id, assets: render.assets([row]) });
}
