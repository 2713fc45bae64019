import type { Ref } from 'vue';
import { useShortcuts } from '../../../keys/shortcuts';
import type { ChoiceOption } from './choices';

/** The keys of an open case: each decision by its own, the proposed one by another, and the note. */
export function useCaseKeys(on: {
  readonly options: Ref<readonly ChoiceOption[]>;
  readonly primary: Ref<ChoiceOption | undefined>;
  readonly isOpen: () => boolean;
  /** Off while several cases are selected. */
  readonly mayDecide: () => boolean;
  readonly decide: (option: ChoiceOption) => void;
  readonly writeNote: () => void;
}): void {
  const byKey = (key: string) => on.options.value.find((option) => option.key === key);
  const decidable = () => on.isOpen() && on.mayDecide();
  useShortcuts([
    ...['1', '2', '3', '4', '5', '6', '7', '8', '9', 'e'].map((key) => ({
      key,
      label: key === 'e' ? ('keys.perField' as const) : ('keys.decide' as const),
      hidden: key !== '1' && key !== 'e',
      when: () => decidable() && byKey(key) !== undefined,
      run: () => {
        const option = byKey(key);
        if (option) on.decide(option);
      },
    })),
    {
      key: 'a',
      label: 'keys.accept',
      when: () => decidable() && on.primary.value !== undefined,
      run: () => on.primary.value && on.decide(on.primary.value),
    },
    { key: 'c', label: 'keys.note', when: on.isOpen, run: on.writeNote },
  ]);
}
