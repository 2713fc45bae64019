import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import { mountScreen } from '../dev/mount-screen';
import { useShortcuts } from '../keys/shortcuts';
import CommandPalette from './command-palette.vue';

const run = vi.fn();
const Page = defineComponent({
  setup() {
    useShortcuts([
      { key: 'j', label: 'keys.next', run },
      { key: 'z', label: 'keys.undo', when: () => false, run },
    ]);
    const open = ref(true);
    return () =>
      h(CommandPalette, { open: open.value, 'onUpdate:open': (now: boolean) => (open.value = now) });
  },
});
let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function palette() {
  const { wrapper, router } = await mountScreen(Page);
  unmount = () => wrapper.unmount();
  await flushPromises();
  const input = document.querySelector<HTMLInputElement>('[role=combobox]');
  if (!input) throw new Error('the palette must show its field');
  const type = async (text: string) => {
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await nextTick();
  };
  const options = () =>
    [...document.querySelectorAll('#commands [role=option]')].map((one) => one.textContent);
  return { input, type, options, router };
}

describe('the command palette', () => {
  it('lists what can be done now with its key, and nothing that cannot', async () => {
    const { options } = await palette();
    expect(options()[0]).toContain('Nächster Fall');
    expect(options()[0]).toContain('j');
    expect(options().join()).not.toContain('Rückgängig');
  });

  it('narrows by what is typed, and finds cases by their ticket', async () => {
    const { type, options } = await palette();
    await type('nächst');
    expect(options()).toHaveLength(1);
    await type('50012');
    await vi.waitFor(() => expect(options()[0]).toContain('#50012 Drucker im Lager'), { timeout: 20_000 });
    await type('gibtesnicht');
    await vi.waitFor(() => expect(document.body.textContent).toContain('Nichts gefunden.'), {
      timeout: 20_000,
    });
  });
});
