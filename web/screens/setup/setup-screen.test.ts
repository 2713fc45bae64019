import { flushPromises } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../../dev/fake-client';
import { mountScreen } from '../../dev/mount-screen';
import SetupScreen from './setup-screen.vue';

const open = (path: string) => mountScreen(SetupScreen, { path, client: createFakeClient() });
const buttonNamed = (wrapper: Awaited<ReturnType<typeof open>>['wrapper'], text: string) =>
  wrapper.findAll('button').find((button) => button.text().includes(text));

describe('the set-up', () => {
  it('opens the step of the address and says which it is', async () => {
    const { wrapper } = await open('/setup?step=webhook');
    expect(wrapper.get('h2').text()).toBe('Webhook');
    expect(wrapper.get('[aria-current=step]').text()).toContain('Webhook');
    expect(wrapper.get<HTMLInputElement>('input[readonly]').element.value).toContain('/webhooks/zammad/');
  });

  it('tests what is connected at once, and goes on only when that is well', async () => {
    const { wrapper, router } = await open('/setup?step=zammad');
    await vi.waitFor(() => expect(wrapper.text()).toContain('Zammad antwortet'));
    await buttonNamed(wrapper, 'Weiter')?.trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.query['step']).toBe('kimai');
  });

  it('shows entries of Zammad in hours, by the unit that is chosen', async () => {
    const { wrapper } = await open('/setup?step=time');
    await vi.waitFor(() => expect(wrapper.text()).toContain('50031'));
    expect(wrapper.text()).toContain('1:30');
    await wrapper.get('select[name=unit]').setValue('quarter');
    expect(wrapper.text()).toContain('22:30');
  });
});
