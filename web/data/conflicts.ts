import { queryOptions } from '@tanstack/vue-query';
import type { QueryOf, ReplyOf } from '../../api/contract';
import { groupConflicts } from '../../api/conflicts/group-conflicts.contract';
import { listConflicts } from '../../api/conflicts/list-conflicts.contract';
import { readConflict } from '../../api/conflicts/read-conflict.contract';
import type { ApiClient } from '../api/client';
import { queryKeys } from './keys';

export type { ConflictRow } from '../../api/conflicts/conflict-shape.contract';
export type { ConflictDetail } from '../../api/conflicts/read-conflict.contract';
export type ListConflictsQuery = Partial<QueryOf<typeof listConflicts>>;
export type ConflictGroups = ReplyOf<typeof groupConflicts>;
export type ConflictGroup = ConflictGroups['groups'][number];

export const PAGE_SIZE = 100;

/** One page of a list in the order of its groups; it stays as it is until somebody asks for the new state. */
export const conflictPageQuery = (api: ApiClient, query: ListConflictsQuery, page: number) =>
  queryOptions({
    queryKey: queryKeys.conflictPage(query, page),
    queryFn: ({ signal }) => {
      const part = { grouped: true, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
      return api.call(listConflicts, { query: { ...query, ...part } }, { signal });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** Groups with their counts and sums, and what the list can be filtered by. */
export const conflictGroupsQuery = (api: ApiClient, query: ListConflictsQuery) =>
  queryOptions({
    queryKey: queryKeys.conflictGroups(query),
    queryFn: ({ signal }) => api.call(groupConflicts, { query: withoutOrder(query) }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** One case with everything that a decision needs. */
export const conflictQuery = (api: ApiClient, conflictId: string) =>
  queryOptions({
    queryKey: queryKeys.conflict(conflictId),
    queryFn: ({ signal }) => api.call(readConflict, { params: { conflictId } }, { signal }),
    staleTime: 10_000,
  });

/** Counting knows no order and no page. */
export function withoutOrder(query: ListConflictsQuery): Partial<QueryOf<typeof groupConflicts>> {
  const { sort: _sort, grouped: _grouped, offset: _offset, limit: _limit, ...filter } = query;
  return filter;
}
