/** A fact inside a sentence; `words/` formats it by its name's suffix (…Seconds, …Day, …At) and by language. */
export type Fact = string | number | boolean | null | readonly string[];

/**
 * Why something is as it is, as data: a stable code and the facts it used.
 * `words/` turns it into one sentence in German or English; the domain never writes prose.
 */
export type Reason = { readonly code: string; readonly facts: Readonly<Record<string, Fact>> };

export const reason = (code: string, facts: Readonly<Record<string, Fact>> = {}): Reason => ({ code, facts });

/** Whether something of unknown shape has members by name. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether something that was stored or sent is a reason. */
export const isReason = (value: unknown): value is Reason =>
  isRecord(value) && typeof value['code'] === 'string' && isRecord(value['facts']);
