import { computed } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { CONFLICT_KINDS, type ConflictKind } from '../../../../domain/conflict';

export const SORTS = ['urgency', 'hours', 'age', 'date'] as const;
export type Sort = (typeof SORTS)[number];

export type ListFilters = {
  readonly customer: string | null;
  /** Zammad's id of whose time it is. */
  readonly person: string | null;
  readonly bridge: string | null;
  /** Only what is assigned to whoever looks, or to nobody while it is their week. */
  readonly mine: boolean;
  readonly kinds: readonly ConflictKind[];
  readonly search: string;
  readonly sort: Sort;
};

/** What the address asks for; anything in it that is not known is ignored, so that an old link still opens. */
export function filtersFrom(query: LocationQuery): ListFilters {
  const wanted = new Set(first(query['kinds'])?.split(',') ?? []);
  return {
    customer: first(query['customer']),
    person: first(query['person']),
    bridge: first(query['bridge']),
    mine: first(query['mine']) !== null,
    kinds: CONFLICT_KINDS.filter((kind) => wanted.has(kind)),
    search: first(query['search']) ?? '',
    sort: SORTS.find((sort) => sort === query['sort']) ?? 'urgency',
  };
}

/** Only what differs from the default goes into the address. */
export function queryFrom(filters: ListFilters): Record<string, string> {
  const query: Record<string, string> = {};
  if (filters.customer) query['customer'] = filters.customer;
  if (filters.person) query['person'] = filters.person;
  if (filters.mine) query['mine'] = '1';
  if (filters.bridge) query['bridge'] = filters.bridge;
  if (filters.kinds.length) query['kinds'] = filters.kinds.join(',');
  if (filters.search) query['search'] = filters.search;
  if (filters.sort !== 'urgency') query['sort'] = filters.sort;
  return query;
}

export function isFiltered({ customer, person, bridge, mine, kinds, search }: ListFilters): boolean {
  const named = [customer, person, bridge].some((part) => part !== null);
  return named || mine || kinds.length > 0 || search !== '';
}

/** The filters in the address, and a way to change some of them. */
export function useListFilters() {
  const route = useRoute();
  const router = useRouter();
  const filters = computed(() => filtersFrom(route.query));
  /** A changed filter closes the open case, which may not fit any more; another order keeps it. */
  const change = (changes: Partial<ListFilters>) => {
    const params = 'sort' in changes ? route.params : { ...route.params, id: '' };
    void router.replace({ params, query: queryFrom({ ...filters.value, ...changes }) });
  };
  const reset = () =>
    change({ customer: null, person: null, bridge: null, mine: false, kinds: [], search: '' });
  return { filters, filtered: computed(() => isFiltered(filters.value)), change, reset };
}

function first(value: LocationQuery[string] | undefined): string | null {
  const single = Array.isArray(value) ? value[0] : value;
  return single ? single : null;
}
