import { computed } from 'vue';
import type { Locale } from '../format/date';
import { i18n, loadLocale } from './i18n';

/** The language that is shown, and how to change it. */
export function useLocale() {
  const locale = computed<Locale>(() => i18n.global.locale.value);
  return { locale, setLocale: loadLocale };
}
