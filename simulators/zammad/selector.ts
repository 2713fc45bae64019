import { isRecord } from '../kit/index.js';
import { cellText } from './cell-text.js';
import { decimalOrNull } from './decimal.js';
import { databaseError, serverError } from './errors.js';
import { rawTicket } from './render/records.js';
import type { TicketRow, ZammadWorld } from './world.js';

export type Test = (ticket: TicketRow) => boolean;
type Place = { readonly world: ZammadWorld; readonly now: string };

const RANGE_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

/** The literal that PostgreSQL compares: an offset in the text is ignored, as on a column without time zone. */
function literalTime(value: unknown): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?/.exec(String(value));
  const time = Date.parse(`${match?.[1] ?? ''}T${match?.[2] ?? '00:00'}Z`);
  if (Number.isNaN(time))
    throw databaseError('PG::InvalidDatetimeFormat: ERROR:  invalid input syntax for type timestamp');
  return new Date(time).toISOString();
}

const not =
  (test: (cell: unknown) => boolean) =>
  (cell: unknown): boolean =>
    !test(cell);

const isNumeric = (text: string): boolean => text !== '' && !Number.isNaN(Number(text));

/** Equal as text, or as numbers: a column compares `"5"` and `"5.0"` alike. Null and blank are one. */
function isOneOf(value: unknown): (cell: unknown) => boolean {
  const texts = (Array.isArray(value) ? value : [value]).map(cellText);
  const wanted = new Set(texts);
  const numbers = new Set(texts.filter(isNumeric).map(Number));
  return (cell) => {
    const shown = cellText(cell);
    return wanted.has(shown) || (isNumeric(shown) && numbers.has(Number(shown)));
  };
}

function relative(place: Place, leaf: Record<string, unknown>, sign: 1 | -1): string {
  const range = RANGE_MS[String(leaf['range'])] ?? 0;
  return new Date(Date.parse(place.now) + sign * Number(leaf['value']) * range).toISOString();
}

const holds = (cell: unknown, part: unknown): boolean =>
  cellText(cell).toLowerCase().includes(String(part).toLowerCase());

/** One operator on one cell; an operator nobody knows is an exception. */
function operatorTest(place: Place, leaf: Record<string, unknown>): (cell: unknown) => boolean {
  const value = leaf['value'];
  const time = (test: (cell: string) => boolean) => (cell: unknown) => typeof cell === 'string' && test(cell);
  switch (String(leaf['operator'])) {
    case 'is':
    case 'in':
      return isOneOf(value);
    case 'is not':
    case 'not in':
      return not(isOneOf(value));
    case 'contains':
      return (cell) => holds(cell, value);
    case 'contains not':
      return (cell) => !holds(cell, value);
    case 'starts with':
      return (cell) => cellText(cell).toLowerCase().startsWith(String(value).toLowerCase());
    case 'ends with':
      return (cell) => cellText(cell).toLowerCase().endsWith(String(value).toLowerCase());
    case 'is set':
      return (cell) => cell !== null && cell !== '';
    case 'not set':
      return (cell) => cell === null || cell === '';
    case 'today':
      return time((cell) => cell.slice(0, 10) === place.now.slice(0, 10));
    default:
      return timeTest(place, leaf, time);
  }
}

function timeTest(
  place: Place,
  leaf: Record<string, unknown>,
  time: (test: (cell: string) => boolean) => (cell: unknown) => boolean,
): (cell: unknown) => boolean {
  const operator = String(leaf['operator']);
  const past = relative.bind(null, place, leaf, -1);
  const future = relative.bind(null, place, leaf, 1);
  if (operator === 'after (absolute)' || operator === 'before (absolute)') {
    const bound = literalTime(leaf['value']);
    return time((cell) => (operator === 'after (absolute)' ? cell >= bound : cell <= bound));
  }
  const bounds: Readonly<Record<string, () => readonly [string | null, string | null]>> = {
    'within last (relative)': () => [past(), place.now],
    'within next (relative)': () => [place.now, future()],
    'before (relative)': () => [null, past()],
    'after (relative)': () => [future(), null],
    'till (relative)': () => [null, future()],
    'from (relative)': () => [past(), null],
  };
  const bound = bounds[operator];
  if (!bound) throw serverError(`Invalid operator '${operator}' for selector.`);
  const [from, to] = bound();
  return time((cell) => (from === null || cell >= from) && (to === null || cell <= to));
}

