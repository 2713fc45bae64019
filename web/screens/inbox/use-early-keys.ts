import { useQueryClient } from '@tanstack/vue-query';
import type { Ref } from 'vue';
import { queryKeys } from '../../data/keys';
import { usePendingDecisions } from '../../data/pending-decisions';
import { useT, type MessageKey } from '../../i18n/use-t';
import { hasShortcut, keepForLater, useShortcuts } from '../../keys/shortcuts';

/** They open or note something and write nothing: they can wait until the case is there. */
const HARMLESS = {
  h: 'keys.snooze',
  q: 'keys.ask',
  c: 'keys.note',
  e: 'keys.perField',
} as const satisfies Record<string, MessageKey>;
const DECIDING = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'a'];

/**
 * Keys for a case that is still on its way. What does no harm is done once it is there; a decision about what nobody
 * has seen is not made, and the page says so.
 */
export function useEarlyKeys(id: Readonly<Ref<string | null>>, mayDecide: Readonly<Ref<boolean>>): void {
  const t = useT();
  const queryClient = useQueryClient();
  const { say } = usePendingDecisions();
  const onItsWay = () => {
    if (id.value === null || !mayDecide.value || hasShortcut('keys.note')) return false;
    return queryClient.getQueryState(queryKeys.conflict(id.value))?.status !== 'error';
  };
  useShortcuts([
    ...Object.entries(HARMLESS).map(([key, label]) => ({
      ...{ key, label, hidden: true, when: onItsWay },
      run: () => keepForLater(key),
    })),
    ...DECIDING.map((key) => ({
      ...{ key, label: 'keys.decide' as const, hidden: true, when: onItsWay },
      run: () => say('bad', t('keys.tooEarly')),
    })),
  ]);
}
