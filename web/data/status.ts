import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { readStatus } from '../../api/system/read-status.contract';
import { useApi } from '../api/client';
import { queryKeys } from './keys';

/** How the installation is: what is reachable, what waits, and the newest run. Refreshed by events, and each minute. */
export function useStatus() {
  const api = useApi();
  const { data, isError } = useQuery({
    queryKey: queryKeys.status,
    queryFn: ({ signal }) => api.call(readStatus, {}, { signal }),
    refetchInterval: 60_000,
  });
  const newestRun = computed(
    () =>
      data.value?.lastRuns
        .filter((run) => run.finishedAt !== null)
        .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0],
  );
  return {
    state: computed(() => (isError.value ? 'offline' : data.value ? 'ready' : 'unknown')),
    status: data,
    counts: computed(() => data.value?.counts),
    paused: computed(() => data.value?.connectors.filter((connector) => connector.health === 'paused') ?? []),
    pausedBridges: computed(() => data.value?.pausedBridges ?? []),
    temporalReachable: computed(() => data.value?.temporal.reachable ?? true),
    lastRun: computed(() => {
      const run = newestRun.value;
      return run?.finishedAt ? { at: run.finishedAt, inAgreement: run.counters['agreed'] ?? null } : null;
    }),
    configured: computed(() => (data.value ? data.value.bridges > 0 : null)),
  };
}
