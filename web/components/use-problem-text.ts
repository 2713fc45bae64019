import { toProblem } from '../api/problem';
import type { Reason } from '../../domain/reason';
import { useT, type MessageKey } from '../i18n/use-t';
import { useWords } from '../i18n/use-words';

/** What went wrong, for a person: the API's own sentence where it sent one, else what its status means. */
export function useProblemText(): (error: unknown) => string {
  const t = useT();
  const words = useWords();
  return (error) => {
    const problem = toProblem(error);
    const name = problem.code === 'not-open' ? deciderOf(problem.members) : null;
    if (name !== null) return t('problem.decidedBy', { name });
    const reason = GIVES_REASON.includes(problem.code) ? reasonOf(problem.members) : null;
    if (reason !== null) return words.say(reason);
    const known = KNOWN[problem.code];
    if (known) return t(known);
    return problem.detail && problem.status >= 400 && problem.status < 500
      ? problem.detail
      : t(keyFor(problem.status));
  };
}

/** Refusals that come with a reason, which has a sentence of its own. */
const GIVES_REASON: readonly string[] = ['invalid-decision', 'note-refused'];

/** Answers that people meet while they decide, in their own language. */
const KNOWN: Readonly<Record<string, MessageKey>> = {
  'temporal-unavailable': 'problem.temporal',
  'note-pending': 'problem.notePending',
  'not-open': 'problem.notOpen',
  'too-late': 'undo.tooLate',
  'other-bridge-writes': 'problem.otherWrites',
  unexpected_answer: 'problem.unexpected',
};

/** Who was quicker, as the API tells it along with the refusal. */
function deciderOf({ decision }: Readonly<Record<string, unknown>>): string | null {
  const name = member(member(decision, 'actor'), 'name');
  return typeof name === 'string' && name !== '' ? name : null;
}

/** Why a decision cannot be one, as a code with facts. */
function reasonOf({ reason }: Readonly<Record<string, unknown>>): Reason | null {
  const [code, facts] = [member(reason, 'code'), member(reason, 'facts')];
  return typeof code === 'string' ? { code, facts: isFacts(facts) ? facts : {} } : null;
}

const isFacts = (value: unknown): value is Reason['facts'] => typeof value === 'object' && value !== null;

const member = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;

function keyFor(status: number): MessageKey {
  if (status === 0) return 'problem.unreachable';
  if (status === 403) return 'problem.forbidden';
  if (status === 404) return 'problem.notFound';
  if (status === 409) return 'problem.stale';
  if (status === 429) return 'problem.throttled';
  if (status === 503) return 'problem.away';
  return status >= 500 ? 'problem.server' : 'problem.invalid';
}
