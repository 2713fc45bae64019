import { computed, type ComputedRef } from 'vue';
import { CHOICES } from '../../../../domain/conflict';
import type { ConflictDetail } from '../../../data/conflicts';
import { useFormat } from '../../../format/use-format';
import { useT } from '../../../i18n/use-t';
import { useWords } from '../../../i18n/use-words';

type TimelineItem = ConflictDetail['timeline'][number];
export type HistoryEvent = {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly note?: string;
};

/** What happened to a case as sentences, the oldest first; it begins with the run that noticed it. */
export function useHistory(detail: () => ConflictDetail): ComputedRef<HistoryEvent[]> {
  const t = useT();
  const format = useFormat();
  const words = useWords();

  const noticed = (): HistoryEvent => {
    const { openedAt } = detail().conflict;
    const run = /^\/runs\/(\d+)$/.exec(detail().links.run ?? '')?.[1];
    return {
      id: 'noticed',
      at: openedAt,
      text: run ? t('happened.noticedInRun', { run }) : t('happened.noticed'),
    };
  };
  const nameOf = ({ actor }: TimelineItem) =>
    actor.name ?? t(actor.kind === 'rule' ? 'happened.aRule' : 'happened.timebridge');

  const eventOf = (item: TimelineItem, index: number): HistoryEvent => {
    const event = { id: `${index}`, at: item.at };
    const name = nameOf(item);
    const fact = (key: string) => (typeof item.facts[key] === 'string' ? String(item.facts[key]) : '');
    switch (item.code) {
      case 'decision.recorded': {
        const choice = CHOICES.find((known) => known === fact('choice'));
        const text = t('happened.decided', {
          name,
          choice: choice ? words.choiceName(choice) : fact('choice'),
        });
        return { ...event, text, note: fact('note') };
      }
      case 'decision.withdrawn':
        return { ...event, text: t('happened.withdrawn', { name }) };
      case 'conflict.commented':
        return { ...event, text: t('happened.commented', { name }), note: fact('text') };
      case 'conflict.snoozed':
        return {
          ...event,
          text: fact('until')
            ? t('happened.snoozed', { name, moment: format.moment(fact('until')) })
            : t('happened.woken', { name }),
        };
      case 'conflict.assigned':
        return { ...event, text: t('happened.assigned', { name }) };
      case 'entry.accepted':
        return { ...event, text: t('happened.accepted') };
      case 'entry.linked':
        return { ...event, text: t('happened.linked') };
      default:
        return { ...event, text: t('happened.other', { name, action: item.code }) };
    }
  };

  return computed(() => [noticed(), ...detail().timeline.map(eventOf)]);
}
