import { array, boolean, mixed, number, object, string, type InferType } from 'yup';

/*
 * What we use of Zammad's replies, and no more: additional keys pass, what we use must be right.
 * Shapes: Zammad 5.5 to 7.1 (`attributes_with_association_ids`, `model_index_render`).
 */

const id = () => number().integer().positive().required();
const idOrNull = () => number().integer().positive().nullable().defined();
/** `2023-08-16T08:11:49.315Z`: always UTC with a literal Z, in every version. */
const instant = () =>
  string()
    .required()
    .matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

/** A decimal(6,2) as text, never a JSON number. */
const decimal = () =>
  string()
    .required()
    .matches(/^-?\d+(\.\d+)?$/);

export const entrySchema = object({
  id: id(),
  ticket_id: id(),
  ticket_article_id: idOrNull(),
  time_unit: decimal(),
  /** Absent in databases from before 6.1. */
  type_id: number().integer().positive().nullable(),
  created_by_id: id(),
  created_at: instant(),
  updated_at: instant(),
  /** Only with `expand=true`, and only when a type is set. */
  type: string().nullable(),
}).required();
export type ZammadEntry = InferType<typeof entrySchema>;

export const ticketSchema = object({
  id: id(),
  number: string().required(),
  title: string().defined().nonNullable(),
  group_id: id(),
  state_id: id(),
  organization_id: idOrNull(),
  customer_id: id(),
  time_unit: string().nullable().defined(),
  article_count: number().integer().min(0).nullable(),
  updated_at: instant(),
}).required();
export type ZammadTicket = InferType<typeof ticketSchema>;

export const userSchema = object({
  id: id(),
  login: string().required(),
  firstname: string().nullable(),
  lastname: string().nullable(),
  email: string().nullable(),
  active: boolean().required(),
  /** `{"1":["full"]}`: agents have groups, customers have none. */
  group_ids: mixed<object>().nullable(),
}).required();
export type ZammadUser = InferType<typeof userSchema>;

/** Organizations, groups, activity types: things with an id and a name. */
export const namedSchema = object({
  id: id(),
  name: string().required(),
  active: boolean().required(),
}).required();

export const stateSchema = object({
  id: id(),
  name: string().required(),
  state_type: string().nullable(),
}).required();

const assets = () =>
  mixed<Record<string, unknown>>((value): value is Record<string, unknown> => isRecord(value));
/** 6.5 and later, with `full=true`. */
export const unifiedSearchSchema = object({
  record_ids: array(id()).required(),
  assets: assets().required(),
  total_count: number().integer().required(),
}).required();
/** 6.4 and earlier, whatever the flags (`tickets_count` is only the size of the page). */
export const legacySearchSchema = object({
  tickets: array(id()).required(),
  assets: assets().required(),
}).required();

export const countSchema = object({ total_count: number().integer().min(0).required() }).required();

export const settingSchema = object({
  name: string().required(),
  state_current: object({ value: mixed().nullable() }).required(),
  updated_at: instant().nullable(),
}).required();

/** A row of the month report; there is no entry id in it. */
export const reportRowSchema = object({ time_unit: decimal(), created_at: instant() }).required();

export const versionSchema = object({ version: string().required() }).required();

/** Narrows to a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
