import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { createFakeClient } from '../../dev/fake-client';
import { mountScreen } from '../../dev/mount-screen';
import InstallWebhook from './install-webhook.vue';

const url = 'https://timebridge.example.com/api/v1/webhooks/zammad/haupt';

it('says what the token lacks, and that a lent one is used once and not stored', async () => {
  const bodies: unknown[] = [];
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: (contract, input, options) => {
      if (contract.id !== 'installWebhook') return fake.call(contract, input, options);
      bodies.push(input.body);
      const facts = { system: 'Zammad', permission: 'admin.webhook, admin.trigger' };
      const refused = { action: null, finding: { code: 'check_permission_missing', facts }, url };
      const made = { action: 'created', finding: null, url };
      return contract.reply.validate(bodies.length === 1 ? refused : made);
    },
  };
  const { wrapper } = await mountScreen(InstallWebhook, { client, props: { bridgeId: 'haupt' } });
  expect(wrapper.find('input').exists()).toBe(false);
  await wrapper.find('button').trigger('click');
  await flushPromises();
  expect(wrapper.find('[role=alert]').text()).toContain('admin.webhook, admin.trigger');
  expect(wrapper.text()).toContain('nur für diesen einen Aufruf');
  await wrapper.find('input').setValue(' tok_admin ');
  await wrapper.find('button').trigger('click');
  await flushPromises();
  expect(bodies).toEqual([{}, { token: 'tok_admin' }]);
  expect(wrapper.find('[role=alert]').exists()).toBe(false);
  wrapper.unmount();
});
