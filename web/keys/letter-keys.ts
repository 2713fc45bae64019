import { useLocalStorage } from '@vueuse/core';

/** WCAG 2.1.4: people who dictate or whose hands shake can switch keys without a modifier off. */
export const letterKeysOn = useLocalStorage('timebridge.letter-keys', true);
