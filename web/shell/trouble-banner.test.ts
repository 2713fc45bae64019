import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { ApiProblem } from '../api/problem';
import { createFakeClient } from '../dev/fake-client';
import { mountScreen } from '../dev/mount-screen';
import TroubleBanner from './trouble-banner.vue';

/** The banner, where the status answers so often and then no more. */
async function banner(answers: number) {
  const fake = createFakeClient();
  let left = answers;
  const client: typeof fake = {
    ...fake,
    call: (contract, input, options) => {
      if (contract.id === 'readStatus' && left-- <= 0)
        return Promise.reject(new ApiProblem(0, 'unreachable', ''));
      return fake.call(contract, input, options);
    },
  };
  const mounted = await mountScreen(TroubleBanner, { client });
  await mounted.queryClient.refetchQueries();
  await flushPromises();
  return mounted.wrapper;
}

it('says since when nothing was heard, and that the last state is shown', async () => {
  const wrapper = await banner(1);
  expect(wrapper.get('[role=alert]').text()).toMatch(
    /antwortet seit \d\d:\d\d nicht. Sie sehen den letzten Stand/,
  );
  wrapper.unmount();
});
it('names no time and no last state where there was none', async () => {
  const wrapper = await banner(0);
  expect(wrapper.get('[role=alert]').text()).toBe(
    'Timebridge antwortet nicht. Es wird automatisch weiter versucht.',
  );
  wrapper.unmount();
});
