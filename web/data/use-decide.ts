import { useMutation, useQueryClient } from '@tanstack/vue-query';
import type { ReplyOf } from '../../api/contract';
import { decideConflict } from '../../api/conflicts/decide-conflict.contract';
import { withdrawDecision } from '../../api/conflicts/withdraw-decision.contract';
import type { Choice, DecisionParameters } from '../../domain/conflict';
import { useApi, type ApiClient } from '../api/client';
import { toProblem } from '../api/problem';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { useWords } from '../i18n/use-words';
import { queryKeys } from './keys';
import { usePendingDecisions, type PendingDecision } from './pending-decisions';

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
  /** The server has it. */
  readonly onAccepted: (conflictId: string) => void;
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
  const { hide, unhide, send, add, remove, say } = usePendingDecisions();

  const readAgain = (conflictId: string) =>
    Promise.allSettled(
      [
        queryKeys.conflict(conflictId),
        queryKeys.conflictLists,
        ['conflicts', 'groups'],
        queryKeys.status,
      ].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    );

  const { mutate, isPending } = useMutation({
    mutationFn: ({ reply }: Sent) => reply,
    onMutate: ({ pending, verdict }) => {
      hooks.onLeave(verdict.conflictId);
      hide([verdict.conflictId]);
      send(pending);
    },
    onSuccess: ({ applyAfter }, { pending, verdict: { conflictId } }) => {
      hooks.onAccepted(conflictId);
      void queryClient.invalidateQueries({ queryKey: queryKeys.status });
      add({ ...pending, appliesAt: applyAfter }, () => {
        // Shown again only once the list says anew what is open, else what is done flashes up.
        void readAgain(conflictId).then(() => unhide([conflictId]));
      });
    },
    onError: (error, { pending, verdict: { conflictId, subject } }) => {
      remove(pending.id);
      unhide([conflictId]);
      void readAgain(conflictId);
      if (toProblem(error).code === 'stale') hooks.onStale(conflictId);
      else say('bad', `${subject}: ${t('undo.failed', { problem: problemText(error) })}`);
    },
  });

  /** Whoever takes it back before the server has answered waits for the answer. */
  const sent = (verdict: Verdict): Sent => {
    const { conflictId, subject, choice } = verdict;
    const decisionId = crypto.randomUUID();
    const reply = request(api, decisionId, verdict);
    const withdraw = async () => {
      await reply;
      return api.call(withdrawDecision, { params: { conflictId }, body: { decisionId } });
    };
    const pending = { id: decisionId, conflictIds: [conflictId], subject, choice: words.choiceName(choice) };
    return { verdict, reply, pending: { ...pending, appliesAt: null, withdraw } };
  };
  return { mutate: (verdict: Verdict) => mutate(sent(verdict)), isPending };
}

type Sent = {
  readonly verdict: Verdict;
  readonly reply: Promise<ReplyOf<typeof decideConflict>>;
  readonly pending: PendingDecision;
};

/** The id is drawn by the page, so that a request that is sent twice stays one decision. */
function request(api: ApiClient, decisionId: string, verdict: Verdict) {
  const { conflictId, version, choice, parameters, note } = verdict;
  const body = { decisionId, version, choice, parameters: sendable(parameters), note };
  return api.call(decideConflict, { params: { conflictId }, body });
}

function sendable({ targetId, fields, edit }: DecisionParameters) {
  return { targetId, fields: fields && { ...fields }, edit: edit && { ...edit } };
}
