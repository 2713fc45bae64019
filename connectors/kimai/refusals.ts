import { isRecord } from './schema.js';

/**
 * What a refusal seems to be about: the code of a sentence in `words/` that says what to do. For display only: it never
 * decides whether to retry or to write.
 */
export const REFUSALS = [
  'overlap',
  'future',
  'zero_duration',
  'too_long',
  'text_too_long',
  'end_before_begin',
  'period_locked',
  'project_not_started',
  'project_ended',
  'project_not_selectable',
  'activity_not_selectable',
  'user_not_selectable',
  'choice_invalid',
  'budget',
  'extra_fields',
  'timer_running',
  'start_not_allowed',
  'date_invalid',
  'missing_value',
  'forbidden',
  'gone',
  'refused',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Kimai's form errors come in English for every user (checked up to 2.66); first match wins. */
const TEXTS: readonly (readonly [RegExp, Refusal])[] = [
  [/already have an entry for this time/i, 'overlap'],
  [/cannot be in the future/i, 'future'],
  [/empty duration is not allowed/i, 'zero_duration'],
  [/Maximum .*(hours allowed|duration exceeded)|Maximum duration exceeded/i, 'too_long'],
  [/end date must not be earlier|Duration cannot be negative/i, 'end_before_begin'],
  [/period is locked/i, 'period_locked'],
  [/project has not started/i, 'project_not_started'],
  [/project is finished/i, 'project_ended'],
  [/should not contain extra fields/i, 'extra_fields'],
  [/selected choice is invalid/i, 'choice_invalid'],
  [/budget/i, 'budget'],
  [/active time record which cannot be stopped/i, 'timer_running'],
  [/not allowed to start/i, 'start_not_allowed'],
  [/valid date and time/i, 'date_invalid'],
  [/should not be (null|blank)/i, 'missing_value'],
];

/** The text for a choice is the same for every field; which one it is stands beside it. */
const OF_FIELD: Readonly<Record<string, Refusal>> = {
  project: 'project_not_selectable',
  activity: 'activity_not_selectable',
  user: 'user_not_selectable',
};

export type FormErrors = {
  /** Every text of the form tree, top level first. */
  readonly quoted: readonly string[];
  /** The first field that has an error of its own; null when all are at top level. */
  readonly field: string | null;
  readonly refusal: Refusal;
};

/** Reads the error tree of a 400 (or whatever came instead). `code` may be the string "400": it is not looked at. */
export function readFormErrors(body: unknown): FormErrors {
  const tree = isRecord(body) && isRecord(body['errors']) ? body['errors'] : {};
  const fields = fieldErrors(tree, []);
  const quoted = [...texts(tree), ...fields.flatMap((found) => found.texts)];
  const field = fields[0]?.field ?? null;
  const refusal = classify(quoted);
  return {
    quoted,
    field,
    refusal: refusal === 'choice_invalid' ? (OF_FIELD[field ?? ''] ?? refusal) : refusal,
  };
}

const classify = (quoted: readonly string[]): Refusal =>
  TEXTS.find(([pattern]) => quoted.some((text) => pattern.test(text)))?.[1] ?? 'refused';

function texts(node: Readonly<Record<string, unknown>>): readonly string[] {
  const list = node['errors'];
  return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : [];
}

type FieldErrors = { readonly field: string; readonly texts: readonly string[] };

/** PHP writes an empty or numbered `children` as an array: nothing we could name is in there. */
function fieldErrors(
  node: Readonly<Record<string, unknown>>,
  path: readonly string[],
): readonly FieldErrors[] {
  const children = isRecord(node['children']) ? node['children'] : {};
  return Object.entries(children).flatMap(([name, child]) => {
    if (!isRecord(child)) return [];
    const own = texts(child);
    const here = [...path, name];
    const mine = own.length === 0 ? [] : [{ field: here.join('.'), texts: own }];
    return [...mine, ...fieldErrors(child, here)];
  });
}

/** Names of the fields the form has for this token: the error tree lists every one. */
export function formFields(body: unknown): readonly string[] {
  const tree = isRecord(body) && isRecord(body['errors']) ? body['errors'] : {};
  return isRecord(tree['children']) ? Object.keys(tree['children']) : [];
}
