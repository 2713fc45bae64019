import { isRecord } from '../kit/index.js';
import { Temporal } from 'temporal-polyfill';
import { cellText } from './cell-text.js';
import { databaseError, serverError } from './errors.js';
import type { UserRow, ZammadWorld } from './world.js';

/** A condition that the builder gives up on with a log line: the whole selector is then ignored. */
export class InvalidCondition extends Error {}

/** Who asks, where and when; relative times count from `now`. */
export type Asking = { readonly world: ZammadWorld; readonly now: string; readonly user: UserRow | null };
/** One condition as sent: `operator`, `value`, `range`, `pre_condition`. */
export type Leaf = Readonly<Record<string, unknown>>;
export type CellTest = (cell: unknown) => boolean;

const NEEDS_NO_VALUE = new Set(['has changed', 'is any of', 'is none of', 'is set', 'not set', 'today']);
type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years';
const UNITS: Readonly<Record<string, Unit>> = {
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  year: 'years',
};

/** Narrows a condition and refuses what the builder refuses: an operator is a must, a missing value gives up. */
export function checkedLeaf(leaf: unknown): Leaf {
  if (!isRecord(leaf)) throw serverError('no implicit conversion into Hash');
  const operator = leaf['operator'];
  if (typeof operator !== 'string' || operator === '')
    throw serverError(`Invalid condition, operator missing ${JSON.stringify(leaf)}`);
  const { value } = leaf;
  const lacks =
    !Object.hasOwn(leaf, 'value') ||
    (Array.isArray(value) && value.length === 0) ||
    (operator.startsWith('contains') && (value === null || value === ''));
  const told = leaf['pre_condition'];
  const needsValue = told === undefined || told === null || told === '' || told === 'specific';
  if (lacks && needsValue && !NEEDS_NO_VALUE.has(operator))
    throw new InvalidCondition(`Invalid condition pre_condition nil ${JSON.stringify(leaf)}!`);
  return leaf;
}

/** The literal that PostgreSQL compares: an offset in the text is ignored, as on a column without time zone. */
function literalTime(value: unknown): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?/.exec(cellText(value));
  const time = Date.parse(`${match?.[1] ?? ''}T${match?.[2] ?? '00:00'}Z`);
  if (Number.isNaN(time))
    throw databaseError('PG::InvalidDatetimeFormat: ERROR:  invalid input syntax for type timestamp');
  return new Date(time).toISOString();
}

/** So many calendar units before (-1) or after (1) now. */
function relative({ now }: Asking, leaf: Leaf, sign: 1 | -1): string {
  const unit = UNITS[cellText(leaf['range'])];
  if (unit === undefined) throw serverError('unknown selector');
  const count = Math.trunc(Number.parseInt(cellText(leaf['value']), 10)) || 0;
  const moved = Temporal.Instant.from(now)
    .toZonedDateTimeISO('UTC')
    .add({ [unit]: sign * count });
  return new Date(moved.epochMilliseconds).toISOString();
}

function today({ world, now }: Asking): readonly [from: string, to: string] {
  const zone = world.settings.timezone_default;
  const start = Temporal.Instant.from(now).toZonedDateTimeISO(zone).startOfDay();
  const iso = (at: Temporal.ZonedDateTime): string => new Date(at.epochMilliseconds).toISOString();
  return [iso(start), iso(start.add({ days: 1 }).subtract({ milliseconds: 1 }))];
}

const between =
  (from: string | null, to: string | null): CellTest =>
  (cell) =>
    typeof cell === 'string' && (from === null || cell >= from) && (to === null || cell <= to);

const isNull: CellTest = (cell) => cell === null || cell === undefined;
const isNumeric = (text: string): boolean => text !== '' && !Number.isNaN(Number(text));

/** `IN (…)`: equal as text, or as numbers, since a column compares `"5"` and `"5.0"` alike. Null is in no list. */
function isIn(value: unknown): CellTest {
  const texts = (Array.isArray(value) ? value : [value]).map(cellText);
  const wanted = new Set(texts);
  const numbers = new Set(texts.filter(isNumeric).map(Number));
  return (cell) => {
    if (typeof cell === 'number') return numbers.has(cell);
    if (isNull(cell)) return false;
    const shown = cellText(cell);
    return wanted.has(shown) || (isNumeric(shown) && numbers.has(Number(shown)));
  };
}

const namesBlank = (value: unknown): boolean => (Array.isArray(value) ? value : [value]).includes('');

