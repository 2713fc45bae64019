import { useI18n } from 'vue-i18n';
import type { Messages } from './de';

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** Every key of the labels; a wrong one is a type error. */
export type MessageKey = Leaves<Messages>;

/** `t('inbox.title')`, `t('x.y', { name })`, and with a number the plural form: `t('x.cases', {}, 3)`. */
export type Translate = (key: MessageKey, named?: Record<string, unknown>, plural?: number) => string;

export function useT(): Translate {
  const { t } = useI18n();
  return (key, named = {}, plural) =>
    plural === undefined ? t(key, named) : t(key, { n: plural, ...named }, { plural });
}
