import * as yup from 'yup';
import type { Fact } from '../domain/reason.js';

/*
 * The kinds of field that contracts are made of. yup casts generously where it may (dates, "1e3", "true"),
 * so whatever comes as text is matched as text here, and bodies are checked without casting.
 */

/** An object that must be there and refuses members it does not name; `.optional()` and `.nullable()` relax it. */
export const closed = <T extends yup.ObjectShape>(shape: T) =>
  yup.object(shape).noUnknown().default(undefined).required();

/** A list that must be there; it may be empty. */
export const list = <T>(of: yup.ISchema<T, yup.AnyObject>) => yup.array().of(of).required();

/** Text for people: not blank, at most `max` characters. */
export const text = (max: number) =>
  yup
    .string()
    .matches(/\S/, '${path} must not be blank')
    .max(max, '${path} may have at most ${max} characters');

/** A query's whole number. */
export const queryInt = () =>
  yup
    .number()
    .transform((_value, original: unknown) =>
      typeof original === 'string' && /^-?\d{1,15}$/.test(original)
        ? Number(original)
        : typeof original === 'number' || original === undefined
          ? original
          : Number.NaN,
    )
    .typeError('${path} must be a whole number')
    .integer('${path} must be a whole number');

/** A query's yes or no: `true` or `false`, nothing else. */
export const queryBoolean = () =>
  yup
    .boolean()
    .transform((_value, original: unknown) =>
      original === 'true' ? true : original === 'false' ? false : original,
    )
    .typeError('${path} must be true or false');

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A calendar day that exists, `YYYY-MM-DD`. */
export const isoDay = () =>
  yup
    .string()
    .matches(DAY, '${path} must be a day as YYYY-MM-DD')
    .test(
      'day-exists',
      '${path} must be a day that exists',
      (value) => !value || !DAY.test(value) || dayExists(value),
    )
    .meta({ format: 'date' });

function dayExists(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** An instant in UTC, ISO 8601 with `Z`. */
export const instant = () =>
  yup
    .string()
    .matches(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/,
      '${path} must be an instant in UTC, e.g. 2026-01-31T08:00:00Z',
    )
    .test(
      'instant-exists',
      '${path} must be an instant that exists',
      (value) => !value || !Number.isNaN(Date.parse(value)),
    )
    .meta({ format: 'date-time' });

/** An id that the database counts (bigint as text). */
export const rowId = () => yup.string().matches(/^[1-9]\d{0,17}$/, '${path} must be a number');

export const uuid = () => yup.string().uuid('${path} must be a UUID');

/** The id of a connector or a bridge, chosen by people. */
export const slug = () =>
  yup
    .string()
    .matches(
      /^[a-z0-9][a-z0-9-]{0,39}$/,
      '${path} must be 1 to 40 of a-z, 0-9 and "-", starting with a letter or digit',
    );

/** Names of a list in a query, separated by commas; each one of `values`. */
export const queryList = <V extends string>(values: readonly V[]) =>
  yup
    .array()
    .transform((_value, original: unknown) => (typeof original === 'string' ? original.split(',') : original))
    .of(
      yup
        .string()
        .oneOf(values, `\${path} must be one of: ${values.join(', ')}`)
        .required(),
    );

/** Offset and limit of a page; with `total` in the answer any page can be fetched at once. */
export const paging = (most: number) => ({
  offset: queryInt().min(0).max(1_000_000).default(0),
  limit: queryInt().min(1).max(most).default(Math.min(100, most)),
});

/** Why something is as it is, for `words/`: a stable code and its facts. */
export const reasonFields = {
  code: yup.string().required(),
  facts: yup.mixed<Readonly<Record<string, Fact>>>().required(),
};
export const reason = () => closed(reasonFields);

/** Data whose shape the code alone names, e.g. counters. Shown as any JSON object in the OpenAPI document. */
export const json = <T extends object>() =>
  yup.mixed<T>({ type: 'object' }).meta({ description: 'A JSON object' });

/** A thing of an external system with the name it had when last read; the name is null when it is unknown. */
export const named = () => closed({ id: yup.string().required(), name: yup.string().nullable().defined() });
