import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick } from 'vue';
import { RouterView } from 'vue-router';
import { useLiveUpdates } from '../../api/live-updates';
import { ApiProblem } from '../../api/problem';
import { forgetPendingDecisions, usePendingDecisions } from '../../data/pending-decisions';
import { createFakeClient } from '../../dev/fake-client';
import { createFakeWorld, FAKE_USER, type FakeWorld } from '../../dev/fake-world';
import { mountScreen } from '../../dev/mount-screen';
import { useShortcutListener } from '../../keys/shortcuts';

/** Waiting ends with what is waited for; this only bounds it on a busy machine. */
const PATIENCE = { timeout: 20_000 };

/** The part of the shell that the inbox needs: keys and events. */
const Shell = defineComponent({
  setup() {
    useShortcutListener();
    useLiveUpdates();
    return () => h(RouterView);
  },
});
let unmount: () => void = () => undefined;

async function settle() {
  // Pages are wanted after a moment without scrolling, then asked for, then shown.
  await vi.waitFor(async () => {
    await flushPromises();
    expect(document.querySelector('[role=option] .truncate')).not.toBeNull();
  }, PATIENCE);
}
async function inbox(world: FakeWorld = createFakeWorld(), path = '/inbox') {
  const { wrapper, router } = await mountScreen(Shell, { client: createFakeClient(world), path });
  unmount = () => wrapper.unmount();
  await settle();
  const press = async (key: string) => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await flushPromises();
    await nextTick();
  };
  const openId = () => router.currentRoute.value.params['id'];
  return { wrapper, router, world, press, openId };
}

