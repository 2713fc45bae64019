import { describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { markDaysDirty } from '../../../db/stores/bridges.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

describe('a start that is moved back', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const session = () => ({ db: bridge.engine.db, tx: null });
  const minutes = async () => (await bridge.timesheets()).map(({ duration }) => duration / 60).sort();
  const startAt = (day: string) =>
    rows(session(), 'update bridges set start_from = $2 where id = $1 returning 1', [BRIDGE, day]);
  const states = async () =>
    (await rows<{ state: string }>(session(), 'select state from bridge_entries order by time_entry_id')).map(
      ({ state }) => state,
    );

  it('brings what lies before the old one in once, and doubles nothing', async () => {
    // In two days: late in the evening it is tomorrow already where the bridge is.
    const [found] = await rows<{ later: string; before: string }>(
      session(),
      `select (current_date + 2)::text as later, (current_date - 40)::text as before`,
    );
    const { later, before } = found ?? { later: '', before: '' };
    await startAt(later);
    await bridge.book(45);
    await bridge.book(30);
    await bridge.engine.run();
    expect(await minutes()).toEqual([]);
    expect(await states()).toEqual(['before_start', 'before_start']);

    await startAt(before);
    await markDaysDirty(session(), BRIDGE, before, later);
    await bridge.engine.run();
    expect(await minutes()).toEqual([30, 45]);
    expect(await states()).toEqual(['agreed', 'agreed']);
    await bridge.engine.run();
    await bridge.book(15);
    await bridge.engine.run();
    expect(await minutes()).toEqual([15, 30, 45]);
  });
});
