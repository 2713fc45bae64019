import { useMutation, useQueryClient } from '@tanstack/vue-query';
import type { Contract } from '../../api/contract';
import { useApi, type CallInput } from '../api/client';
import { useProblemText } from '../components/use-problem-text';
import { usePendingDecisions } from './pending-decisions';
import type { Topic } from './use-read';

export type WriteOptions<I, R> = {
  /** What is read again afterwards. */
  readonly changes: readonly Topic[];
  /** Said when it is done. */
  readonly done?: (reply: R, input: I) => string;
  readonly onSuccess?: (reply: R, input: I) => void;
  /** True when the failure was dealt with; else it is said as it is. */
  readonly onError?: (error: unknown, input: I) => boolean;
};

/** Sends what a person changed; says what came of it and reads again what it touched. */
export function useWrite<P, Q, B, R>(
  contract: Contract<P, Q, B, R>,
  options: WriteOptions<CallInput<P, Q, B>, R>,
) {
  const api = useApi();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const { say } = usePendingDecisions();
  return useMutation({
    mutationFn: (input: CallInput<P, Q, B>) => api.call(contract, input),
    onSuccess: (reply, input) => {
      for (const topic of options.changes) void queryClient.invalidateQueries({ queryKey: [topic] });
      const text = options.done?.(reply, input);
      if (text) say('good', text);
      options.onSuccess?.(reply, input);
    },
    onError: (error, input) => {
      if (options.onError?.(error, input) !== true) say('bad', problemText(error));
    },
  });
}
