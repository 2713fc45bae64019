import { useQueryClient } from '@tanstack/vue-query';
import { createEventHook } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import { changeEvent, type EventTopic } from '../../api/events/stream-events.contract';
import { useApi } from './client';

const conflictsChanged = createEventHook<readonly string[]>();

/** Tells which cases changed; no ids means that any may have. */
export const onConflictsChanged = conflictsChanged.on;

const REFRESHED: Readonly<Record<EventTopic, readonly string[]>> = {
  conflicts: ['status', 'mappings'],
  runs: ['runs', 'status'],
  connectors: ['connectors', 'status'],
  bridges: ['bridges', 'mappings', 'status'],
};

/** Called once by the shell. Lists of cases are not read again by themselves: they must not jump under the hand. */
export function useLiveUpdates(): void {
  const api = useApi();
  const queryClient = useQueryClient();

  const refresh = (topic: EventTopic, ids: readonly string[]) => {
    for (const key of REFRESHED[topic]) void queryClient.invalidateQueries({ queryKey: [key] });
    if (topic !== 'conflicts') return;
    const items = ids.length ? ids.map((id) => ['conflicts', 'item', id]) : [['conflicts', 'item']];
    for (const queryKey of items) void queryClient.invalidateQueries({ queryKey });
    void conflictsChanged.trigger(ids);
  };
  const resync = () => {
    for (const topic of ['conflicts', 'runs', 'connectors', 'bridges'] as const) refresh(topic, []);
  };

  const close = api.listen({
    event: (name, data) => {
      if (name === 'resync') return resync();
      const change = changeEvent();
      if (change.isValidSync(data)) refresh(data.topic, data.ids);
      else resync();
    },
  });
  onScopeDispose(close);
}
