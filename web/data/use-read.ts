import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import type { Contract } from '../../api/contract';
import { useApi, type CallInput } from '../api/client';

/** The topic of the events that make what was read stale (web/api/live-updates.ts). */
export type Topic =
  'runs' | 'connectors' | 'bridges' | 'mappings' | 'status' | 'audit' | 'rules' | 'users' | 'tokens';

export type ReadOptions<R> = {
  /** Read only while it holds. */
  readonly enabled?: () => boolean;
  /** Read again after so many milliseconds, judged by what was read last; false for never. */
  readonly refetchInterval?: (known: R | undefined) => number | false;
};

/** What a contract answers, read again whenever its input changes or an event of its topic comes in. */
export function useRead<P, Q, B, R>(
  topic: Topic,
  contract: Contract<P, Q, B, R>,
  input: () => CallInput<P, Q, B>,
  options: ReadOptions<R> = {},
) {
  const api = useApi();
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery(
    computed(() => ({
      queryKey: [topic, contract.id, input()],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.call(contract, input(), { signal }),
      enabled: options.enabled?.() ?? true,
      refetchInterval: ({ state }: { state: { data: R | undefined } }) =>
        options.refetchInterval?.(state.data) ?? false,
      placeholderData: keepPreviousData,
    })),
  );
  const known: ComputedRef<R | undefined> = computed(() => data.value);
  return {
    data: known,
    error,
    /** When the data that is shown was read. */
    readAt: computed(() => new Date(dataUpdatedAt.value).toISOString()),
    isFetching,
    reload: () => void refetch(),
  };
}
