import { computed } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';

/** Filters that stand in the address, so that a list can be linked to and gone back to; '' is no filter. */
export function useAddressFilters<const Filters extends Readonly<Record<string, string>>>(
  read: (query: LocationQuery) => Filters,
) {
  const route = useRoute();
  const router = useRouter();
  const filters = computed(() => read(route.query));
  return {
    filters,
    filtered: computed(() => Object.values(filters.value).some((value) => value !== '')),
    filter: (change: Partial<Record<keyof Filters & string, string>>): void => {
      const next = Object.entries({ ...filters.value, ...change }).filter(([, value]) => value !== '');
      void router.replace({ query: Object.fromEntries(next) });
    },
    reset: (): void => void router.replace({ query: {} }),
  };
}

/** A day of a parameter, `YYYY-MM-DD`; '' when it is none. */
export const dayOf = (query: LocationQuery, name: string): string => {
  const text = textOf(query, name);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
};

/** The text of a parameter; '' when it is not there, or there several times. */
export const textOf = (query: LocationQuery, name: string): string => {
  const value = query[name];
  return typeof value === 'string' ? value : '';
};
