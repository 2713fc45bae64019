import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { toProblem } from '../api/problem';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { usePendingDecisions, type PendingDecision } from './pending-decisions';
import { queryKeys } from './keys';

/** Takes a decision back on the server; only then does the case return to the list. */
export function useWithdraw(): (decision: PendingDecision) => void {
  const t = useT();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { remove, unhide, say } = usePendingDecisions();

  const { mutate } = useMutation({
    mutationFn: (decision: PendingDecision) => decision.withdraw(),
    onSuccess: (_result, decision) => {
      remove(decision.id);
      unhide(decision.conflictIds);
      say('good', t('undo.takenBack'));
      void queryClient.invalidateQueries({ queryKey: ['conflicts'] });
      void queryClient.invalidateQueries({ queryKey: queryKeys.status });
    },
    onError: (error) => {
      const late = toProblem(error).code === 'too-late';
      say('bad', late ? t('undo.tooLate') : t('undo.failed', { problem: problemText(error) }));
    },
  });
  return (decision) => mutate(decision);
}
