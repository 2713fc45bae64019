import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { proposeDecision } from '../../api/conflicts/propose-decision.contract';
import { useApi } from '../api/client';
import { toProblem } from '../api/problem';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { useWords } from '../i18n/use-words';
import { queryKeys } from './keys';
import { usePendingDecisions } from './pending-decisions';
import { sendable, type Verdict } from './use-decide';

/** The first of two people: the case stays open, and shows to the second one what was proposed. */
export function useProposeDecision(hooks: {
  readonly onProposed: (conflictId: string) => void;
  readonly onStale: (conflictId: string) => void;
}) {
  const api = useApi();
  const t = useT();
  const words = useWords();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { say } = usePendingDecisions();
  const { mutate } = useMutation({
    mutationFn: ({ conflictId, version, choice, parameters, note }: Verdict) =>
      api.call(proposeDecision, {
        params: { conflictId },
        body: { version, choice, note, parameters: sendable(parameters) },
      }),
    onSuccess: (_reply, { conflictId, subject, choice }) => {
      say('good', t('item.secondPerson.noted', { subject, choice: words.choiceName(choice) }));
      hooks.onProposed(conflictId);
    },
    onError: (error, { conflictId, subject }) => {
      if (toProblem(error).code === 'stale') hooks.onStale(conflictId);
      else say('bad', `${subject}: ${t('undo.failed', { problem: problemText(error) })}`);
    },
    onSettled: (_reply, _error, { conflictId }) =>
      queryClient.invalidateQueries({ queryKey: queryKeys.conflict(conflictId) }),
  });
  return mutate;
}
