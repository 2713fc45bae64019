import { computed } from 'vue';
import type { Locale } from '../format/date';
import { chooseLocale, language } from './i18n';

/** The language that is shown, and how to change it. */
export function useLocale() {
  return { locale: computed<Locale>(() => language.value.locale), setLocale: chooseLocale };
}
