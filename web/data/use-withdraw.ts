import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { shallowReactive } from 'vue';
import { toProblem } from '../api/problem';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { usePendingDecisions, type PendingDecision } from './pending-decisions';
import { queryKeys } from './keys';

/** Being taken back already; a second press means the next one. */
const withdrawing = shallowReactive(new Set<string>());
export const isBeingWithdrawn = ({ id }: PendingDecision): boolean => withdrawing.has(id);

/** Takes a decision back on the server; only then does the case return to the list. */
export function useWithdraw(): (decision: PendingDecision) => void {
  const t = useT();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { remove, unhide, say } = usePendingDecisions();

  const { mutate } = useMutation({
    mutationFn: (decision: PendingDecision) => decision.withdraw(),
    onMutate: ({ id }) => void withdrawing.add(id),
    onSuccess: (_result, decision) => {
      remove(decision.id);
      unhide(decision.conflictIds);
      say('good', t('undo.takenBack'));
      void queryClient.invalidateQueries({ queryKey: ['conflicts'] });
      void queryClient.invalidateQueries({ queryKey: queryKeys.status });
    },
    onError: (error) => {
      const { code } = toProblem(error);
      // The decision itself was refused for newer facts: the case is back and says so.
      if (code === 'stale') return;
      const late = code === 'too-late';
      say('bad', late ? t('undo.tooLate') : t('undo.failed', { problem: problemText(error) }));
    },
    onSettled: (_result, _error, { id }) => void withdrawing.delete(id),
  });
  return (decision) => {
    if (!withdrawing.has(decision.id)) mutate(decision);
  };
}
