import { useEventListener } from '@vueuse/core';
import { onScopeDispose, shallowReactive } from 'vue';
import type { MessageKey } from '../i18n/use-t';
import { letterKeysOn } from './letter-keys';

export type Shortcut = {
  /** As `KeyboardEvent.key` gives it: `j`, `X` (with shift), `Enter`, `?`. */
  readonly key: string;
  readonly label: MessageKey;
  readonly run: () => void;
  /** Asked at the moment of the key; a shortcut that is not wanted now leaves the key to the page. */
  readonly when?: () => boolean;
  /** Left out of the overview, because another entry there stands for it. */
  readonly hidden?: boolean;
};

/** Opens the commands; with a modifier, so that it works in fields too and needs no switch. */
export const PALETTE_KEY = 'Mod+k';

const active = shallowReactive(new Set<Shortcut>());

/** What the overview lists: the shortcuts of all mounted screens, in the order they came. */
export function activeShortcuts(): readonly Shortcut[] {
  return [...active].filter((shortcut) => !shortcut.hidden);
}

/** Adds shortcuts for as long as the calling component is mounted. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  for (const shortcut of shortcuts) active.add(shortcut);
  onScopeDispose(() => {
    for (const shortcut of shortcuts) active.delete(shortcut);
  });
}

/** Called once by the shell: one listener for all shortcuts. */
export function useShortcutListener(): void {
  useEventListener(document, 'keydown', (event) => {
    const shortcut = shortcutFor(event);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}

function shortcutFor(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return undefined;
  if (isLetterKey(event.key) && !letterKeysOn.value) return undefined;
  if (belongsElsewhere(event)) return undefined;
  return [...active].reverse().find(({ key, when }) => key === event.key && (when?.() ?? true));
}

function isLetterKey(key: string): boolean {
  return key.length === 1;
}

/** Keys typed into a field, a menu or a dialog are theirs; Enter and Space on a button or link press it. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]')
  )
    return true;
  if (target.closest('[role=dialog], [role=menu], [role=listbox]:not([data-shortcuts])')) return true;
  return !isLetterKey(event.key) && event.key === 'Enter' && target.closest('button, a, summary') !== null;
}
