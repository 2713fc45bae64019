import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { decideConflict } from '../../api/conflicts/decide-conflict.contract';
import { withdrawDecision } from '../../api/conflicts/withdraw-decision.contract';
import type { Choice, DecisionParameters } from '../../domain/conflict';
import { useApi, type ApiClient } from '../api/client';
import { toProblem } from '../api/problem';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { useWords } from '../i18n/use-words';
import { queryKeys } from './keys';
import { usePendingDecisions } from './pending-decisions';

export type Verdict = {
  readonly conflictId: string;
  /** Of the facts that were shown. */
  readonly version: string;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly note: string | null;
  /** Ticket or name of the case, for the undo bar. */
  readonly subject: string;
};

export type DecideHooks = {
  /** The case is about to leave the list, before the server answers. */
  readonly onLeave: (conflictId: string) => void;
  /** The facts are other ones now: the case is back and shows them. */
  readonly onStale: (conflictId: string) => void;
};

/** Decides: out of the list at once, back with a reason when the server refuses, undoable until it is carried out. */
export function useDecide(hooks: DecideHooks) {
  const api = useApi();
  const t = useT();
  const words = useWords();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { hide, unhide, add, say } = usePendingDecisions();

  const readAgain = (conflictId: string) => {
    void queryClient.invalidateQueries({ queryKey: queryKeys.conflict(conflictId) });
    void queryClient.invalidateQueries({ queryKey: queryKeys.conflictLists });
    void queryClient.invalidateQueries({ queryKey: ['conflicts', 'groups'] });
    void queryClient.invalidateQueries({ queryKey: queryKeys.status });
  };

  return useMutation({
    mutationFn: (verdict: Verdict) => send(api, verdict),
    onMutate: (verdict) => {
      hooks.onLeave(verdict.conflictId);
      hide([verdict.conflictId]);
    },
    onSuccess: ({ decisionId, applyAfter }, { conflictId, subject, choice }) => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.status });
      const pending = {
        id: decisionId,
        conflictIds: [conflictId],
        subject,
        choice: words.choiceName(choice),
        appliesAt: applyAfter,
        withdraw: () => api.call(withdrawDecision, { params: { conflictId }, body: { decisionId } }),
      };
      add(pending, () => {
        unhide([conflictId]);
        readAgain(conflictId);
      });
    },
    onError: (error, { conflictId, subject }) => {
      unhide([conflictId]);
      readAgain(conflictId);
      if (toProblem(error).code === 'stale') hooks.onStale(conflictId);
      else say('bad', `${subject}: ${t('undo.failed', { problem: problemText(error) })}`);
    },
  });
}

/** The id is drawn here, so that a request that is sent twice stays one decision. */
function send(api: ApiClient, { conflictId, version, choice, parameters, note }: Verdict) {
  const body = { decisionId: crypto.randomUUID(), version, choice, parameters: sendable(parameters), note };
  return api.call(decideConflict, { params: { conflictId }, body });
}

function sendable({ targetId, fields, edit }: DecisionParameters) {
  return { targetId, fields: fields && { ...fields }, edit: edit && { ...edit } };
}
