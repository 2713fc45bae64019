import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { markReapplied } from '../../../db/stores/bridge-entries.js';
import { findPreview } from '../../../db/stores/previews.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

describe('a description that changed after time was written', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const session = () => ({ db: bridge.engine.db, tx: null });
  const texts = async () =>
    (await bridge.timesheets()).toSorted((a, b) => a.id - b.id).map(({ description }) => description ?? '');
  const preview = async () => {
    const input = {
      ...{ bridgeId: BRIDGE, previewId: randomUUID(), asConfirmed: false, reapply: true, requestedBy: null },
    };
    await bridge.engine.activities.beginPreview(input);
    await bridge.engine.activities.planPreview(input);
    return (await findPreview(session(), BRIDGE))?.summary;
  };

  it('is re-applied to what is open, after a preview, and to nothing that is exported', async () => {
    await bridge.book(45);
    await bridge.book(30);
    await bridge.engine.run();
    const [open, billed] = (await bridge.timesheets()).toSorted((a, b) => a.id - b.id);
    await bridge.kimai('PATCH', `/timesheets/${billed?.id ?? 0}`, { exported: true });
    const before = await texts();
    await rows(
      session(),
      `update bridges set policies = policies || '{"descriptionTemplate": "Arbeiten zu {ticket.number}"}' returning 1`,
    );
    await bridge.engine.run();
    expect(await texts()).toEqual(before);

    expect(await preview()).toMatchObject({
      reapplied: { count: 1, seconds: open?.duration },
      steps: [
        { kind: 'in_sync', count: 1 },
        { kind: 'update', count: 1, seconds: 0 },
      ],
    });
    expect(await texts()).toEqual(before);

    expect(await markReapplied(session(), BRIDGE)).toBe(2);
    await bridge.engine.run();
    const [changed, left] = await texts();
    expect(changed).toMatch(/^Arbeiten zu \d+ \[tb-/);
    expect(left).toBe(before[1]);

    const written = async () => rows(session(), 'select id from ledger');
    const count = (await written()).length;
    expect(await rows(session(), 'select 1 from bridge_entries where reapply')).toEqual([]);
    await bridge.engine.run();
    expect((await written()).length).toBe(count);
    expect((await preview())?.reapplied).toEqual({ count: 0, seconds: 0 });
  });

  it('tells of more than a run may change without an admin as well', async () => {
    for (let minutes = 1; minutes <= 52; minutes += 1) await bridge.book(minutes);
    await bridge.engine.run();
    await rows(
      session(),
      `update bridges set policies = policies || '{"descriptionTemplate": "Arbeiten zu {ticket.number}"}' returning 1`,
    );
    expect((await preview())?.reapplied.count).toBe(52);
  });
});
