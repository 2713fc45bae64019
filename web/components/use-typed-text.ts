import { ref, watch, type ModelRef } from 'vue';

/** How a value is written in a field, and how what people type is read; null for what is none. */
export type Typed = {
  readonly show: () => string;
  readonly read: (text: string) => string | null;
  /** Whether what is typed can be meant already: a year of two digits is the beginning of one of four. */
  readonly isWhole: (text: string) => boolean;
};

/**
 * A value that is typed as text. It is taken as soon as it is whole, without touching what is still being typed; what is no
 * value is told (`refused`) and not kept: in the end the field shows what holds.
 */
export function useTypedText(value: ModelRef<string>, { show, read, isWhole }: Typed) {
  const refused = ref('');
  const text = ref(show());
  watch(value, () => {
    // Who is still typing the value that was understood keeps their text.
    if (value.value !== read(text.value)) text.value = show();
  });

  function typed() {
    refused.value = '';
    const meant = isWhole(text.value) ? read(text.value) : null;
    if (meant !== null) value.value = meant;
  }
  function finished() {
    const meant = read(text.value);
    if (meant === null) refused.value = text.value.trim();
    else value.value = meant;
    text.value = show();
  }
  return { text, refused, typed, finished };
}
