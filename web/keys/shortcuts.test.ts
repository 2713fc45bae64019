import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick } from 'vue';
import { letterKeysOn } from './letter-keys';
import { activeShortcuts, keepForLater, useShortcutListener, useShortcuts } from './shortcuts';

const run = vi.fn();
const escape = vi.fn();
const Page = defineComponent({
  setup() {
    useShortcutListener();
    useShortcuts([
      { key: 'j', label: 'keys.next', run, repeats: true },
      { key: 'Escape', label: 'keys.back', run: escape },
    ]);
    return () =>
      h('div', [
        h('input'),
        h('input', { type: 'checkbox' }),
        h('ul', { role: 'listbox', 'data-shortcuts': '' }),
      ]);
  },
});
const page = () => mount(Page, { attachTo: document.body });
const press = (target: Element, init: KeyboardEventInit) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));

let mounted: ReturnType<typeof page> | undefined;
afterEach(() => {
  mounted?.unmount();
  letterKeysOn.value = true;
  vi.clearAllMocks();
});

describe('shortcuts', () => {
  it('act anywhere on the page, also in the list', () => {
    mounted = page();
    press(document.body, { key: 'j' });
    press(mounted.find('[role=listbox]').element, { key: 'j' });
    expect(run).toHaveBeenCalledTimes(2);
  });
  it('leave keys alone that are typed into a field or pressed with a modifier', () => {
    mounted = page();
    press(mounted.find('input').element, { key: 'j' });
    press(document.body, { key: 'j', ctrlKey: true });
    press(document.body, { key: 'j', metaKey: true });
    expect(run).not.toHaveBeenCalled();
  });
  it('act on a checkbox, where no letter can be typed', () => {
    mounted = page();
    press(mounted.find('input[type=checkbox]').element, { key: 'j' });
    expect(run).toHaveBeenCalledTimes(1);
  });
  it('can be switched off for single letters; named keys stay', () => {
    mounted = page();
    letterKeysOn.value = false;
    press(document.body, { key: 'j' });
    press(document.body, { key: 'Escape' });
    expect(run).not.toHaveBeenCalled();
    expect(escape).toHaveBeenCalledTimes(1);
  });
  it('are gone with their screen', () => {
    mounted = page();
    expect(activeShortcuts()).toHaveLength(2);
    mounted.unmount();
    mounted = undefined;
    expect(activeShortcuts()).toHaveLength(0);
  });
  it('act once while a key is held down, unless they are made to go on', () => {
    mounted = page();
    press(document.body, { key: 'Escape' });
    press(document.body, { key: 'Escape', repeat: true });
    expect(escape).toHaveBeenCalledTimes(1);
    press(document.body, { key: 'j' });
    press(document.body, { key: 'j', repeat: true });
    expect(run).toHaveBeenCalledTimes(2);
  });
  it('are carried out when they come after their key was pressed', async () => {
    keepForLater('j');
    mounted = page();
    await nextTick();
    expect(run).toHaveBeenCalledTimes(1);
  });
  it('forget a key that was pressed early once another has acted, or when it is long ago', async () => {
    mounted = page();
    keepForLater('Escape');
    press(document.body, { key: 'j' });
    mounted.unmount();
    mounted = page();
    await nextTick();
    expect(escape).not.toHaveBeenCalled();
    mounted.unmount();
    vi.useFakeTimers();
    keepForLater('Escape');
    vi.advanceTimersByTime(60_000);
    mounted = page();
    await nextTick();
    vi.useRealTimers();
    expect(escape).not.toHaveBeenCalled();
  });
});
