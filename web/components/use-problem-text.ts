import { toProblem } from '../api/problem';
import { useT, type MessageKey } from '../i18n/use-t';

/** What went wrong, for a person: the API's own sentence where it sent one, else what its status means. */
export function useProblemText(): (error: unknown) => string {
  const t = useT();
  return (error) => {
    const problem = toProblem(error);
    const known = KNOWN[problem.code];
    if (known) return t(known);
    return problem.detail && problem.status >= 400 && problem.status < 500
      ? problem.detail
      : t(keyFor(problem.status));
  };
}

/** Answers that people meet while they decide, in their own language. */
const KNOWN: Readonly<Record<string, MessageKey>> = {
  'temporal-unavailable': 'problem.temporal',
  'not-open': 'problem.notOpen',
  'too-late': 'undo.tooLate',
  'other-bridge-writes': 'problem.otherWrites',
  unexpected_answer: 'problem.unexpected',
};

function keyFor(status: number): MessageKey {
  if (status === 0) return 'problem.unreachable';
  if (status === 403) return 'problem.forbidden';
  if (status === 404) return 'problem.notFound';
  if (status === 409) return 'problem.stale';
  if (status === 429) return 'problem.throttled';
  if (status === 503) return 'problem.away';
  return status >= 500 ? 'problem.server' : 'problem.invalid';
}
