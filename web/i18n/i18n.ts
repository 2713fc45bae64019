import { shallowReadonly, shallowRef } from 'vue';
import type { Locale } from '../format/date';
import type { Messages } from './de';
import { messageOf } from './message';

const STORAGE_KEY = 'timebridge.language';

const loaders: Record<Locale, () => Promise<{ default: Messages }>> = {
  de: () => import('./de'),
  en: () => import('./en'),
};

const shown = shallowRef<{ readonly locale: Locale; readonly messages: Messages | null }>({
  locale: 'de',
  messages: null,
});

/** The language that is shown, with its labels; null before the first were loaded. */
export const language = shallowReadonly(shown);

/** Loads a language's labels, shows them and remembers the choice on this device. */
export async function loadLocale(locale: Locale): Promise<void> {
  const { default: messages } = await loaders[locale]();
  shown.value = { locale, messages };
  document.documentElement.lang = locale;
  storage()?.setItem(STORAGE_KEY, locale);
}

/** A label with its values filled in; reading it in a template follows a switch of the language. */
export function translate(key: string, values: Readonly<Record<string, unknown>>, plural?: number): string {
  const label = labelAt(shown.value.messages, key.split('.'));
  return label === undefined ? key : messageOf(label, values, plural);
}

/** What was chosen on this device, else the browser's wish, else German. */
export function preferredLocale(): Locale {
  const chosen = storage()?.getItem(STORAGE_KEY) ?? navigator.language;
  return chosen.startsWith('en') ? 'en' : 'de';
}

function labelAt(messages: unknown, path: readonly string[]): string | undefined {
  let found = messages;
  for (const name of path) found = member(found, name);
  return typeof found === 'string' ? found : undefined;
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    // Switched off in this browser: the choice lasts as long as the page.
    return undefined;
  }
}
