/** Problem details (RFC 9457) as the API sends them, or what stands in for them when no answer came. */
export class ApiProblem extends Error {
  constructor(
    /** HTTP status; 0 when there was no answer at all. */
    readonly status: number,
    /** The API's stable code; `unreachable` and `unexpected_answer` are ours. */
    readonly code: string,
    /** For people, in the language the request asked for; may be empty. */
    readonly detail: string,
    /** All members of the problem document, e.g. the new version of a stale decision. */
    readonly members: Readonly<Record<string, unknown>> = {},
    /** From `Retry-After`, in seconds; null when the answer names none. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`${status} ${code}${detail ? `: ${detail}` : ''}`);
    this.name = 'ApiProblem';
  }
}

/** Whatever was thrown, as a problem: a cut connection is `unreachable`, anything else unexpected. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(0, 'unreachable', error instanceof Error ? error.message : '');
}
