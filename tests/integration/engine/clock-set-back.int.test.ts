import { describe, expect, it } from 'vitest';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

const MINUTE_MS = 60_000;

describe('a clock that was ahead and is set back', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const setClocks = async (offsetMs: number): Promise<void> => {
    for (const url of [bridge.simulators.zammadUrl, bridge.simulators.kimaiUrl]) {
      const reply = await fetch(`${url}/__control/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ offsetMs }),
      });
      expect(reply.status).toBe(200);
    }
  };
  const minutes = async () => (await bridge.timesheets()).map(({ duration }) => duration / 60);

  it('hides no change of an entry and no new one from the next runs', async () => {
    await setClocks(40 * MINUTE_MS);
    const entry = await bridge.book(30);
    await bridge.engine.run();
    expect(await minutes()).toEqual([30]);
    await setClocks(0);

    await bridge.zammad('PUT', `/tickets/${bridge.ticketId}/time_accountings/${entry}`, { time_unit: 45 });
    await bridge.book(20);
    await bridge.engine.run();
    expect(await minutes()).toEqual([45, 20]);

    // The cursor went back with the clock: what follows is found as ever.
    await bridge.book(5);
    await bridge.engine.run();
    expect(await minutes()).toEqual([45, 20, 5]);
  });

  it('hides no change of a row in Kimai', async () => {
    await setClocks(40 * MINUTE_MS);
    await bridge.book(30);
    await bridge.engine.run();
    await bridge.engine.run();
    await setClocks(0);

    const [row] = await bridge.timesheets();
    const end = new Date(Date.now() - 24 * 60 * MINUTE_MS);
    const begin = new Date(end.getTime() - 90 * MINUTE_MS);
    const local = (at: Date) => at.toISOString().slice(0, 19);
    await bridge.kimai('PATCH', `/timesheets/${row?.id}`, { begin: local(begin), end: local(end) });
    await bridge.engine.run();
    expect((await bridge.engine.openConflicts()).map(({ kind }) => kind)).toEqual(['target_changed']);
  });
});
