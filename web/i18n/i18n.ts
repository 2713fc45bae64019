import { shallowReadonly, shallowRef } from 'vue';
import type { SentenceTable } from '../../words/say-in';
import type { Locale } from '../format/date';
import type { Messages } from './de';
import { messageOf } from './message';

const STORAGE_KEY = 'timebridge.language';

type Texts = { readonly messages: Messages; readonly sentences: SentenceTable };

/** Labels and sentences of one language only: nobody reads two at a time. */
const loaders: Record<Locale, () => Promise<Texts>> = {
  de: async () => {
    const [{ default: messages }, { GERMAN }] = await Promise.all([import('./de'), import('../../words/de')]);
    return { messages, sentences: GERMAN };
  },
  en: async () => {
    const [{ default: messages }, { ENGLISH }] = await Promise.all([
      import('./en'),
      import('../../words/en'),
    ]);
    return { messages, sentences: ENGLISH };
  },
};

const shown = shallowRef<{
  readonly locale: Locale;
  readonly messages: Messages | null;
  readonly sentences: SentenceTable;
}>({ locale: 'de', messages: null, sentences: {} });

/** The language that is shown, with its labels; null before the first were loaded. */
export const language = shallowReadonly(shown);

/** Loads a language's labels, shows them and remembers the choice on this device. */
export async function loadLocale(locale: Locale): Promise<void> {
  shown.value = { locale, ...(await loaders[locale]()) };
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
