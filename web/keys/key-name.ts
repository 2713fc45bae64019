import { useT } from '../i18n/use-t';

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  '1': '1–9',
};
const isMac = (): boolean => /Mac|iP(?:hone|ad)/.test(navigator.userAgent);

/** What stands on a key: `⇧ x` for a capital letter, `Strg k` or `⌘ k` where a modifier goes with it. */
export function useKeyName(): (key: string) => string {
  const t = useT();
  return (key) => {
    const withModifier = /^Mod\+(.)$/.exec(key)?.[1];
    if (withModifier) return `${isMac() ? '⌘' : t('keys.control')} ${withModifier}`;
    return NAMES[key] ?? (/^[A-Z]$/.test(key) ? `⇧ ${key.toLowerCase()}` : key);
  };
}
