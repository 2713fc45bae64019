import { flushPromises } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import type { ApiClient } from '../../api/client';
import { createFakeClient } from '../../dev/fake-client';
import { createFakeWorld } from '../../dev/fake-world';
import { mountScreen } from '../../dev/mount-screen';
import SideNav from '../../shell/side-nav.vue';
import OverviewScreen from './overview-screen.vue';

const COUNTS = { snoozed: 0, gaps: 0, openSeconds: 3_600, pendingWrites: 0, waitingDeliveries: 0 };

async function overview(paused: boolean) {
  const world = createFakeWorld();
  world.paused = paused;
  const { wrapper } = await mountScreen(OverviewScreen, { client: createFakeClient(world) });
  await vi.waitFor(() => expect(wrapper.text()).toContain('Zeit aus Zammad je Woche'));
  return wrapper;
}

it('names what is not all right, with the way to where it is mended', async () => {
  const wrapper = await overview(true);
  expect(wrapper.text()).not.toContain('Alles in Ordnung.');
  expect(wrapper.get('a[href="/connectors/kimai"]').text()).toContain('Kimai ist nicht erreichbar');
  wrapper.unmount();
});

it('tells each week to those who cannot see bars, and as a table to those who want numbers', async () => {
  const wrapper = await overview(false);
  const week = wrapper.findAll('ol a').at(-1);
  expect(week?.attributes('aria-label')).toMatch(
    /^Woche ab .*: Stimmt überein 30:00.h, Wartet auf Entscheidung 4:00.h$/,
  );
  expect(week?.attributes('href')).toMatch(/^\/entries\?from=.*&to=/);
  const toTable = wrapper.findAll('button').find((button) => button.text() === 'Als Tabelle anzeigen');
  await toTable?.trigger('click');
  expect(wrapper.findAll('table').at(0)?.findAll('tbody tr')).toHaveLength(4);
  expect(wrapper.text()).toContain('Als Balken anzeigen');
  wrapper.unmount();
});

it('says who decided how much, and what needed nobody', async () => {
  const wrapper = await overview(false);
  expect(wrapper.text()).toMatch(/Von selbst, nach den Vorgaben\s*412/);
  expect(wrapper.text()).toMatch(/Petra Lindner\s*7/);
  wrapper.unmount();
});

it('counts the open cases as the navigation beside it does, which was read before it', async () => {
  const world = createFakeClient();
  let open = 40;
  const client: ApiClient = {
    ...world,
    call: async (contract, input) => {
      const reply = await world.call(contract, input);
      if (contract.id !== 'readStatus') return reply;
      open += 1;
      return contract.reply.validate(Object.assign({}, reply, { counts: { ...COUNTS, open } }));
    },
  };
  const shown = ref(false);
  const page = defineComponent(() => () => [h(SideNav), shown.value ? h(OverviewScreen) : null]);
  const { wrapper } = await mountScreen(page, { client });
  await vi.waitFor(() => expect(wrapper.get('nav a[href="/inbox"] span + span').text()).toBe('41'));
  shown.value = true;
  await nextTick();
  await vi.waitFor(() => expect(wrapper.find('section a[href="/inbox"]').text()).toMatch(/4\d Fälle/));
  await flushPromises();
  const counted = wrapper
    .get('section a[href="/inbox"]')
    .text()
    .match(/(4\d) Fälle/)?.[1];
  expect(wrapper.get('nav a[href="/inbox"] span + span').text()).toBe(counted);
  wrapper.unmount();
});
