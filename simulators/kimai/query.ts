import { refuse } from './replies.js';
import { parseStrict } from './zones.js';

/** Query parameters by Kimai's strict rules: a value that does not fit is a 400, an empty one is not there. */
export class Query {
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  /** The text of a parameter; the last one counts when it is sent twice. A list where one value belongs is a 400. */
  raw(name: string): string | undefined {
    for (const key of this.#query.keys()) if (key.startsWith(`${name}[`)) refuse(400);
    return this.#query.getAll(name).at(-1);
  }

  /** A parameter that must fit a form in full. */
  text(name: string, form: RegExp): string | undefined {
    const value = this.raw(name);
    if (value === undefined || value === '') return undefined;
    return form.test(value) ? value : refuse(400);
  }

  /** A list, `name[]=a&name[]=b`. One value without brackets is a 400. */
  list(name: string, form: RegExp): readonly string[] {
    const values = this.values(name);
    if (values.some((value) => value !== '' && !form.test(value))) refuse(400);
    return values.filter((value) => value !== '');
  }

  /** A list with whatever it holds, empty texts too. One value without brackets is a 400. */
  values(name: string): readonly string[] {
    if (this.#query.has(name)) refuse(400);
    return [...this.#query].flatMap(([key, value]) => (key.startsWith(`${name}[`) ? [value] : []));
  }

  /** A text of any form; a list in its place is not there at all. */
  loose(name: string): string | undefined {
    return this.#query.getAll(name).at(-1);
  }

  /** Ids given singly (`project=1`) and as a list (`projects[]=1`). */
  ids(single: string, plural: string): readonly number[] {
    const one = this.text(single, DIGITS);
    return [...this.list(plural, DIGITS), ...(one === undefined ? [] : [one])].map(Number);
  }

  /** `0` or `1`. */
  flag(name: string): boolean | undefined {
    const value = this.text(name, /^[01]$/);
    return value === undefined ? undefined : value === '1';
  }

  /** Exactly `YYYY-MM-DDTHH:mm:ss`; the civil time in seconds. */
  dateTime(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || value === '') return undefined;
    return parseStrict(value) ?? refuse(400);
  }
}

/** Whole numbers. */
export const DIGITS = /^\d+$/;
/** Sort direction; case counts. */
export const ORDER = /^(ASC|DESC)$/;
