import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { askAgent } from '../../api/conflicts/ask-agent.contract';
import { useApi } from '../api/client';
import { useT } from '../i18n/use-t';
import type { ConflictRow } from './conflicts';
import { usePendingDecisions } from './pending-decisions';

export type Question = { readonly askId: string; readonly text: string; readonly until: string | null };

/**
 * Puts a question into the ticket of a case. Unlike a decision it is not promised before it is there: whoever asks waits
 * for the answer of the ticket's system, and keeps the text when that refuses.
 */
export function useAsk(
  row: () => ConflictRow,
  on: { readonly asked: () => void; readonly left: () => void },
) {
  const api = useApi();
  const t = useT();
  const queryClient = useQueryClient();
  const { hide, unhide, say } = usePendingDecisions();
  return useMutation({
    mutationFn: (question: Question) =>
      api.call(askAgent, { params: { conflictId: row().id }, body: question }),
    onSuccess: async ({ asleep }) => {
      const { id, ticketNumber } = row();
      say('good', t(asleep ? 'ask.done' : 'ask.answered', { number: `#${ticketNumber}` }));
      on.asked();
      if (asleep) {
        on.left();
        hide([id]);
      }
      await Promise.allSettled(
        [['conflicts'], ['status']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
      unhide([id]);
    },
  });
}
