import { useQueryClient } from '@tanstack/vue-query';
import { computed, shallowReactive } from 'vue';
import { onConflictsChanged } from '../../../api/live-updates';
import { useApi } from '../../../api/client';
import { conflictQuery } from '../../../data/conflicts';
import { usePendingDecisions } from '../../../data/pending-decisions';
import type { CaseList } from './use-case-list';

const FADE_MS = 4_000;
/** More than a handful at once is a run or a bulk: then the pill is enough. */
const MOST = 10;

/** Cases in view that a colleague decided: they fade with the name, then go; nothing else moves. */
export function useLeaving(list: () => CaseList) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { hiddenIds } = usePendingDecisions();
  const leaving = shallowReactive(new Map<string, string>());
  const gone = shallowReactive(new Set<string>());

  onConflictsChanged((ids) => {
    const shown = ids.filter((id) => list().offsetOf(id) >= 0 && !hiddenIds.value.has(id) && !gone.has(id));
    for (const id of shown.slice(0, MOST)) void look(id);
  });

  async function look(id: string) {
    const detail = await queryClient
      .fetchQuery({ ...conflictQuery(api, id), staleTime: 0 })
      .catch(() => null);
    if (!detail || detail.conflict.state === 'open' || hiddenIds.value.has(id)) return;
    leaving.set(id, detail.conflict.decision?.actor.name ?? '');
    window.setTimeout(() => {
      leaving.delete(id);
      gone.add(id);
    }, FADE_MS);
  }

  return { leaving, gone: computed<ReadonlySet<string>>(() => new Set(gone)), forget: () => gone.clear() };
}
