import { ValidationError, type AnySchema, type InferType } from 'yup';
import { SyncError } from '../domain/errors.js';

/** Nothing is converted and keys we do not use are let through: a reply is what it is. */
const AS_IT_IS = { strict: true, abortEarly: true } as const;

/** Checks the envelope of a reply; a shape that changed stops the connector (`contract_broken`). */
export function parseReply<S extends AnySchema>(schema: S, body: unknown, what: string): InferType<S> {
  const parsed = readRecord(schema, body);
  if (parsed.ok) return parsed.value;
  throw new SyncError('contract_broken', `${what}: ${parsed.problem}`);
}

/** The rows of a list reply; anything but a list is a broken page and not an empty one. */
export function parseList(body: unknown, what: string): readonly unknown[] {
  if (Array.isArray(body)) return body;
  throw new SyncError('contract_broken', `${what}: not a list`);
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Checks one record of a list; the problem names the field, never its value. */
export function readRecord<S extends AnySchema>(schema: S, raw: unknown): Parsed<InferType<S>> {
  try {
    return { ok: true, value: schema.validateSync(raw, AS_IT_IS) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { ok: false, problem: problemOf(error) };
  }
}

/** yup's own text quotes the value, which may be somebody's words. */
function problemOf(error: ValidationError): string {
  const place = error.path === undefined || error.path === '' ? 'the record' : error.path;
  return `${place} is not as expected (${error.type ?? 'shape'})`;
}

/** Share of unreadable records above which it is the contract that broke, not a record. */
const TOLERATED_SHARE = 0.05;

/** One bad record alone never stops a connector; more than one and more than 5 % do. */
export function assertMostlyReadable(unreadable: number, total: number, what: string): void {
  if (unreadable <= 1 || unreadable <= total * TOLERATED_SHARE) return;
  throw new SyncError('contract_broken', `${what}: ${unreadable} of ${total} records cannot be read`);
}
