import { useQueryClient } from '@tanstack/vue-query';
import { computed, nextTick, watch, type Ref } from 'vue';
import { useApi } from '../../../api/client';
import { conflictQuery } from '../../../data/conflicts';
import type { CaseList } from './use-case-list';

export type CursorOptions = {
  readonly list: CaseList;
  /** The open case, from the address. */
  readonly id: Ref<string | null>;
  /** List and item stand beside each other: moving on opens the next case at once. */
  readonly wide: Ref<boolean>;
  readonly open: (id: string | null, replace: boolean) => void;
  readonly scrollTo: (index: number) => void;
};

/** Where the keyboard is in the list. The open case is the cursor; its neighbours are fetched before they are wanted. */
export function useCursor({ list, id, wide, open, scrollTo }: CursorOptions) {
  const api = useApi();
  const queryClient = useQueryClient();
  const activeIndex = computed(() =>
    id.value === null ? -1 : list.rows.value.indexOfOffset(list.offsetOf(id.value)),
  );
  const position = computed(() => {
    const row = list.rows.value.at(activeIndex.value);
    return row?.type === 'case' ? row.position : 0;
  });

  /** The next case in a direction that is loaded, skipping headings. */
  function neighbour(from: number, by: 1 | -1): { id: string; index: number } | null {
    for (let index = from + by; index >= 0 && index < list.rows.value.length; index += by) {
      const row = list.rows.value.at(index);
      const found = row?.type === 'case' ? list.caseAt(row.offset) : undefined;
      if (found) return { id: found.id, index };
    }
    return null;
  }
  function move(by: 1 | -1) {
    const next = neighbour(activeIndex.value, by);
    if (!next) return;
    open(next.id, true);
    scrollTo(next.index);
  }
  /** Before the open case leaves: its successor, else its predecessor, else nothing is open. */
  function advance() {
    const next = neighbour(activeIndex.value, 1) ?? neighbour(activeIndex.value, -1);
    open(next && next.id !== id.value ? next.id : null, true);
  }
  function openId(wanted: string) {
    open(wanted, wide.value);
  }

  watch(activeIndex, (index) => {
    for (const by of [1, -1] as const) {
      const next = neighbour(index, by);
      if (next && index >= 0) void queryClient.prefetchQuery(conflictQuery(api, next.id));
    }
  });
  watch(
    [() => list.state.value, wide, id, () => list.caseAt(0)],
    () => {
      if (!wide.value || id.value !== null || list.state.value !== 'ready') return;
      const first = neighbour(-1, 1);
      if (first) void nextTick(() => open(first.id, true));
    },
    { immediate: true },
  );

  return { activeIndex, position, move, advance, openId, back: () => open(null, false) };
}
