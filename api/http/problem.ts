import { STATUS_CODES } from 'node:http';

/**
 * A refusal that the caller can do something about, answered as problem details (RFC 9457). `code` is stable and
 * what programs look at; `message` says in English what is wrong and what is right; `members` are added to the answer.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Problem';
  }
}

/** One thing that is wrong with a request: where, which field, which rule, and what is right. */
export type Issue = {
  readonly in: 'params' | 'query' | 'body' | 'header';
  readonly path: string;
  readonly rule: string;
  readonly message: string;
};

/** 422 that names every field that is wrong. */
export const invalidInput = (issues: readonly Issue[]): Problem =>
  new Problem(422, 'invalid-input', `The request is not valid: ${issues.map((i) => i.message).join('; ')}`, {
    issues,
  });

/** 422 for one member of the body. */
export const invalidField = (path: string, rule: string, message: string): Problem =>
  invalidInput([{ in: 'body', path, rule, message }]);

/** 404, also for what the caller may not see. */
export const notFound = (what: string): Problem => new Problem(404, 'not-found', `There is no such ${what}`);

/** The members of the answer. `instance` finds the request in the logs. */
export function problemBody(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    type: `urn:timebridge:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    instance: `urn:timebridge:request:${requestId}`,
    ...problem.members,
  };
}
