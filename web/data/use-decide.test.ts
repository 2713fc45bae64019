import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import type { ApiClient } from '../api/client';
import { ApiProblem } from '../api/problem';
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function page(client?: ApiClient) {
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
  const { wrapper } = await mountScreen(Page, { client: client ?? createFakeClient(world) });
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

  it('sends one decision on a case, and takes one on the next case meanwhile', async () => {
    const { made, world, pending } = await page();
    made.decide?.mutate(verdict);
    made.decide?.mutate(verdict);
    made.decide?.mutate({ ...verdict, conflictId: '5', version: 'v5', subject: '#50044' });
    await flushPromises();
    expect(pending.value.map(({ conflictIds }) => conflictIds)).toEqual([['5'], ['4']]);
    expect(world.cases.get('5')?.conflict.state).toBe('deciding');
    await vi.advanceTimersByTimeAsync(FAKE_GRACE_MS + 10_000);
  });

  it('is the same decision when it is made again because no answer came', async () => {
    const sent: unknown[] = [];
    const fake = createFakeClient(createFakeWorld());
    const lost: typeof fake = {
      ...fake,
      call: (contract, input, options) => {
        if (contract.id !== 'decideConflict') return fake.call(contract, input, options);
        sent.push(input.body);
        return Promise.reject(new ApiProblem(sent.length === 1 ? 503 : 404, 'any', ''));
      },
    };
    const { made, notice } = await page(lost);
    const decide = async () => {
      made.decide?.mutate(verdict);
      await flushPromises();
    };
    await decide();
    expect(notice.value?.text).toContain('Noch ohne Antwort');
    await decide();
    await decide();
    const ids = sent.map((body) => (isRecord(body) ? body['decisionId'] : null));
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]); // the second one was answered
  });
});