beforeEach(() => {
  // happy-dom lays nothing out: give the list a height, so that it has rows in view.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(2_000);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(470);
  vi.stubGlobal('matchMedia', (media: string) => ({
    matches: media.includes('min-width'),
    media,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => {
  unmount();
  forgetPendingDecisions();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the inbox', { timeout: 30_000 }, () => {
  it('lists the cases under headings with their hours, and opens the first', async () => {
    const { wrapper, openId } = await inbox();
    expect(wrapper.text()).toContain('In Kimai geändert');
    expect(wrapper.text()).toContain('#50012 Drucker im Lager druckt nicht');
    expect(openId()).toBe('1');
    const options = wrapper.findAll('[role=option]');
    expect(options[0]?.attributes('aria-posinset')).toBe('1');
    expect(options[0]?.attributes('aria-setsize')).toBe('20');
  });

  it('says whose week it is, and lists what nobody took among the cases of that person', async () => {
    const world = createFakeWorld();
    world.onDuty = { id: FAKE_USER.id, name: FAKE_USER.name };
    const jonas = { id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c12', name: 'Jonas Weber' };
    world.change('2', { assignee: jonas });
    const { wrapper } = await inbox(world, '/inbox/1?mine=1');
    expect(wrapper.text()).toContain('Diese Woche zuständig: Sie');
    expect(wrapper.find('[role=option]').attributes('aria-setsize')).toBe('19');
    await vi.waitFor(() => expect(wrapper.text()).toContain('Zuständig: Sie'), PATIENCE);
  });

  it('says who is on duty in the menu of a case that nobody took', async () => {
    const world = createFakeWorld();
    world.onDuty = { id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c15', name: 'Jana Weidner' };
    const { wrapper } = await inbox(world, '/inbox/1');
    const button = () => wrapper.findAll('button').find((one) => one.text() === 'Zuständig: Jana Weidner');
    await vi.waitFor(() => expect(button()).toBeDefined(), PATIENCE);
    await button()?.trigger('click');
    await vi.waitFor(
      () =>
        expect(document.querySelector('[role=menu]')?.textContent).toContain(
          'Niemand · diese Woche zuständig: Jana Weidner',
        ),
      PATIENCE,
    );
  });

  it('moves with j and k over headings', async () => {
    const { press, openId } = await inbox();
    await press('j');
    await press('j');
    expect(openId()).toBe('3');
    await press('k');
    expect(openId()).toBe('2');
  });

  it('goes on to the next case when one is decided, and keeps the keyboard in the list', async () => {
    const { wrapper, press, openId, world } = await inbox(createFakeWorld(), '/inbox/4');
    await vi.waitFor(() => expect(wrapper.find('#case-title').exists()).toBe(true), PATIENCE);
    await press('2');
    expect(openId()).toBe('5');
    expect(wrapper.find('[role=option]').attributes('aria-setsize')).toBe('19');
    expect(world.cases.get('4')?.conflict.decision?.choice).toBe('keep_target');
    expect(document.activeElement?.getAttribute('role')).toBe('listbox');
  });

  it('fades a case that a colleague decided, with the name, and leaves the rest where it is', async () => {
    const { wrapper, world } = await inbox();
    const decision = {
      id: crypto.randomUUID(),
      choice: 'skip',
      parameters: {},
      note: null,
      state: 'grace',
      actor: { kind: 'person', id: FAKE_USER.id, name: 'Jonas Weber' },
      decidedAt: new Date().toISOString(),
      applyAfter: new Date().toISOString(),
      finishedAt: null,
      outcome: null,
      bulkId: null,
    } as const;
    world.change('5', { state: 'deciding', decision });
    await vi.waitFor(() => expect(wrapper.text()).toContain('Jonas Weber hat entschieden'), PATIENCE);
  });

  it('keeps what is done where it is while it is carried out', async () => {
    const world = createFakeWorld();
    world.change('5', { state: 'applying' });
    const { wrapper } = await inbox(world, '/done');
    expect(wrapper.text()).toContain('#50044');
    const asked = vi.spyOn(globalThis, 'setTimeout');
    world.change('5', { state: 'closed' });
    await flushPromises();
    await flushPromises();
    expect(asked.mock.calls.filter(([, wait]) => wait === 4_000)).toEqual([]); // nothing fades
    expect(wrapper.text()).toContain('#50044');
    expect(wrapper.text()).not.toContain('hat entschieden');
  });

  it('finds out after a break in the events what colleagues have decided meanwhile', async () => {
    const world = createFakeWorld();
    const fake = createFakeClient(world);
    let resync: () => void = () => undefined;
    const client: typeof fake = {
      ...fake,
      listen: (listener) => {
        resync = () => listener.event('resync', {});
        return () => undefined;
      },
    };
    const { wrapper } = await mountScreen(Shell, { client, path: '/inbox/4' });
    unmount = () => wrapper.unmount();
    await settle();
    world.change('5', { state: 'applying' });
    resync();
    await vi.waitFor(() => expect(wrapper.text()).toContain('Hat sich inzwischen erledigt'), PATIENCE);
  });

  it('tells of new cases in a pill instead of pushing them into the list', async () => {
    const world = createFakeWorld();
    world.change('6', { state: 'applying' });
    const { wrapper } = await inbox(world);
    expect(wrapper.text()).not.toContain('#50051');
    world.change('6', { state: 'open' });
    const pill = () => wrapper.findAll('button').find((button) => button.text().includes('1 neuer Fall'));
    await vi.waitFor(() => expect(pill()).toBeDefined(), PATIENCE);
    expect(wrapper.text()).not.toContain('#50051');
    await pill()?.trigger('click');
    await vi.waitFor(() => expect(wrapper.text()).toContain('#50051'), PATIENCE);
  });

  it('shows new cases at once where the list is empty', async () => {
    const only = createFakeWorld().cases.get('6');
    if (!only) throw new Error('there is a case 6');
    const world = createFakeWorld([{ ...only, conflict: { ...only.conflict, state: 'applying' } }]);
    const { wrapper } = await mountScreen(Shell, { client: createFakeClient(world), path: '/inbox' });
    unmount = () => wrapper.unmount();
    await vi.waitFor(() => expect(wrapper.text()).toContain('Alles entschieden.'), PATIENCE);
    world.change('6', { state: 'open' });
    await vi.waitFor(() => expect(wrapper.text()).toContain('#50051'), PATIENCE);
  });

  it('selects with x, and then decides nothing by a number', async () => {
    const { wrapper, press, world } = await inbox(createFakeWorld(), '/inbox/4');
    await press('x');
    await press('j');
    await press('x');
    expect(wrapper.text()).toContain('2 ausgewählt');
    await press('2');
    expect(world.cases.get('5')?.conflict.state).toBe('open');
  });

  it('keeps a key for a note until the case is there, and decides nothing that nobody has seen', async () => {
    const world = createFakeWorld();
    const fake = createFakeClient(world);
    const held: (() => void)[] = [];
    const client: typeof fake = {
      ...fake,
      call: async (contract, input, options) => {
        if (contract.id === 'readConflict') await new Promise<void>((resolve) => held.push(resolve));
        return fake.call(contract, input, options);
      },
    };
    const { wrapper } = await mountScreen(Shell, { client, path: '/inbox/4' });
    unmount = () => wrapper.unmount();
    await settle();
    const press = (key: string) =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const { notice } = usePendingDecisions();
    press('2');
    expect(notice.value?.text).toContain('noch geladen');
    press('c');
    while (held.length > 0) held.shift()?.();
    await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'), PATIENCE);
    expect(world.cases.get('4')?.conflict.state).toBe('open');
  });

  it('says what failed and keeps a way to try again', async () => {
    const fake = createFakeClient();
    const client: typeof fake = {
      ...fake,
      call: (contract, input, options) =>
        contract.id === 'groupConflicts'
          ? Promise.reject(new ApiProblem(0, 'unreachable', ''))
          : fake.call(contract, input, options),
    };
    const { wrapper } = await mountScreen(Shell, { client, path: '/inbox' });
    unmount = () => wrapper.unmount();
    await flushPromises();
    expect(wrapper.text()).toContain('Die Fälle konnten nicht geladen werden.');
    expect(wrapper.text()).toContain('Erneut versuchen');
  });

  it('tells apart nothing to do and nothing that fits the filters', async () => {
    const { wrapper } = await mountScreen(Shell, { path: '/inbox?search=zzz' });
    unmount = () => wrapper.unmount();
    await flushPromises();
    expect(wrapper.text()).toContain('Kein Fall passt zu diesen Filtern.');
    expect(wrapper.text()).toContain('Ohne Filter: 20 Fälle.');
  });
});
