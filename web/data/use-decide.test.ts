import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { createFakeClient } from '../dev/fake-client';
import { createFakeWorld, FAKE_GRACE_MS } from '../dev/fake-world';
import { mountScreen } from '../dev/mount-screen';
import { usePendingDecisions } from './pending-decisions';
import { useDecide, type Verdict } from './use-decide';
import { useWithdraw } from './use-withdraw';

const verdict: Verdict = {
  conflictId: '4',
  version: 'v4',
  choice: 'keep_target',
  parameters: {},
  note: null,
  subject: '#50012',
};

async function page() {
  const world = createFakeWorld();
  const hooks = { onLeave: vi.fn(), onAccepted: vi.fn(), onStale: vi.fn() };
  const made: { decide?: ReturnType<typeof useDecide>; withdraw?: ReturnType<typeof useWithdraw> } = {};
  const Page = defineComponent({
    setup() {
      made.decide = useDecide(hooks);
      made.withdraw = useWithdraw();
      return () => null;
    },
  });
  const { wrapper } = await mountScreen(Page, { client: createFakeClient(world) });
  return { world, hooks, wrapper, ...usePendingDecisions(), made };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('deciding', () => {
  it('takes the case out of the list before the server has answered', async () => {
    const { made, hiddenIds, hooks } = await page();
    made.decide?.mutate(verdict);
    await vi.waitFor(() => expect(hiddenIds.value.has('4')).toBe(true));
    expect(hooks.onLeave).toHaveBeenCalledWith('4');
    await vi.advanceTimersByTimeAsync(FAKE_GRACE_MS + 10_000);
  });

  it('can be taken back on the server while it waits; then the case is there again', async () => {
    const { made, world, pending, hiddenIds } = await page();
    made.decide?.mutate(verdict);
    await flushPromises();
    const [waiting] = pending.value;
    expect(waiting).toMatchObject({ subject: '#50012', conflictIds: ['4'] });
    expect(world.cases.get('4')?.conflict.state).toBe('deciding');
    if (waiting) made.withdraw?.(waiting);
    await flushPromises();
    expect(world.cases.get('4')?.conflict.state).toBe('open');
    expect(pending.value).toEqual([]);
    expect(hiddenIds.value.has('4')).toBe(false);
  });

  it('can be taken back before the server has answered: the wish waits for the answer', async () => {
    const { made, world, pending, hiddenIds } = await page();
    made.decide?.mutate(verdict);
    await vi.waitFor(() => expect(pending.value).toHaveLength(1));
    const [sending] = pending.value;
    expect(sending?.appliesAt).toBeNull();
    if (sending) made.withdraw?.(sending);
    await flushPromises();
    expect(world.cases.get('4')?.conflict.state).toBe('open');
    expect(pending.value).toEqual([]);
    expect(hiddenIds.value.has('4')).toBe(false);
  });

  it('cannot be taken back any more once the grace time is over', async () => {
    const { made, pending } = await page();
    made.decide?.mutate(verdict);
    await flushPromises();
    expect(pending.value).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(FAKE_GRACE_MS + 1);
    expect(pending.value).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
  });

  it('brings a stale case back and tells the screen, instead of deciding on old facts', async () => {
    const { made, world, hiddenIds, hooks } = await page();
    made.decide?.mutate({ ...verdict, version: 'older' });
    await flushPromises();
    expect(hooks.onStale).toHaveBeenCalledWith('4');
    expect(hiddenIds.value.has('4')).toBe(false);
    expect(world.cases.get('4')?.conflict.state).toBe('open');
  });

  it('brings the case back and says why when the server refuses', async () => {
    const { made, hiddenIds, notice, hooks } = await page();
    made.decide?.mutate({ ...verdict, conflictId: '999' });
    await flushPromises();
    expect(hiddenIds.value.has('999')).toBe(false);
    expect(notice.value).toMatchObject({ tone: 'bad' });
    expect(hooks.onStale).not.toHaveBeenCalled();
  });
});
