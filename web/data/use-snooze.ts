import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { readConflict } from '../../api/conflicts/read-conflict.contract';
import { snoozeConflict } from '../../api/conflicts/snooze-conflict.contract';
import { useApi } from '../api/client';
import { useProblemText } from '../components/use-problem-text';
import { useFormat } from '../format/use-format';
import { useT } from '../i18n/use-t';
import { usePendingDecisions } from './pending-decisions';

/** Neither a time nor *until something changes* wakes the case up. */
type Snooze = { readonly until: string | null; readonly untilChange: boolean };

const LOOKS = 20;
const LOOK_MS = 250;

/** Puts a case aside or wakes it up: out of the list at once, back with a reason when that did not get through. */
export function useSnooze(onLeave: (conflictId: string) => void) {
  const api = useApi();
  const t = useT();
  const format = useFormat();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { hide, unhide, say } = usePendingDecisions();

  /** The server has noted the wish, the process of the case carries it out: only then is the list read again. */
  async function settled(conflictId: string, { until, untilChange }: Snooze): Promise<void> {
    const wanted = until !== null || untilChange;
    for (let look = 0; look < LOOKS; look += 1) {
      const { conflict } = await api.call(readConflict, { params: { conflictId } });
      const asleep = conflict.snoozedUntil !== null || conflict.snoozedUntilChange;
      if (asleep === wanted || conflict.state !== 'open') return;
      await new Promise((resolve) => window.setTimeout(resolve, LOOK_MS));
    }
  }

  const { mutate } = useMutation({
    mutationFn: ({ conflictId, snooze }: Wish) =>
      api.call(snoozeConflict, { params: { conflictId }, body: snooze }),
    onMutate: ({ conflictId }) => {
      onLeave(conflictId);
      hide([conflictId]);
    },
    onSuccess: async (_reply, { conflictId, snooze }) => {
      const { until, untilChange } = snooze;
      const asleep = untilChange ? t('item.snoozedUntilChange') : t('item.woken');
      say('good', until ? t('item.snoozed', { moment: format.moment(until) }) : asleep);
      await settled(conflictId, snooze).catch(() => undefined); // then the list may show it once more
    },
    onError: (error) => say('bad', t('undo.failed', { problem: problemText(error) })),
    onSettled: async (_reply, _error, { conflictId }) => {
      await Promise.allSettled(
        [['conflicts'], ['status']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
      unhide([conflictId]);
    },
  });
  return (conflictId: string, snooze: Snooze): void => mutate({ conflictId, snooze });
}

type Wish = { readonly conflictId: string; readonly snooze: Snooze };
