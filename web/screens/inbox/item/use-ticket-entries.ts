import { useQuery } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import { listEntries } from '../../../../api/entries/explain-entry.contract';
import { useApi } from '../../../api/client';
import type { ConflictDetail } from '../../../data/conflicts';
import type { TicketEntry } from './candidate';

/** The entries of a case's ticket, for what else was accounted that day and for decisions that name one. */
export function useTicketEntries(detail: () => ConflictDetail): ComputedRef<readonly TicketEntry[]> {
  const api = useApi();
  const ticket = computed(() => detail().conflict.ticketNumber ?? '');
  const { data } = useQuery({
    queryKey: computed(() => ['conflicts', 'ticket-entries', ticket.value]),
    queryFn: ({ signal }) => api.call(listEntries, { query: { ticket: ticket.value } }, { signal }),
    enabled: computed(() => /^\d+$/.test(ticket.value)),
  });
  return computed(() => data.value?.items ?? []);
}
