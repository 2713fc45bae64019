import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { usePendingDecisions } from '../../data/pending-decisions';
import { createFakeClient } from '../../dev/fake-client';
import { mountScreen } from '../../dev/mount-screen';
import MappingsScreen from './mappings-screen.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function mappings(answer?: unknown) {
  const sent: unknown[] = [];
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: (contract, input, options) => {
      if (contract.id !== 'setMapping') return fake.call(contract, input, options);
      sent.push(input.body);
      return contract.reply.validate(answer ?? { decision: null, replanned: 4 });
    },
  };
  const { wrapper } = await mountScreen(MappingsScreen, { client });
  unmount = () => wrapper.unmount();
  await flushPromises();
  return { wrapper, sent };
}

it('puts what is missing first, with the time that waits behind it', async () => {
  const { wrapper } = await mappings();
  const first = wrapper.find('tbody tr');
  expect(first.text()).toContain('Fernwartung');
  expect(first.text()).toContain('9:45\u00a0h');
  expect(wrapper.text()).toContain('ohne Aktivitäts-Typ');
});

it('takes a proposal over at once and says what happens then', async () => {
  const { wrapper, sent } = await mappings();
  await wrapper.find('button[aria-label^="Vorschlag"]').trigger('click');
  await flushPromises();
  expect(sent).toEqual([{ sourceId: '7', targetId: '1', ignored: false }]);
  expect(usePendingDecisions().notice.value?.text).toBe(
    'Zugeordnet: Fernwartung → Support remote. 4 Tickets werden beim nächsten Abgleich neu verglichen.',
  );
});

it('can be taken back where it decides a case', async () => {
  const decision = {
    conflictId: '1',
    decisionId: crypto.randomUUID(),
    applyAfter: new Date(Date.now() + 60_000).toISOString(),
  };
  const { wrapper } = await mappings({ decision, replanned: 0 });
  await wrapper.find('button[aria-label^="Vorschlag"]').trigger('click');
  await flushPromises();
  const { pending, remove } = usePendingDecisions();
  expect(pending.value.map(({ id, subject }) => ({ id, subject }))).toEqual([
    { id: decision.decisionId, subject: 'Fernwartung' },
  ]);
  remove(decision.decisionId);
});
