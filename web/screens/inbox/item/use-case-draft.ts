import { computed, reactive, ref, shallowRef, watch, type Ref } from 'vue';
import type { Choice, DecisionParameters } from '../../../../domain/conflict';
import type { ConflictDetail } from '../../../data/conflicts';
import type { MessageKey } from '../../../i18n/use-t';
import { onlyTarget, optionsOf, previewOf, readiness, type ChoiceOption, type Need } from './choices';
import { compare, suggestedPicks, type Picks } from './comparison';
import { unsentNotes } from '../../../data/unsent-notes';

const OPENS: readonly Need[] = ['fields', 'edit'];

/** What a person has entered for a case and not decided yet. It starts anew when the case or its facts change. */
export function useCaseDraft(detail: Ref<ConflictDetail>) {
  const draft = reactive<{
    targetId: string | null;
    mappingId: string | null;
    picks: Picks;
    edit: NonNullable<DecisionParameters['edit']> | null;
  }>({ targetId: null, mappingId: null, picks: {}, edit: null });
  const mappingName = ref('');
  const note = ref('');
  /** The decision under pointer, focus or key. */
  const pointed = shallowRef<Choice | null>(null);
  /** The form a decision needs, once it was asked for. */
  const opened = shallowRef<Need | null>(null);
  const missing = shallowRef<MessageKey | null>(null);

  const options = computed(() => optionsOf(detail.value.choices));
  const primary = computed(() => options.value.find(isOpen) ?? options.value[0]);
  const current = computed(
    () => options.value.find(({ choice }) => choice === pointed.value) ?? primary.value,
  );
  const preview = computed(() => current.value && previewOf(current.value, draft));

  const facts = computed(() => `${detail.value.conflict.id} ${detail.value.conflict.version}`);
  watch(
    facts,
    () => {
      const { base, source, target, differing } = detail.value;
      const picks = suggestedPicks(compare({ base, source, target }, differing).differing);
      Object.assign(draft, { targetId: onlyTarget(options.value), mappingId: null, picks, edit: null });
      mappingName.value = '';
      note.value = unsentNotes.of(detail.value.conflict.id);
      [pointed.value, opened.value, missing.value] = [null, null, null];
    },
    { immediate: true },
  );
  watch(draft, () => (missing.value = null));
  // What stands in the history has been saved: the field is free for the next one.
  watch(
    () => detail.value.timeline,
    (timeline) => {
      const saved = ({ code, facts }: (typeof timeline)[number]) =>
        code === 'conflict.commented' && facts['text'] === note.value.trim();
      if (timeline.some(saved)) note.value = '';
    },
  );
  watch(note, (text) => unsentNotes.keep(detail.value.conflict.id, text), { flush: 'sync' });

  /** The parameters when the choice can be taken now; otherwise opens or names what is still needed. */
  function take(option: ChoiceOption): DecisionParameters | null {
    pointed.value = option.choice;
    if (previewOf(option, draft)?.refusal) return null;
    if (option.need && OPENS.includes(option.need) && opened.value !== option.need) {
      opened.value = option.need;
      return null;
    }
    const state = readiness(option, draft, detail.value.differing);
    missing.value = state.ready ? null : state.missing;
    return state.ready ? state.parameters : null;
  }

  return { draft, mappingName, note, pointed, opened, missing, options, primary, current, preview, take };
}

function isOpen(option: ChoiceOption): boolean {
  return option.previews.some(({ refusal }) => refusal === null);
}
