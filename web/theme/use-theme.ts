import { useColorMode } from '@vueuse/core';
import { computed } from 'vue';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** Light, dark or as the system; kept under the key that `theme-init.js` reads before the first paint. */
export function useTheme() {
  const mode = useColorMode({ disableTransition: true });
  return computed<Theme>({
    get: () => (mode.store.value === 'auto' ? 'system' : mode.store.value),
    set: (theme) => {
      mode.store.value = theme === 'system' ? 'auto' : theme;
    },
  });
}
