/** A fact inside a sentence; `words/` formats it by its name's suffix (…Seconds, …Day, …At) and by language. */
export type Fact = string | number | boolean | null | readonly string[];

/**
 * Why something is as it is, as data: a stable code and the facts it used.
 * `words/` turns it into one sentence in German or English; the domain never writes prose.
 */
export type Reason = { readonly code: string; readonly facts: Readonly<Record<string, Fact>> };

export const reason = (code: string, facts: Readonly<Record<string, Fact>> = {}): Reason => ({ code, facts });
