import { computed, shallowRef, type Ref } from 'vue';
import { groupConflicts } from '../../../../api/conflicts/group-conflicts.contract';
import { useApi } from '../../../api/client';
import { onConflictsChanged } from '../../../api/live-updates';
import { withoutOrder, type ListConflictsQuery } from '../../../data/conflicts';
import type { CaseList } from './use-case-list';

/** How many cases the server has that the list does not show yet: told in a pill, never pushed into the list. */
export function useNews(query: Ref<ListConflictsQuery>, list: CaseList) {
  const api = useApi();
  const serverCount = shallowRef<number | null>(null);
  let newest = 0;

  onConflictsChanged(() => void count());

  async function count() {
    const own = ++newest;
    const answer = await api.call(groupConflicts, { query: withoutOrder(query.value) }).catch(() => null);
    // Only the newest answer counts; an older one may come later.
    if (answer && own === newest) serverCount.value = sum(answer.groups);
  }

  return {
    // Cases whose decision is under way are neither shown here nor counted there.
    newCount: computed(() =>
      serverCount.value === null ? 0 : Math.max(0, serverCount.value - list.rows.value.caseCount),
    ),
    seen: () => (serverCount.value = null),
  };
}

function sum(groups: readonly { readonly count: number }[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
