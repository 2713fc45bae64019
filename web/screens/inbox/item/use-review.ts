import { computed, shallowRef, watch, type Ref } from 'vue';
import { SIDE_FIELDS } from '../../../../api/conflicts/read-conflict.contract';
import type { ConflictDetail } from '../../../data/conflicts';
import { useT } from '../../../i18n/use-t';
import { valueOf, type Side } from './comparison';
import { useFieldText } from './use-field-text';

/**
 * Facts that changed while somebody was reading them are not swapped in silence: until the person says that they
 * looked, nothing can be decided on them.
 */
export function useReview(detail: Ref<ConflictDetail | undefined>, refused: () => boolean) {
  const t = useT();
  const { valueText } = useFieldText();
  const seen = shallowRef<ConflictDetail>();
  watch(
    detail,
    (now) => {
      if (now && now.conflict.id !== seen.value?.conflict.id) seen.value = now;
    },
    { immediate: true },
  );
  const changed = computed(() => {
    const [before, now] = [seen.value, detail.value];
    if (!before || !now || before.conflict.id !== now.conflict.id) return false;
    return now.conflict.state === 'open' && before.conflict.version !== now.conflict.version;
  });

  const told = (before: Side | null, now: Side | null, where: string): string[] => {
    if (before === null || now === null) return [];
    const fields = SIDE_FIELDS.filter((field) => valueOf(before, field) !== valueOf(now, field));
    return fields.map((field) =>
      t('item.changedFromTo', {
        where,
        field: t(`item.fields.${field}`),
        before: valueText(field, before),
        now: valueText(field, now),
      }),
    );
  };

  return {
    warning: computed(() => {
      if (refused()) return t('item.stale');
      return changed.value ? t('item.changedWhileOpen') : '';
    }),
    /** What moved, a line each; empty when it is nothing that the columns show. */
    changes: computed(() => {
      const [before, now] = [seen.value, detail.value];
      if (!before || !now || !changed.value) return [];
      return [...told(before.source, now.source, 'Zammad'), ...told(before.target, now.target, 'Kimai')];
    }),
    /** From here on the facts as they are now count as seen. */
    review: () => void (seen.value = detail.value),
  };
}
