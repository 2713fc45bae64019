import { shallowReadonly, shallowRef } from 'vue';
import type { SentenceTable } from '../../words/say-in';
import type { Locale } from '../format/date';
import type { Messages } from './de';
import type { ScreenMessages } from './de-screens';
import { messageOf } from './message';

const STORAGE_KEY = 'timebridge.language';

type Texts = { readonly messages: Messages; readonly sentences: SentenceTable };
type Loader = {
  /** What the inbox, the log-in and the frame around them say. */
  readonly first: () => Promise<Texts>;
  /** What all other screens say. */
  readonly screens: () => Promise<ScreenMessages>;
};

/** Labels and sentences of one language only, and no sooner than somebody reads them. */
const loaders: Record<Locale, Loader> = {
  de: {
    first: async () => {
      const [labels, words] = await Promise.all([import('./de'), import('../../words/de')]);
      return { messages: labels.default, sentences: words.GERMAN };
    },
    screens: async () => (await import('./de-screens')).default,
  },
  en: {
    first: async () => {
      const [labels, words] = await Promise.all([import('./en'), import('../../words/en')]);
      return { messages: labels.default, sentences: words.ENGLISH };
    },
    screens: async () => (await import('./en-screens')).default,
  },
};

type Shown = {
  readonly locale: Locale;
  readonly messages: (Messages & Partial<ScreenMessages>) | null;
  readonly sentences: SentenceTable;
};
const shown = shallowRef<Shown>({ locale: 'de', messages: null, sentences: {} });
let screensWanted = false;
/** Also where the device remembers nothing. */
let chosenHere = false;

/** The language that is shown, with its labels; null before the first were loaded. */
export const language = shallowReadonly(shown);

/** Shows a language that somebody chose, and remembers the choice on this device. */
export async function chooseLocale(locale: Locale): Promise<void> {
  chosenHere = true;
  await loadLocale(locale);
  storage()?.setItem(STORAGE_KEY, locale);
}

/** Shows the language of the account, unless another one was chosen on this device. */
export async function followAccount(locale: Locale): Promise<void> {
  const chosen = chosenHere || (storage()?.getItem(STORAGE_KEY) ?? null) !== null;
  if (!chosen && shown.value.locale !== locale) await loadLocale(locale);
}

/** Loads a language's labels and shows them. */
export async function loadLocale(locale: Locale): Promise<void> {
  const { first, screens } = loaders[locale];
  const [{ messages, sentences }, more] = await Promise.all([first(), screensWanted ? screens() : {}]);
  shown.value = { locale, messages: { ...messages, ...more }, sentences };
  document.documentElement.lang = locale;
}

/** Loads what the screens outside of the inbox say; from then on every language comes with it. */
export async function loadScreenLabels(): Promise<void> {
  if (screensWanted) return;
  const { locale } = shown.value;
  const more = await loaders[locale].screens();
  screensWanted = true;
  // Who switched the language meanwhile gets all of it anew.
  if (shown.value.locale !== locale) return loadLocale(shown.value.locale);
  if (shown.value.messages) shown.value = { ...shown.value, messages: { ...shown.value.messages, ...more } };
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
