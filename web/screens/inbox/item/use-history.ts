import { computed, type ComputedRef } from 'vue';
import { sayEvent } from '../../../../words/events';
import type { ConflictDetail } from '../../../data/conflicts';
import { useLocale } from '../../../i18n/use-locale';
import { useT } from '../../../i18n/use-t';

type TimelineItem = ConflictDetail['timeline'][number];
export type HistoryEvent = {
  readonly id: string;
  readonly at: string;
  readonly text: string;
};

/** What happened to the entries of a case and to the case itself, as sentences, the oldest first. */
export function useHistory(detail: () => ConflictDetail): ComputedRef<HistoryEvent[]> {
  const t = useT();
  const { locale } = useLocale();

  const noticed = (): HistoryEvent => {
    const { openedAt } = detail().conflict;
    const run = /^\/runs\/(\d+)$/.exec(detail().links.run ?? '')?.[1];
    return {
      id: 'noticed',
      at: openedAt,
      text: run ? t('happened.noticedInRun', { run }) : t('happened.noticed'),
    };
  };
  const eventOf = (item: TimelineItem, index: number): HistoryEvent => ({
    id: `${index}`,
    at: item.at,
    text: sayEvent(item, locale.value),
  });

  return computed(() => [...detail().timeline.map(eventOf), noticed()].sort(byTime));
}

/** What was booked stands before what was noticed, also where both have the same time. */
function byTime(a: HistoryEvent, b: HistoryEvent): number {
  return Date.parse(a.at) - Date.parse(b.at);
}
