import { isRecord } from './call.js';
import type { Effect, FaultOrder } from './faults.js';

/** Control input that cannot be used; the message says what is right. Answered as 400. */
export class BadControl extends Error {}

/** The body as an object that has no keys but `allowed`. */
export function object(value: unknown, where: string, allowed: readonly string[]): Record<string, unknown> {
  if (!isRecord(value))
    throw new BadControl(`${where} must be a JSON object with: ${allowed.join(', ') || '(no fields)'}.`);
  const extra = Object.keys(value).filter((key) => !allowed.includes(key));
  if (extra.length > 0)
    throw new BadControl(`${where} has no field "${extra.join('", "')}"; allowed: ${allowed.join(', ')}.`);
  return value;
}

/** A whole number of at least `min`, or the default when absent. */
export function whole(value: unknown, where: string, min: number, absent?: number): number {
  if (value === undefined && absent !== undefined) return absent;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min) return value;
  throw new BadControl(`${where} must be a whole number of at least ${min}.`);
}

/** A text; `undefined` when absent. */
export function optionalText(value: unknown, where: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new BadControl(`${where} must be a text.`);
}

/** A date and time with zone, such as 2026-11-22T12:00:00Z. */
export function instant(value: unknown, where: string): Date {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
  const at = typeof value === 'string' && form.test(value) ? new Date(value) : undefined;
  if (at && !Number.isNaN(at.getTime())) return at;
  throw new BadControl(`${where} must be a date and time with zone, such as 2026-11-22T12:00:00Z.`);
}

/** A list of ids. */
export function ids(value: unknown, where: string): readonly number[] {
  if (Array.isArray(value) && value.every((id) => Number.isInteger(id) && id > 0)) return value.map(Number);
  throw new BadControl(`${where} must be a list of ids, such as [1, 2].`);
}

/** Reads the body of `POST /__control/faults`. `times` is 1 when not given. */
export function faultOrder(value: unknown): FaultOrder {
  const body = object(value, 'A fault', ['match', 'skip', 'times', 'then']);
  const match = object(body['match'] ?? {}, 'match', ['method', 'path']);
  const method = optionalText(match['method'], 'match.method')?.toUpperCase();
  const path = optionalText(match['path'], 'match.path');
  if (path !== undefined) checkPattern(path);
  return {
    match: { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) },
    skip: whole(body['skip'], 'skip', 0, 0),
    times: whole(body['times'], 'times', 1, 1),
    then: effect(body['then']),
  };
}

function checkPattern(path: string): void {
  try {
    new RegExp(path);
  } catch {
    throw new BadControl(`match.path must be a regular expression; "${path}" is none.`);
  }
}

const KINDS = 'status, delay, drop, drop_after_write, truncate, slow_body';

function effect(value: unknown): Effect {
  if (!isRecord(value)) throw new BadControl(`then must be a JSON object with a kind: ${KINDS}.`);
  switch (value['kind']) {
    case 'status':
      return statusEffect(object(value, 'then', ['kind', 'status', 'retryAfter', 'body']));
    case 'delay':
    case 'slow_body':
      object(value, 'then', ['kind', 'ms']);
      return { kind: value['kind'], ms: whole(value['ms'], 'then.ms', 0) };
    case 'drop':
    case 'drop_after_write':
    case 'truncate':
      object(value, 'then', ['kind']);
      return { kind: value['kind'] };
    default:
      throw new BadControl(`then.kind must be one of: ${KINDS}.`);
  }
}

function statusEffect(then: Record<string, unknown>): Effect {
  const status = whole(then['status'], 'then.status', 200);
  if (status > 599) throw new BadControl('then.status must be an HTTP status from 200 to 599.');
  const retryAfter = then['retryAfter'];
  if (retryAfter !== undefined && typeof retryAfter !== 'number' && typeof retryAfter !== 'string')
    throw new BadControl('then.retryAfter must be seconds or an HTTP date.');
  return {
    kind: 'status',
    status,
    ...(retryAfter === undefined ? {} : { retryAfter: String(retryAfter) }),
    ...(then['body'] === undefined ? {} : { body: then['body'] }),
  };
}
