import { useQuery } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import { listEntries } from '../../../../api/entries/explain-entry.contract';
import { useApi } from '../../../api/client';
import type { ConflictDetail } from '../../../data/conflicts';
import { unnamedTargets, type TicketEntry } from './candidate';

/** The entries of a case's ticket, read only where a decision names one that the case does not describe. */
export function useTicketEntries(detail: () => ConflictDetail): ComputedRef<readonly TicketEntry[]> {
  const api = useApi();
  const ticket = computed(() => detail().conflict.ticketNumber ?? '');
  const { data } = useQuery({
    queryKey: computed(() => ['conflicts', 'ticket-entries', ticket.value]),
    queryFn: ({ signal }) => api.call(listEntries, { query: { ticket: ticket.value } }, { signal }),
    enabled: computed(() => /^\d+$/.test(ticket.value) && unnamedTargets(detail()).length > 0),
  });
  return computed(() => data.value?.items ?? []);
}
