import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { listRuns } from '../../api/runs/list-runs.contract';
import { readStatus } from '../../api/system/read-status.contract';
import { useApi } from '../api/client';
import { queryKeys } from './keys';

const CALM_MS = 60_000;
const TROUBLED_MS = 5_000;

/**
 * How the installation is: what is reachable, what waits, and the newest run. Refreshed by events, and each minute. Read
 * once for the whole page, so that its parts never show two numbers for the same thing.
 */
export function useStatus() {
  const api = useApi();
  const { data, error, isError, dataUpdatedAt, refetch } = useQuery({
    queryKey: queryKeys.status,
    queryFn: ({ signal }) => api.call(readStatus, {}, { signal }),
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data?.temporal.reachable === false ? TROUBLED_MS : CALM_MS,
    retry: false, // asked again soon anyway, and until then the banner says so
  });
  const newestRun = computed(
    () =>
      data.value?.lastRuns
        .filter((run) => run.finishedAt !== null)
        .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0],
  );
  /** A run that is under way stands in place of the one before it, which is then asked for. */
  const running = computed(() => data.value?.lastRuns.some((run) => run.finishedAt === null) ?? false);
  const { data: earlier } = useQuery({
    queryKey: ['runs', 'last-finished'],
    queryFn: ({ signal }) => api.call(listRuns, { query: { state: ['completed'], limit: 1 } }, { signal }),
    enabled: computed(() => running.value && newestRun.value === undefined),
  });
  return {
    running,
    state: computed(() => (isError.value ? 'offline' : data.value ? 'ready' : 'unknown')),
    status: data,
    error,
    reload: () => void refetch(),
    /** When it was last known. */
    readAt: computed(() => new Date(dataUpdatedAt.value).toISOString()),
    counts: computed(() => data.value?.counts),
    paused: computed(() => data.value?.connectors.filter((connector) => connector.health === 'paused') ?? []),
    pausedBridges: computed(() => data.value?.pausedBridges ?? []),
    temporalReachable: computed(() => data.value?.temporal.reachable ?? true),
    lastRun: computed(() => {
      const run = newestRun.value ?? earlier.value?.items[0];
      return run?.finishedAt ? { at: run.finishedAt, inAgreement: run.counters['agreed'] ?? null } : null;
    }),
    configured: computed(() => (data.value ? data.value.bridges > 0 : null)),
  };
}
