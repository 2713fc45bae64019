import type { ListConflictsQuery } from './conflicts';

/** Names of what is read from the API; the first word is the topic of the events that make it stale. */
export const queryKeys = {
  session: ['session'] as const,
  status: ['status'] as const,
  conflictLists: ['conflicts', 'list'] as const,
  conflictPage: (query: ListConflictsQuery, page: number) => ['conflicts', 'list', query, page] as const,
  conflictGroups: (query: ListConflictsQuery) => ['conflicts', 'groups', query] as const,
  conflict: (id: string) => ['conflicts', 'item', id] as const,
  targets: (bridgeId: string, kind: string, search: string) =>
    ['mappings', 'targets', bridgeId, kind, search] as const,
};
