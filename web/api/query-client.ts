import { MutationCache, QueryCache, QueryClient } from '@tanstack/vue-query';
import { queryKeys } from '../data/keys';
import { toProblem } from './problem';

/** Events tell when something changed, so nothing is polled; refusals are final, a missing answer is tried again. */
export function createQueryClient(): QueryClient {
  const noteOutage = (error: unknown) => {
    const { status } = toProblem(error);
    if (status === 0 || status === 503) void client.invalidateQueries({ queryKey: queryKeys.status });
  };
  const client = new QueryClient({
    // Whoever gets no answer makes the page look how the installation is: the banner says it before anybody wonders.
    mutationCache: new MutationCache({ onError: noteOutage }),
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => queryKey[0] !== queryKeys.status[0] && noteOutage(error),
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 5 * 60_000,
        retry: (failures, error) => {
          const { status } = toProblem(error);
          return failures < 2 && (status === 0 || status >= 500);
        },
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
