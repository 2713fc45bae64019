import { array, boolean, mixed, number, object, string, type InferType } from 'yup';

/*
 * What we use of Kimai's replies (2.26 and later), and no more: additional keys pass, what we use must be right.
 * Recorded answers: tests/conformance/kimai-recordings.test.ts.
 */

const id = () => number().integer().positive().required();
/** `2026-03-02T09:00:00+0100`: the offset has no colon, UTC is `+0000`. */
const dateTime = () => string().matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/);
/** An id, or with `full=true` the whole object. */
const reference = () =>
  mixed<number | { id: number }>(
    (value): value is number | { id: number } => referencedId(value) !== null,
  ).required();

export const timesheetSchema = object({
  id: id(),
  user: reference(),
  project: reference(),
  activity: reference(),
  begin: dateTime().required(),
  end: dateTime().nullable().defined(),
  duration: number().integer().min(0).required(),
  /** Seconds; since 2.23, 0 where breaks are not switched on. */
  break: number().integer().min(0).nullable(),
  description: string().nullable().defined(),
  tags: array(string().required()).required(),
  exported: boolean().required(),
  billable: boolean().required(),
  /** Absent since 2.66 when the token may not see money. */
  rate: number().nullable(),
}).required();
export type KimaiTimesheet = InferType<typeof timesheetSchema>;

export const meSchema = object({
  id: id(),
  username: string().required(),
  timezone: string().required(),
  roles: array(string().required()).required(),
  email: string().nullable(),
  alias: string().nullable(),
  enabled: boolean().required(),
}).required();

export const userSchema = object({
  id: id(),
  username: string().required(),
  alias: string().nullable(),
  /** In the plain list since 2.0. */
  email: string().nullable(),
  enabled: boolean().required(),
  timezone: string().nullable(),
}).required();
export type KimaiUser = InferType<typeof userSchema>;

export const customerSchema = object({
  id: id(),
  name: string().required(),
  number: string().nullable(),
  currency: string().nullable(),
  visible: boolean().required(),
}).required();

/** `YYYY-MM-DD`, without time. */
const day = () =>
  string()
    .matches(/^\d{4}-\d\d-\d\d/)
    .nullable();
export const projectSchema = object({
  id: id(),
  name: string().required(),
  customer: reference(),
  number: string().nullable(),
  orderNumber: string().nullable(),
  visible: boolean().required(),
  start: day(),
  end: day(),
}).required();

export const activitySchema = object({
  id: id(),
  name: string().required(),
  project: mixed<number | { id: number }>(
    (value): value is number | { id: number } => value === null || referencedId(value) !== null,
  ).nullable(),
  number: string().nullable(),
  visible: boolean().required(),
}).required();

export const tagSchema = object({ name: string().required() }).required();
/** `versionId` = major × 10000 + minor × 100 + patch. */
export const versionSchema = object({
  version: string().required(),
  versionId: number().integer().required(),
}).required();
export const configSchema = object({
  trackingMode: string().required(),
  isAllowFutureTimes: boolean().required(),
  isAllowOverlapping: boolean().required(),
}).required();

/** The id a reference stands for, whether it came as number or as object. */
export function referencedId(value: unknown): number | null {
  const found = isRecord(value) ? value['id'] : value;
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
