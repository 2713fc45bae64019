import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/vue-query';
import { refDebounced } from '@vueuse/core';
import { computed, ref, type Ref } from 'vue';
import { useApi } from '../../../api/client';
import {
  conflictGroupsQuery,
  conflictPageQuery,
  PAGE_SIZE,
  type ConflictRow,
  type ListConflictsQuery,
} from '../../../data/conflicts';
import { usePendingDecisions } from '../../../data/pending-decisions';
import { queryKeys } from '../../../data/keys';
import { rowModel } from './rows';

const DRAG_MS = 80;

export type Shelf = 'inbox' | 'snoozed' | 'done';

/**
 * A list of any length of which only the pages in view are loaded. It changes when somebody asks for it or decides,
 * never by itself; what it holds stays visible while the next state is on its way or cannot be had.
 */
export function useCaseList(query: Ref<ListConflictsQuery>, goneIds: Ref<ReadonlySet<string>>) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { hiddenIds } = usePendingDecisions();

  const groupsQuery = useQuery(
    computed(() => ({ ...conflictGroupsQuery(api, query.value), placeholderData: keepPreviousData })),
  );
  const groups = computed(() =>
    (groupsQuery.data.value?.groups ?? []).map((group) => ({
      ...group,
      key: `${group.kind} ${group.cause}`,
    })),
  );

  /** Page numbers in view, as text: dragging the scroll bar changes it often, and only the last one is loaded. */
  const pagesInView = ref('0');
  const wanted = refDebounced(pagesInView, DRAG_MS);
  const pages = useQueries({
    queries: computed(() => numbers(wanted.value).map((page) => conflictPageQuery(api, query.value, page))),
  });
  const loaded = computed(() => {
    const byOffset = new Map<number, ConflictRow>();
    numbers(wanted.value).forEach((page, index) => {
      pages.value[index]?.data?.items.forEach((item, place) => byOffset.set(page * PAGE_SIZE + place, item));
    });
    return byOffset;
  });
  const offsets = computed(() => new Map([...loaded.value].map(([offset, { id }]) => [id, offset])));

  const rows = computed(() => {
    const out = [...offsets.value].filter(([id]) => hiddenIds.value.has(id) || goneIds.value.has(id));
    return rowModel(
      groups.value,
      out.map(([, offset]) => offset),
      // What is done comes newest first, whatever its kind.
      { headings: query.value.view !== 'done' },
    );
  });

  return {
    query,
    groups: groupsQuery.data,
    rows,
    loadedIds: () => [...offsets.value.keys()],
    caseAt: (offset: number) => loaded.value.get(offset),
    offsetOf: (id: string) => offsets.value.get(id) ?? -1,
    /** Says which offsets are in view, so that their pages are loaded. */
    show: (first: number, last: number) => {
      const from = Math.floor(Math.max(0, first) / PAGE_SIZE);
      const to = Math.floor(Math.max(0, last) / PAGE_SIZE);
      pagesInView.value = Array.from({ length: to - from + 1 }, (_, index) => from + index).join(',');
    },
    refresh: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.conflictLists }),
        queryClient.invalidateQueries({ queryKey: queryKeys.conflictGroups(query.value) }),
      ]);
    },
    state: computed(() => {
      if (groupsQuery.data.value === undefined) return groupsQuery.isError.value ? 'failed' : 'loading';
      return rows.value.caseCount === 0 ? 'empty' : 'ready';
    }),
    /** What went wrong with the newest attempt, even where older data is still shown. */
    problem: computed(() => groupsQuery.error.value ?? pages.value.find((page) => page.error)?.error ?? null),
    readAt: computed(() => new Date(groupsQuery.dataUpdatedAt.value).toISOString()),
  };
}

export type CaseList = ReturnType<typeof useCaseList>;

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}
