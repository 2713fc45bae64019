import { expect, it, vi } from 'vitest';
import { createFakeClient } from '../../dev/fake-client';
import { createFakeWorld } from '../../dev/fake-world';
import { mountScreen } from '../../dev/mount-screen';
import OverviewScreen from './overview-screen.vue';

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
