import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { createFakeClient } from '../../../dev/fake-client';
import { FAKE_COLLEAGUES } from '../../../dev/fake-world';
import { mountScreen } from '../../../dev/mount-screen';
import DutyLine from './duty-line.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

const [petra, jonas, jana] = FAKE_COLLEAGUES;
type Person = (typeof FAKE_COLLEAGUES)[number];

/** The line as Petra sees it, with somebody on duty in each of these bridges of so many. */
async function line(onDuty: Readonly<Record<string, Person>>, bridges = 1, bridge: string | null = null) {
  const duty = Object.entries(onDuty).map(([id, person]) => ({
    bridgeId: id,
    bridgeName: id.toUpperCase(),
    person,
  }));
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: async (contract, input, options) => {
      const reply = await fake.call(contract, input, options);
      return contract.id === 'readStatus'
        ? contract.reply.validate({ ...Object(reply), bridges, duty })
        : reply;
    },
  };
  const { wrapper } = await mountScreen(DutyLine, { client, props: { bridge } });
  unmount = () => wrapper.unmount();
  await flushPromises();
  return wrapper.text();
}

it('is not there where nobody takes turns', async () => {
  expect(await line({})).toBe('');
});

it('names whose week it is, and says "you" to that person', async () => {
  expect(await line({ nord: jana })).toBe('Diese Woche zuständig: Jana Weidner');
  unmount();
  expect(await line({ nord: petra })).toBe('Diese Woche zuständig: Sie');
});

it('says which bridge it is about where there are several, each person once', async () => {
  expect(await line({ nord: jana, west: jonas, sued: jana }, 4)).toBe(
    'Diese Woche zuständig: Jana Weidner (NORD, SUED), Jonas Weber (WEST)',
  );
});

it('is about the one bridge that is listed', async () => {
  expect(await line({ nord: jana, west: jonas }, 2, 'west')).toBe('Diese Woche zuständig: Jonas Weber');
  unmount();
  expect(await line({ nord: jana }, 2, 'west')).toBe('');
});
