import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { shallowReactive } from 'vue';
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

  /** Only these wait for the server: the next case can be decided meanwhile. */
  const sending = shallowReactive(new Set<string>());

  const { mutate } = useMutation({
    mutationFn: ({ reply }: Sent) => reply,
    onMutate: ({ pending, verdict }) => {
      sending.add(verdict.conflictId);
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
    onError: (error, { pending, verdict }) => {
      const { conflictId, subject } = verdict;
      remove(pending.id);
      unhide([conflictId]);
      void readAgain(conflictId);
      if (toProblem(error).code === 'stale') hooks.onStale(conflictId);
      else {
        const said = isUnanswered(error) ? 'undo.unanswered' : 'undo.failed';
        say('bad', `${subject}: ${t(said, { problem: problemText(error) })}`);
      }
    },
    onSettled: (_reply, error, { pending, verdict }) => {
      sending.delete(verdict.conflictId);
      if (error && isUnanswered(error)) unanswered.set(nameOf(verdict), pending.id);
      else unanswered.delete(nameOf(verdict));
    },
  });

  /** Whoever takes it back before the server has answered waits for the answer. */
  const sent = (verdict: Verdict): Sent => {
    const { conflictId, subject, choice } = verdict;
    const decisionId = unanswered.get(nameOf(verdict)) ?? crypto.randomUUID();
    const reply = request(api, decisionId, verdict);
    const withdraw = async () => {
      await reply;
      return api.call(withdrawDecision, { params: { conflictId }, body: { decisionId } });
    };
    const pending = { id: decisionId, conflictIds: [conflictId], subject, choice: words.choiceName(choice) };
    return { verdict, reply, pending: { ...pending, appliesAt: null, withdraw } };
  };
  return {
    mutate: (verdict: Verdict) => {
      if (!sending.has(verdict.conflictId)) mutate(sent(verdict));
    },
    isSending: (conflictId: string) => sending.has(conflictId),
  };
}

/** Whether the server may have it all the same. */
function isUnanswered(error: unknown): boolean {
  const { status } = toProblem(error);
  return status === 0 || status === 503;
}

/** Ids of decisions that got no answer: the same once more is the same decision, should the server have it already. */
const unanswered = new Map<string, string>();

const nameOf = ({ conflictId, version, choice, parameters, note }: Verdict): string =>
  JSON.stringify([conflictId, version, choice, parameters, note]);

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

/** The parameters as a request may carry them: the API's own copies. */
export function sendable({ targetId, fields, edit }: DecisionParameters) {
  return { targetId, fields: fields && { ...fields }, edit: edit && { ...edit } };
}
