import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mondayOf, turnsFrom } from '../../../domain/duty';
import { createFakeClient } from '../../dev/fake-client';
import { FAKE_COLLEAGUES } from '../../dev/fake-world';
import { mountScreen } from '../../dev/mount-screen';
import { dayIn } from '../../format/moment-in-zone';
import { formatShortDay } from '../../../words/format';
import BridgeScreen from './bridge-screen.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

const [petra, jonas, jana] = FAKE_COLLEAGUES;

/** The bridge's page; `duty` stands for what the API answers as its list. */
async function section(duty?: object) {
  const sent: unknown[] = [];
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: async (contract, input, options) => {
      if (contract.id === 'updateBridge') sent.push(input.body);
      const reply = await fake.call(contract, input, options);
      if (contract.id !== 'readBridge' || duty === undefined || typeof reply !== 'object') return reply;
      const bridge: unknown = Reflect.get(reply ?? {}, 'bridge');
      return contract.reply.validate({ bridge: { ...Object(bridge), duty } });
    },
  };
  const { wrapper } = await mountScreen(BridgeScreen, { client, props: { id: 'haupt' } });
  unmount = () => wrapper.unmount();
  await flushPromises();
  const names = () => wrapper.findAll('[data-person]').map((row) => row.find('.flex-1').text());
  const press = async (selector: string) => {
    await wrapper.get(selector).trigger('click');
    await flushPromises();
  };
  const save = async () => {
    await wrapper
      .findAll('button')
      .find((button) => button.text() === 'Speichern')
      ?.trigger('click');
    await flushPromises();
  };
  const add = async (name: string) => {
    await press('[data-add]');
    const item = () =>
      [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find(
        (found) => found.textContent.trim() === name,
      );
    await vi.waitFor(() => expect(item()).toBeDefined(), 20_000);
    item()?.click();
    await flushPromises();
  };
  return { wrapper, sent, names, press, save, add };
}

const today = () => dayIn(new Date().toISOString(), 'Europe/Berlin');
const weekText = (from: string, to: string) =>
  `Mo ${formatShortDay(from, 'de')} – So ${formatShortDay(to, 'de')}`;
const answered = (active = true) => ({
  people: [
    { ...petra, active: true },
    { ...jonas, active },
  ],
  since: mondayOf(today()),
  current: petra,
  next: null,
});

describe('who takes turns', { timeout: 30_000 }, () => {
  it('is nobody at first; people are added, and saved in their order', async () => {
    const { wrapper, sent, names, add, save } = await section();
    expect(wrapper.text()).toContain(
      'Niemand ist zuständig. Was niemandem zugewiesen ist, entscheidet, wer es zuerst sieht.',
    );
    await add('Jonas Weber');
    await add('Jana Weidner');
    expect(names()).toEqual(['Jonas Weber', 'Jana Weidner']);
    expect(wrapper.text()).toContain('Nach dem Speichern beginnt die erste Person diese Woche.');
    await save();
    expect(sent).toEqual([{ revision: 3, duty: { people: [jonas.id, jana.id] } }]);
    expect(names()).toEqual(['Jonas Weber', 'Jana Weidner']);
    expect(wrapper.text()).not.toContain('Nach dem Speichern beginnt');
  });

  it('shows whose the next four weeks are, the current one first, as the list is being changed', async () => {
    const { wrapper, press } = await section(answered());
    const weeks = turnsFrom({ people: ['x'], since: today() }, today(), 4).map(({ from, to }) =>
      weekText(from, to),
    );
    const shown = () =>
      wrapper
        .findAll('li')
        .map((line) => line.text().replace(/\s+/g, ' '))
        .filter((text) => text.startsWith('Mo '));
    const lines = (names: readonly string[]) =>
      names.map((name, at) => `${weeks[at]}: ${name}${at === 0 ? ' · diese Woche' : ''}`);
    expect(shown()).toEqual(lines([petra.name, jonas.name, petra.name, jonas.name]));
    await press(`[data-person="${jonas.id}"] [data-move="-1"]`);
    expect(shown()).toEqual(lines([jonas.name, petra.name, jonas.name, petra.name]));
  });

  it('keeps the focus where it was when somebody is moved or removed, and says the new place', async () => {
    const { wrapper, names, press } = await section(answered());
    await press(`[data-person="${jonas.id}"] [data-move="-1"]`);
    expect(names()).toEqual([jonas.name, petra.name]);
    const focused = () => document.activeElement;
    expect(focused()?.closest('[data-person]')?.getAttribute('data-person')).toBe(jonas.id);
    expect(focused()?.getAttribute('data-move')).toBe('-1');
    expect(wrapper.text()).toContain('„Jonas Weber“ ist jetzt Nr. 1 von 2.');
    await press(`[data-person="${jonas.id}"] [data-remove]`);
    expect(focused()?.closest('[data-person]')?.getAttribute('data-person')).toBe(petra.id);
    await press(`[data-person="${petra.id}"] [data-remove]`);
    expect(names()).toEqual([]);
    expect(focused()?.hasAttribute('data-add')).toBe(true);
  });

  it('skips who may not decide any more, and asks to remove them before another list is saved', async () => {
    const { wrapper, sent, press, save } = await section(answered(false));
    expect(wrapper.text()).toContain('Jonas Weber · darf zurzeit nicht entscheiden und wird übersprungen');
    await press(`[data-person="${jonas.id}"] [data-move="-1"]`);
    await save();
    expect(sent).toEqual([]);
    expect(wrapper.text()).toContain('Entfernen Sie aus der Zuständigkeit, wer nicht mehr entscheiden darf.');
    await press(`[data-person="${jonas.id}"] [data-remove]`);
    await save();
    expect(sent).toEqual([{ revision: 3, duty: { people: [petra.id] } }]);
  });
});
