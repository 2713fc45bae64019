import { type Call, isRecord, readJson } from '../kit/index.js';
import type { Sent } from './forms/form.js';
import { refuse } from './replies.js';

/**
 * Fields of a request body: JSON with its content type or with none, or a form. Another type counts as an empty body. An
 * array has its indexes as fields, which no form knows.
 */
export function sentFields(call: Call): Sent {
  const type = call.headers['content-type'] ?? 'application/json';
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return camelKeys(Object.fromEntries(new URLSearchParams(call.text)));
  if (!/^application\/(x-)?json\b/i.test(type)) return {};
  const body = readJson(call);
  if (!body.ok) refuse(400);
  if (body.value === undefined) return {};
  if (isRecord(body.value)) return camelKeys(body.value);
  return Array.isArray(body.value)
    ? Object.fromEntries(body.value.map((value, index) => [String(index), value]))
    : refuse(400);
}

/** `global_activities` is the same field as `globalActivities`; of both, the latter counts. */
function camelKeys(sent: Sent): Sent {
  const renamed = Object.entries(sent).map(([key, value]) => [camel(key), value] as const);
  return {
    ...Object.fromEntries(renamed),
    ...Object.fromEntries(Object.entries(sent).filter(([key]) => camel(key) === key)),
  };
}

function camel(key: string): string {
  return key.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
}