const NO_VALUE = new Set(['is set', 'not set', 'today']);

/** A leaf that lacks what its operator needs is dropped with a log line only: it then restricts nothing. */
function isIncomplete(leaf: unknown): boolean {
  if (!isRecord(leaf) || typeof leaf['operator'] !== 'string') return true;
  if (NO_VALUE.has(leaf['operator'])) return false;
  return !Object.hasOwn(leaf, 'value') || (leaf['operator'].includes('(') && leaf['value'] === null);
}

function unknownColumn(name: string): Error {
  return databaseError(`PG::UndefinedColumn: ERROR:  column ${name.replace('.', 's.')} does not exist`);
}

function cellOf(place: Place, name: string): (ticket: TicketRow) => unknown {
  const dot = name.indexOf('.');
  const [table, column] = [name.slice(0, dot), name.slice(dot + 1)];
  const { world } = place;
  const read = (record: object | undefined): unknown => {
    if (!record) return null;
    if (!Object.hasOwn(record, column)) throw unknownColumn(name);
    return Reflect.get(record, column);
  };
  if (table === 'ticket') {
    if (!ticketColumns(world).has(column)) throw unknownColumn(name);
    if (column === 'time_unit') return (ticket) => decimalOrNull(ticket.time_unit);
    return (ticket): unknown => Reflect.get(ticket, column) ?? null;
  }
  if (table === 'customer') return (ticket) => read(world.users[ticket.customer_id]);
  if (table === 'owner') return (ticket) => read(world.users[ticket.owner_id]);
  if (table === 'group') return (ticket) => read(world.groups[ticket.group_id]);
  if (table === 'organization') {
    return (ticket) =>
      read(ticket.organization_id === null ? undefined : world.organizations[ticket.organization_id]);
  }
  throw serverError(`Invalid selector: unknown attribute '${name}'.`);
}

function leafTest(place: Place, name: string, leaf: unknown): Test {
  if (isIncomplete(leaf) || !isRecord(leaf)) return () => true;
  const cell = cellOf(place, name);
  const test = operatorTest(place, leaf);
  return (ticket) => test(cell(ticket));
}

/** The columns of the tickets table of this installation. */
export function ticketColumns(world: ZammadWorld): ReadonlySet<string> {
  const row = {
    id: 0,
    group_id: 0,
    priority_id: 0,
    state_id: 0,
    organization_id: null,
    number: '',
    title: '',
  };
  const rest = { owner_id: 1, customer_id: 1, note: null, article_count: 0, time_unit: null, close_at: null };
  const stamp = { created_by_id: 1, updated_by_id: 1, created_at: '', updated_at: '' };
  return new Set(Object.keys(rawTicket(world, { ...row, ...rest, ...stamp })));
}

function combine(operator: string, tests: readonly Test[]): Test {
  if (operator === 'OR') return (ticket) => tests.length === 0 || tests.some((test) => test(ticket));
  if (operator === 'NOT') return (ticket) => tests.length === 0 || !tests.some((test) => test(ticket));
  return (ticket) => tests.every((test) => test(ticket));
}

/** Compiles a `condition`: a flat hash is ANDed, or a tree of `operator` and `conditions` (5.4+). */
export function compileCondition(place: Place, condition: unknown): Test {
  if (!isRecord(condition)) return () => true;
  const conditions = condition['conditions'];
  if (Array.isArray(conditions)) {
    const tests = conditions.map((child: unknown) => compileChild(place, child));
    return combine(cellText(condition['operator']) || 'AND', tests);
  }
  return combine(
    'AND',
    Object.entries(condition).map(([name, leaf]) => leafTest(place, name, leaf)),
  );
}

function compileChild(place: Place, child: unknown): Test {
  if (isRecord(child) && typeof child['name'] === 'string') return leafTest(place, child['name'], child);
  return compileCondition(place, child);
}
