import type { Messages } from './de';
import type { ScreenMessages } from './de-screens';
import { translate } from './i18n';

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T &
  string];

/** Every key of the labels; a wrong one is a type error. */
export type MessageKey = Leaves<Messages & ScreenMessages>;

/** `t('inbox.title')`, `t('x.y', { name })`, and with a number the plural form: `t('x.cases', {}, 3)`. */
export type Translate = (
  key: MessageKey,
  named?: Readonly<Record<string, unknown>>,
  plural?: number,
) => string;

export function useT(): Translate {
  return (key, named = {}, plural) => translate(key, named, plural);
}
