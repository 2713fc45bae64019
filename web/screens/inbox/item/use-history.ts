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

  return computed(() => [...withoutSteps(detail().timeline).map(eventOf), noticed()].sort(byTime));
}

const ENDED = ['write.done', 'write.refused', 'write.dropped'];
const STEPS = ['write.planned', 'write.sent'];

/** A write that has ended is told once: that it was planned and sent before goes without saying. */
function withoutSteps(timeline: readonly TimelineItem[]): readonly TimelineItem[] {
  const ended = new Set(
    timeline.filter(({ code }) => ENDED.includes(code)).map(({ facts }) => facts['ledgerId']),
  );
  return timeline.filter(({ code, facts }) => !STEPS.includes(code) || !ended.has(facts['ledgerId']));
}

/** What was booked stands before what was noticed, also where both have the same time. */
function byTime(a: HistoryEvent, b: HistoryEvent): number {
  return Date.parse(a.at) - Date.parse(b.at);
}
