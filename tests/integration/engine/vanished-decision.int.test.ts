import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

let bridge: ContractBridge;
withContractBridge((opened) => (bridge = opened), { newEntries: 'ask' });

it('a case vanishes while its decision could still be taken back: the decision ends with it, and says why', async () => {
  const entry = await bridge.book(30);
  await bridge.engine.run();
  const [asked] = await bridge.engine.openConflicts();
  if (asked === undefined) throw new Error('a new entry must be asked');
  const decisionId = randomUUID();
  const decision = { conflictId: asked.id, decisionId };
  const { activities, db } = bridge.engine;
  await activities.recordDecision({
    ...{ ...decision, version: asked.version, choice: 'create', parameters: {}, note: null },
    actor: { kind: 'person', id: randomUUID(), name: 'Berta' },
  });
  await bridge.zammad('DELETE', `/time_accountings/${entry}`);
  await bridge.engine.run(true);

  expect(await bridge.engine.openConflicts()).toEqual([]);
  const decided = await rows<{ state: string; why: string; finished: boolean }>(
    { db, tx: null },
    `select state, outcome ->> 'code' as why, finished_at is not null as finished from decisions where id = $1`,
    [decisionId],
  );
  expect(decided).toEqual([{ state: 'stale', why: 'case_vanished', finished: true }]);
  const recorded = await rows<{ action: string }>(
    { db, tx: null },
    `select action from audit_logs where subject_kind = 'conflict' and subject_id = $1 order by id`,
    [asked.id],
  );
  expect(recorded.map(({ action }) => action)).toEqual(['decision.recorded', 'decision.stale']);
  await expect(activities.withdrawDecision({ ...decision, actorId: randomUUID() })).rejects.toThrow('stale');
  expect(await bridge.timesheets()).toEqual([]);
});
