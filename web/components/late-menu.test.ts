import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, ref } from 'vue';
import { mountScreen } from '../dev/mount-screen';
import LateMenu from './late-menu.vue';

enableAutoUnmount(afterEach);
/** The menu's code is read from the disk the first time. */
const until = (met: () => void) => vi.waitFor(met, 20_000);

async function menu(open = ref(false)) {
  const chosen = vi.fn<() => void>();
  const host = defineComponent(
    () => () =>
      h(
        LateMenu,
        {
          items: [{ label: 'Morgen', onSelect: chosen }],
          open: open.value,
          'onUpdate:open': (now: boolean) => (open.value = now),
        },
        () => [h('button', { type: 'button' }, 'Zurückstellen')],
      ),
  );
  const { wrapper } = await mountScreen(host);
  const shown = () =>
    [...document.querySelectorAll('[role=menuitem]')].map((item) => item.textContent.trim());
  return { wrapper, open, chosen, shown };
}

describe('a menu that comes with its first press', () => {
  it('tells what its button is before, and opens with one press', async () => {
    const { wrapper, open, shown } = await menu();
    const button = wrapper.get('button');
    expect([button.attributes('aria-haspopup'), button.attributes('aria-expanded')]).toEqual([
      'menu',
      'false',
    ]);
    await button.trigger('click');
    await until(() => expect(shown()).toEqual(['Morgen']));
    expect(open.value).toBe(true);
    expect(wrapper.get('button').attributes('aria-expanded')).toBe('true');
  });

  it('opens by the arrow key, and by a key of the page', async () => {
    const { wrapper, shown } = await menu();
    await wrapper.get('button').trigger('keydown', { key: 'ArrowDown' });
    await until(() => expect(shown()).toEqual(['Morgen']));
    wrapper.unmount();
    const other = await menu(ref(true));
    await until(() => expect(other.shown()).toEqual(['Morgen']));
  });
});