/** What `pre_condition` puts in place of the value; undefined when it puts nothing. */
function preset({ user }: Asking, leaf: Leaf): unknown {
  const told = leaf['pre_condition'];
  if (told === 'current_user.id') return user?.id ?? 0;
  if (told === 'current_user.organization_id')
    return user ? [user.organization_id ?? 0, ...user.organization_ids] : 0;
  return undefined;
}

function is(asking: Asking, leaf: Leaf, column: string): CellTest {
  if (leaf['pre_condition'] === 'not_set') {
    const person = /^(created_by|updated_by|owner|customer|user)_id/.test(column);
    return (cell) => isNull(cell) || (person && cell === 1);
  }
  const value = preset(asking, leaf) ?? leaf['value'];
  if (value === null) return isNull;
  const listed = isIn(value);
  return namesBlank(value) ? (cell) => isNull(cell) || listed(cell) : listed;
}

function isNot(asking: Asking, leaf: Leaf, column: string): CellTest {
  const plain = leaf['pre_condition'] === 'not_set' || leaf['value'] === null;
  const test = is(asking, leaf, column);
  // A list without a blank leaves empty cells in: NULL OR NOT IN.
  return plain || namesBlank(leaf['value']) ? (cell) => !test(cell) : (cell) => isNull(cell) || !test(cell);
}

const folded = (value: unknown): string => cellText(value).toLowerCase();

function someOf(leaf: Leaf, test: (cell: string, part: string) => boolean): CellTest {
  const parts = (Array.isArray(leaf['value']) ? leaf['value'] : [leaf['value']]).map(folded);
  return (cell) => !isNull(cell) && parts.some((part) => test(folded(cell), part));
}

function pattern(leaf: Leaf): CellTest {
  try {
    const regex = new RegExp(cellText(leaf['value']), 'i');
    return (cell) => !isNull(cell) && regex.test(cellText(cell));
  } catch {
    throw databaseError('PG::InvalidRegularExpression: ERROR:  invalid regular expression');
  }
}

function textTest(leaf: Leaf): CellTest | undefined {
  const contains = someOf({ value: leaf['value'] }, (cell, part) => cell.includes(part));
  switch (leaf['operator']) {
    case 'contains':
      return contains;
    case 'contains not':
      return (cell) => !contains(cell);
    case 'starts with':
    case 'starts with one of':
      return someOf(leaf, (cell, part) => cell.startsWith(part));
    case 'ends with':
    case 'ends with one of':
      return someOf(leaf, (cell, part) => cell.endsWith(part));
    case 'matches regex':
      return pattern(leaf);
    case 'does not match regex': {
      const test = pattern(leaf);
      return (cell) => !isNull(cell) && !test(cell);
    }
    default:
      return undefined;
  }
}

function timeTest(asking: Asking, leaf: Leaf): CellTest | undefined {
  const absolute = (): string | null => (leaf['value'] === null ? null : literalTime(leaf['value']));
  switch (leaf['operator']) {
    case 'after (absolute)':
    case 'before (absolute)': {
      const bound = absolute();
      if (bound === null) return () => false;
      return leaf['operator'] === 'after (absolute)' ? between(bound, null) : between(null, bound);
    }
    case 'within last (relative)':
      return between(relative(asking, leaf, -1), asking.now);
    case 'within next (relative)':
      return between(asking.now, relative(asking, leaf, 1));
    case 'before (relative)':
      return between(null, relative(asking, leaf, -1));
    case 'after (relative)':
      return between(relative(asking, leaf, 1), null);
    case 'till (relative)':
      return between(null, relative(asking, leaf, 1));
    case 'from (relative)':
      return between(relative(asking, leaf, -1), null);
    case 'today':
      return between(...today(asking));
    default:
      return undefined;
  }
}

/** The test that an operator makes on a cell of a column. An operator nobody knows is an exception, so a 500. */
export function cellTest(asking: Asking, leaf: Leaf, column: string): CellTest {
  switch (leaf['operator']) {
    case 'is':
      return is(asking, leaf, column);
    case 'is not':
      return isNot(asking, leaf, column);
    case 'is any of':
      return isIn(leaf['value']);
    case 'is none of': {
      const listed = isIn(leaf['value']);
      return (cell) => !isNull(cell) && !listed(cell);
    }
    default: {
      const test = textTest(leaf) ?? timeTest(asking, leaf);
      if (test) return test;
      throw serverError(
        `Invalid condition, operator '${cellText(leaf['operator'])}' is invalid ${JSON.stringify(leaf)}`,
      );
    }
  }
}
