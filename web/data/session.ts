import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { logout } from '../../api/session/logout.contract';
import { readMe } from '../../api/session/read-me.contract';
import { useApi, type ApiClient } from '../api/client';
import { queryKeys } from './keys';
import { unsentNotes } from './unsent-notes';
import { forgetPendingDecisions } from './pending-decisions';

/** Who is logged in. Asked once; a refusal of any later request ends it. */
export const sessionQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: queryKeys.session,
    queryFn: ({ signal }) => api.call(readMe, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useSession() {
  const { data } = useQuery(sessionQuery(useApi()));
  const user = computed(() => data.value?.user ?? null);
  return { user, mayDecide: computed(() => user.value !== null && user.value.role !== 'viewer') };
}

/** Ends the session on the server, forgets what was loaded, and shows the log-in. */
export function useLogOut(): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { mutate } = useMutation({
    mutationFn: () => api.call(logout, {}),
    onSettled: async () => {
      await router.push({ name: 'login' });
      queryClient.clear();
      forgetPendingDecisions();
      unsentNotes.forget();
    },
  });
  return () => mutate();
}
