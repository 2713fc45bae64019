import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { TOKEN_RISK } from '../../../domain/token-risk';
import { createFakeClient } from '../../dev/fake-client';
import { mountScreen } from '../../dev/mount-screen';
import BridgeScreen from './bridge-screen.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function bridge() {
  const sent: unknown[] = [];
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: (contract, input, options) => {
      if (contract.id === 'updateBridge') sent.push(input.body);
      return fake.call(contract, input, options);
    },
  };
  const { wrapper } = await mountScreen(BridgeScreen, { client, props: { id: 'haupt' } });
  unmount = () => wrapper.unmount();
  await flushPromises();
  const press = async (label: string) => {
    const found = [...document.querySelectorAll('button')]
      .reverse()
      .find((button) => button.textContent.trim() === label);
    found?.click();
    await flushPromises();
    return found !== undefined;
  };
  return { wrapper, sent, press };
}

it('says what the chosen policy leads to', async () => {
  const { wrapper } = await bridge();
  await wrapper.find('select[name=targetEdits]').setValue('overwrite');
  expect(wrapper.text()).toContain('Änderungen in Kimai werden mit dem Stand aus Zammad überschrieben.');
});

it('asks before the start date is moved back, and only then sends it', async () => {
  const { wrapper, sent, press } = await bridge();
  await wrapper.find('input[name=startFrom]').setValue('2026-10-01');
  await press('Speichern');
  expect(sent).toEqual([]);
  expect(document.body.textContent).toContain('Startdatum auf den 01.10.2026 vorverlegen?');
  await press('Startdatum vorverlegen');
  expect(sent).toEqual([{ revision: 3, startFrom: '2026-10-01', confirmEarlierStart: true }]);
});

it('asks before a bridge writes for the first time, and not before the power of its token was accepted', async () => {
  const { wrapper, sent, press } = await bridge();
  await wrapper.find('select[name=mode]').setValue('live');
  await press('Speichern');
  expect(await press('In Betrieb nehmen')).toBe(false);
  const risk = wrapper.findAll('label').find((label) => label.text().startsWith('Dieses API-Token '));
  await risk?.find('input').setValue(true);
  await wrapper.find('input[name=closedUntil]').setValue('2026-10-31');
  await press('Speichern');
  expect(sent).toEqual([]);
  await press('In Betrieb nehmen');
  expect(sent).toEqual([
    { revision: 3, mode: 'live', closedUntil: '2026-10-31', acceptTokenRisk: TOKEN_RISK },
  ]);
});

it('does not save what the API would refuse, and says why', async () => {
  const { wrapper, sent, press } = await bridge();
  await wrapper.find('input[name=quietMinutes]').setValue('90');
  await press('Speichern');
  expect(sent).toEqual([]);
  expect(wrapper.text()).toContain('Bitte eine ganze Zahl von 0 bis 60 eingeben.');
});
