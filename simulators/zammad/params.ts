import { isRecord } from '../kit/index.js';

/** Request parameters as Rails sees them: query and body merged, `a[b]=1` nested, `a[]=1` a list. */
export type Params = Readonly<Record<string, unknown>>;

function assign(target: Record<string, unknown>, keys: readonly string[], value: string): void {
  const [key = '', next, ...rest] = keys;
  if (next === undefined) {
    target[key] = value;
  } else if (next === '') {
    const list: unknown = target[key];
    const before: readonly unknown[] = Array.isArray(list) ? list : [];
    target[key] = [...before, value];
  } else {
    const child = target[key];
    const nested = isRecord(child) ? child : {};
    target[key] = nested;
    assign(nested, [next, ...rest], value);
  }
}

/** Reads a query the way Rack does. */
export function queryParams(query: URLSearchParams): Params {
  const params: Record<string, unknown> = {};
  for (const [name, value] of query) {
    // Dots belong to the name (`condition[ticket.id][operator]`); only brackets nest.
    const head = name.split('[')[0] ?? name;
    const tail = [...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
    assign(params, [head, ...tail], value);
  }
  return params;
}

const TRUE = new Set<unknown>([true, 1, '1', 'true', 't', 'T', 'TRUE', 'on', 'ON']);

/** A flag such as `expand`, cast as Rails casts booleans. */
export function flag(params: Params, name: string): boolean {
  return TRUE.has(params[name]);
}

/** A text parameter; null when absent or no text. */
export function text(params: Params, name: string): string | null {
  const value = params[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

/** An id or other integer: text is read up to its first non-digit, as a database cast would; null when blank. */
export function integer(value: unknown): number | null {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number.parseInt(value, 10);
  return Number.isNaN(parsed) ? 0 : parsed;
}

/** True when the parameter was sent at all, null included. */
export function sent(params: Params, name: string): boolean {
  return Object.hasOwn(params, name);
}
