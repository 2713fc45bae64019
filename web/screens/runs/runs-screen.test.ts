import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem';
import { usePendingDecisions } from '../../data/pending-decisions';
import { createFakeClient } from '../../dev/fake-client';
import { mountScreen } from '../../dev/mount-screen';
import RunScreen from './run-screen.vue';
import RunsScreen from './runs-screen.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

/** A client for which one contract answers otherwise. */
function clientWith(id: string, answer: () => unknown) {
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: (contract, input, options) =>
      contract.id === id
        ? Promise.resolve().then(() => contract.reply.validate(answer()))
        : fake.call(contract, input, options),
  };
  return client;
}
const unreachable = () => {
  throw new ApiProblem(0, 'unreachable', '');
};
async function mounted(...input: Parameters<typeof mountScreen>) {
  const screen = await mountScreen(...input);
  unmount = () => screen.wrapper.unmount();
  await flushPromises();
  return screen;
}

describe('the runs', () => {
  it('lists each with its state, who started it and what it did', async () => {
    const { wrapper } = await mounted(RunsScreen);
    expect(wrapper.text()).toContain('von Hand: Petra Lindner');
    expect(wrapper.text()).toContain('läuft · Vergleichen');
    expect(wrapper.text()).toContain('12.480');
  });

  it('says that one is running when another is asked for', async () => {
    const { wrapper } = await mounted(RunsScreen);
    const button = wrapper.findAll('button').find((found) => found.text() === 'Jetzt abgleichen');
    await button?.trigger('click');
    await flushPromises();
    expect(usePendingDecisions().notice.value?.text).toBe('Von „Zammad → Kimai“ läuft bereits ein Abgleich.');
  });

  it('tells what happens next when there is none', async () => {
    const { wrapper } = await mounted(RunsScreen, {
      client: clientWith('listRuns', () => ({ total: 0, items: [] })),
    });
    expect(wrapper.text()).toContain('Noch kein Abgleich.');
    expect(wrapper.text()).toContain('Jetzt abgleichen');
  });

  it('says what failed and keeps a way to try again', async () => {
    const { wrapper } = await mounted(RunsScreen, { client: clientWith('listRuns', unreachable) });
    expect(wrapper.text()).toContain('Timebridge antwortet gerade nicht');
    expect(wrapper.text()).toContain('Erneut versuchen');
  });

  it('keeps the last good list beside a later failure', async () => {
    let down = false;
    const fake = createFakeClient();
    const client: typeof fake = {
      ...fake,
      call: (contract, input, options) =>
        down && contract.id === 'listRuns'
          ? Promise.resolve().then(unreachable)
          : fake.call(contract, input, options),
    };
    const { wrapper, queryClient } = await mounted(RunsScreen, { client });
    down = true;
    await queryClient.invalidateQueries({ queryKey: ['runs'] });
    await flushPromises();
    expect(wrapper.text()).toContain('Aktualisieren gelang nicht');
    expect(wrapper.text()).toContain('Abgleich 1286');
  });
});

describe('one run', () => {
  it('proves the sums per month and says in which month they do not come out', async () => {
    const { wrapper } = await mounted(RunScreen, { props: { id: '1286' } });
    expect(wrapper.text()).toContain('In 1 Monat stimmt die Kontrollsumme nicht, zusammen 0:45\u00a0h.');
    expect(wrapper.text()).toContain('−0:45\u00a0h ungeklärt');
    expect(wrapper.text()).toContain('Vor dem Startdatum: 12:00\u00a0h');
  });

  it('breaks a month down by the names of the customers', async () => {
    const { wrapper } = await mounted(RunScreen, { props: { id: '1286' } });
    await wrapper.find('table button[aria-expanded=false]').trigger('click');
    await flushPromises();
    expect(wrapper.text()).toContain('Autohaus Kern KG');
    expect(wrapper.text()).toContain('Petra Sommer');
  });

  it('says in a sentence why it failed', async () => {
    const { wrapper } = await mounted(RunScreen, { props: { id: '1284' } });
    expect(wrapper.find('[role=alert]').text()).toContain('Kimai ist seit');
  });
});
