import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import { countArrivals } from '../../../../api/conflicts/count-arrivals.contract';
import { useApi } from '../../../api/client';
import { onConflictsChanged } from '../../../api/live-updates';
import type { ReplyOf } from '../../../../api/contract';
import { withoutOrder, type ListConflictsQuery } from '../../../data/conflicts';
import type { CaseList } from './use-case-list';

/** A timer cannot be set further ahead than 24.8 days; a page that is open for so long looks again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The answer was under way for a moment. */
const MARGIN_MS = 500;

/** How many cases came to the inbox since the list was read: told in a pill, never pushed into the list. */
export function useNews(query: Ref<ListConflictsQuery>, list: CaseList) {
  const api = useApi();
  const counted = shallowRef<ReplyOf<typeof countArrivals> | null>(null);
  let newest = 0;

  async function count() {
    const since = list.groups.value?.readAt;
    const { view, ...filter } = withoutOrder(query.value);
    if (since === undefined || view !== 'open') return;
    const own = ++newest;
    const answer = await api.call(countArrivals, { query: { ...filter, since } }).catch(() => null);
    // Only the newest answer counts; an older one may come later, and one about a list that is gone says nothing.
    if (answer && own === newest && since === list.groups.value?.readAt) counted.value = answer;
  }
  onConflictsChanged(() => void count());
  countAt(
    () => counted.value ?? list.groups.value,
    () => void count(),
  );
  watch(
    () => list.groups.value?.readAt,
    () => (counted.value = null),
  );

  return {
    newCount: computed(() => {
      if (counted.value === null) return 0;
      const { arrived, total } = counted.value;
      // The second catches what was written before the list was read and committed after.
      return Math.max(arrived, total - list.rows.value.caseCount, 0);
    }),
    seen: () => (counted.value = null),
  };
}

type Moment = { readonly readAt: string; readonly nextReturn: string | null };

/** What was snoozed until now comes back without an event: nobody changed it. */
function countAt(told: () => Moment | undefined, count: () => void): void {
  let timer = 0;
  watch(
    told,
    (moment) => {
      window.clearTimeout(timer);
      if (!moment || moment.nextReturn === null) return;
      // Both by the server's clock: that of this machine may be wrong.
      const wait = Date.parse(moment.nextReturn) - Date.parse(moment.readAt) + MARGIN_MS;
      timer = window.setTimeout(count, Math.min(wait, LONGEST_TIMER_MS));
    },
    { immediate: true },
  );
  onScopeDispose(() => window.clearTimeout(timer));
}
