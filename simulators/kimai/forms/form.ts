import type { Reply } from '../../kit/index.js';
import { problem } from '../replies.js';
import { translated } from './german.js';

const EXTRA = 'This form should not contain extra fields.';

/** Fields as sent; keys are form fields. */
export type Sent = Readonly<Record<string, unknown>>;

/**
 * One submitted form and its errors, which answer as Kimai's tree: every field under `children`, errors of rules that
 * belong to no field at the top. A rule's error on a field that could not even be read is left out, as Symfony does.
 */
export class Form {
  readonly #fields: readonly string[];
  readonly #sent: Sent;
  readonly #unread = new Set<string>();
  readonly #errors = new Map<string, string[]>();
  readonly #top: string[] = [];

  constructor(fields: readonly string[], sent: Sent) {
    this.#fields = fields;
    this.#sent = sent;
  }

  has(field: string): boolean {
    return this.#fields.includes(field) && Object.hasOwn(this.#sent, field);
  }

  /** The value sent for a field; undefined when the form lacks the field or nothing was sent. */
  value(field: string): unknown {
    return this.has(field) ? this.#sent[field] : undefined;
  }

  /** Says that a field's value cannot be read at all. */
  unreadable(field: string, message: string): void {
    this.#unread.add(field);
    this.#errors.set(field, [message]);
  }

  /** Says that a rule is broken; a path that is no field of this form goes to the top. */
  broken(path: string, message: string): void {
    if (this.#unread.has(path)) return;
    if (!this.#fields.includes(path)) this.#top.push(message);
    else this.#errors.set(path, [...(this.#errors.get(path) ?? []), message]);
  }

  get hasErrors(): boolean {
    return this.#errors.size > 0 || this.#top.length > 0 || this.#hasExtra;
  }

  get #hasExtra(): boolean {
    return Object.keys(this.#sent).some((field) => !this.#fields.includes(field));
  }

  /** The answer 400 with the tree. */
  reply(): Reply {
    const top = [...this.#top, ...(this.#hasExtra ? [EXTRA] : [])];
    const children = new Map<string, { errors?: string[] }>();
    for (const field of this.#fields) {
      const errors = this.#errors.get(field);
      children.set(field, errors === undefined ? {} : { errors });
    }
    const errors = { ...(top.length > 0 ? { errors: top } : {}), children: Object.fromEntries(children) };
    const body = { code: 400, message: 'Validation Failed', errors };
    return problem(400, body);
  }
}

/** A rule that a record breaks: path by Kimai's internal names, and the English text. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}

const START_MESSAGES = {
  save: 'There was a problem saving.',
  stop: 'You have an active time record which cannot be stopped automatically.',
} as const;

/**
 * The other shape of a 400, of actions without a form: `code` is a text, only failing paths are told, and, unlike in
 * forms, in the caller's language.
 */
export function violationsReply(
  violations: readonly Violation[],
  cause: keyof typeof START_MESSAGES,
  language: string,
): Reply {
  const children: Record<string, { errors: string[] }> = {};
  for (const { path, message } of violations)
    (children[path] ??= { errors: [] }).errors.push(translated(message, language));
  const body = { code: '400', message: translated(START_MESSAGES[cause], language), errors: { children } };
  return problem(400, body);
}
