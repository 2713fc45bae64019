import { QueryClient } from '@tanstack/vue-query';
import { toProblem } from './problem';

/** Events tell when something changed, so nothing is polled; refusals are final, a missing answer is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
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
}
