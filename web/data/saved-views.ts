import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { createSavedView } from '../../api/saved-views/create-saved-view.contract';
import { deleteSavedView } from '../../api/saved-views/delete-saved-view.contract';
import { listSavedViews } from '../../api/saved-views/list-saved-views.contract';
import { useApi } from '../api/client';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { usePendingDecisions } from './pending-decisions';

const KEY = ['saved-views'] as const;

/** Own filters of the inbox under names; read when they are first wanted. */
export function useSavedViews(wanted: Ref<boolean>) {
  const api = useApi();
  const t = useT();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { say } = usePendingDecisions();
  const { data, isPending } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.call(listSavedViews, {}, { signal }),
    enabled: wanted,
  });
  const onError = (error: unknown) => say('bad', t('undo.failed', { problem: problemText(error) }));
  const onSuccess = () => void queryClient.invalidateQueries({ queryKey: KEY });
  const save = useMutation({
    mutationFn: (body: { readonly name: string; readonly query: string }) =>
      api.call(createSavedView, { body }),
    onSuccess,
    onError,
  });
  const forget = useMutation({
    mutationFn: (viewId: string) => api.call(deleteSavedView, { params: { viewId } }),
    onSuccess,
    onError,
  });
  return {
    views: computed(() => data.value?.items ?? []),
    isPending,
    save: save.mutate,
    forget: forget.mutate,
  };
}
