import { useEventListener } from '@vueuse/core';
import { nextTick, onScopeDispose, shallowReactive } from 'vue';
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
  /** Goes on as long as the key is held down. Without it a key that is held acts once: it must not decide case after case. */
  readonly repeats?: boolean;
};

/** Opens the commands; with a modifier, so that it works in fields too and needs no switch. */
export const PALETTE_KEY = 'Mod+k';

const active = shallowReactive(new Set<Shortcut>());

/** A key that was pressed before what it is for was there. */
let early: { readonly key: string; readonly until: number } | null = null;
/** Longer than a pane takes to load; later nobody remembers the key. */
const EARLY_MS = 5_000;

/** What the overview lists: the shortcuts of all mounted screens, in the order they came. */
export function activeShortcuts(): readonly Shortcut[] {
  return [...active].filter((shortcut) => !shortcut.hidden);
}

/** Whether the screen that offers this shortcut is there. */
export function hasShortcut(label: MessageKey): boolean {
  return activeShortcuts().some((shortcut) => shortcut.label === label);
}

/** Keeps a key for the shortcut that is on its way; any other key that acts meanwhile takes its place. */
export function keepForLater(key: string): void {
  early = { key, until: Date.now() + EARLY_MS };
}

/** Adds shortcuts for as long as the calling component is mounted. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  for (const shortcut of shortcuts) active.add(shortcut);
  const waited = shortcuts.find(({ key }) => key === early?.key);
  if (waited) void nextTick(() => runEarly(waited));
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
    if (event.repeat && shortcut.repeats !== true) return;
    early = null;
    shortcut.run();
  });
}

function runEarly(shortcut: Shortcut): void {
  if (early?.key !== shortcut.key) return;
  const meant = Date.now() < early.until && active.has(shortcut);
  early = null;
  if (meant && (shortcut.when?.() ?? true)) shortcut.run();
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
