import { messageOf } from '../../i18n/message';
import { useLocale } from '../../i18n/use-locale';
import { germanSetup, type SetupTexts } from './texts-de';
import { englishSetup } from './texts-en';

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T &
  string];
export type SetupKey = Leaves<SetupTexts>;
export type SetupTranslate = (
  key: SetupKey,
  named?: Readonly<Record<string, unknown>>,
  plural?: number,
) => string;

/** The labels of the wizard come with the wizard: who never sets anything up never loads them. */
export function useSetupT(): SetupTranslate {
  const { locale } = useLocale();
  return (key, named = {}, plural) => {
    const texts = locale.value === 'de' ? germanSetup : englishSetup;
    let found: unknown = texts;
    for (const name of key.split('.'))
      found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
    return typeof found === 'string' ? messageOf(found, named, plural) : key;
  };
}
