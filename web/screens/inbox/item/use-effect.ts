import { computed } from 'vue';
import type { Choice } from '../../../../domain/conflict';
import type { Reason } from '../../../../domain/reason';
import type { ConflictDetail } from '../../../data/conflicts';
import { useT } from '../../../i18n/use-t';
import { useWords } from '../../../i18n/use-words';
import { isPickable, isUndecided, refusalOf, type ChoiceOption, type ChoicePreview } from './choices';
import { sidesOf } from './comparison';
import type { useCaseDraft } from './use-case-draft';
import { useFieldText } from './use-field-text';

/** What the decision under pointer, focus or key would do to this case, and which ones cannot be taken at all. */
export function useEffect(
  detail: () => ConflictDetail,
  { draft, mappingName, missing, options, current, preview }: ReturnType<typeof useCaseDraft>,
  /** The facts changed and were not looked at yet. */
  unseen: () => boolean,
) {
  const t = useT();
  const words = useWords();
  const { valueText } = useFieldText();

  const refused = computed(
    () =>
      new Map(
        options.value.flatMap((option): [Choice, Reason][] => {
          const refusal = refusalOf(option);
          return refusal ? [[option.choice, refusal]] : [];
        }),
      ),
  );
  const blocked = computed(() => {
    if (unseen()) return t('item.reviewFirst');
    const refusal = preview.value?.refusal;
    if (refusal) return words.say(refusal);
    return missing.value ? t(missing.value) : undefined;
  });
  const details = computed(() => {
    if (current.value?.need === 'mapping' && mappingName.value)
      return [`${detail().conflict.gap?.name ?? ''} → ${mappingName.value}`];
    if (current.value?.need !== 'fields') return [];
    const sides = sidesOf(detail());
    return detail()
      .differing.filter(isPickable)
      .flatMap((field) => {
        const picked = draft.picks[field];
        const side = picked && sides[picked];
        if (!side) return [];
        const from = t(picked === 'source' ? 'item.takeZammad' : 'item.keepKimai');
        return [`${t(`item.fields.${field}`)}: ${valueText(field, side)} (${from})`];
      });
  });
  /** Of several entries none is meant before one is chosen: what the first would come to says nothing. */
  const effectText = (option: ChoiceOption, { effect: reason }: ChoicePreview) => {
    if (option.need === 'fields') return t('item.perFieldWill');
    return isUndecided(option, draft) ? t('item.targetWill') : words.say(reason);
  };
  /** Null while there is nothing to decide. */
  const effect = computed(() => {
    if (!current.value || !preview.value) return null;
    return { choice: words.choiceName(current.value.choice), text: effectText(current.value, preview.value) };
  });
  return { refused, blocked, details, effect };
}
