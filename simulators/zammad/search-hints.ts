import { isRecord } from '../kit/index.js';
import type { Order } from './row-orders.js';
import { ticketsInOrder } from './row-index.js';
import type { TicketRow, ZammadWorld } from './world.js';

type Leaves = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The conditions of which every one must hold: a flat hash, or the leaves of an AND at the top. */
function requiredLeaves(condition: unknown): Leaves {
  if (!isRecord(condition)) return new Map();
  const { conditions, operator } = condition;
  if (!Array.isArray(conditions))
    return new Map(
      Object.entries(condition).flatMap(([name, leaf]) => (isRecord(leaf) ? [[name, leaf]] : [])),
    );
  if (operator !== 'AND' && operator !== undefined) return new Map();
  const children: unknown[] = conditions;
  return new Map(
    children.flatMap((child) =>
      isRecord(child) && typeof child['name'] === 'string' ? [[child['name'], child] as const] : [],
    ),
  );
}

function namedIds(leaves: Leaves): readonly number[] | null {
  const leaf = leaves.get('ticket.id');
  if (leaf?.['operator'] !== 'is' || leaf['pre_condition'] !== undefined) return null;
  const values: readonly unknown[] = Array.isArray(leaf['value']) ? leaf['value'] : [leaf['value']];
  const ids = values.map(Number);
  return ids.every((id) => Number.isInteger(id)) ? [...new Set(ids)] : null;
}

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function updatedSince(leaves: Leaves): string | null {
  const leaf = leaves.get('ticket.updated_at');
  const value = leaf?.['operator'] === 'after (absolute)' ? leaf['value'] : null;
  return typeof value === 'string' && UTC.test(value) ? value : null;
}

/** Index of the first row for which the test holds; it must hold for all that follow. */
function firstWhere<T>(rows: readonly T[], test: (row: T) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && test(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The tickets among which a search looks, in the order asked for: those it names by id, those changed since a moment,
 * or all. Only narrows what a database would find by its indexes; the conditions are tested all the same.
 */
export function candidates(world: ZammadWorld, condition: unknown, order: Order): readonly TicketRow[] {
  const leaves = requiredLeaves(condition);
  const ids = namedIds(leaves);
  // Named tickets are few, and sorting them is the caller's.
  if (ids && order.column === 'id' && !order.descending)
    return [...ids].sort((a, b) => a - b).flatMap((id) => world.tickets[id] ?? []);
  const all = ticketsInOrder(world, order);
  const since = order.column === 'updated_at' ? updatedSince(leaves) : null;
  if (since === null) return all;
  if (order.descending)
    return all.slice(
      0,
      firstWhere(all, (row) => row.updated_at < since),
    );
  return all.slice(firstWhere(all, (row) => row.updated_at >= since));
}

/** True when a search names its tickets by id. */
export const namesIds = (condition: unknown): boolean => namedIds(requiredLeaves(condition)) !== null;
