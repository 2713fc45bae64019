import { createI18n } from 'vue-i18n';
import type { Locale } from '../format/date';
import type { Messages } from './de';

const STORAGE_KEY = 'timebridge.language';

const loaders: Record<Locale, () => Promise<{ default: Messages }>> = {
  de: () => import('./de'),
  en: () => import('./en'),
};

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: 'de',
  fallbackLocale: 'de',
  missingWarn: false,
  fallbackWarn: false,
});

/** Loads a language's labels, shows them and remembers the choice on this device. */
export async function loadLocale(locale: Locale): Promise<void> {
  const { default: messages } = await loaders[locale]();
  i18n.global.setLocaleMessage(locale, messages);
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
  storage()?.setItem(STORAGE_KEY, locale);
}

/** What was chosen on this device, else the browser's wish, else German. */
export function preferredLocale(): Locale {
  const chosen = storage()?.getItem(STORAGE_KEY) ?? navigator.language;
  return chosen.startsWith('en') ? 'en' : 'de';
}

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    // Switched off in this browser: the choice lasts as long as the page.
    return undefined;
  }
}
