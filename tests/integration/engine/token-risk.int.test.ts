import { expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

let bridge: ContractBridge;
withContractBridge((opened) => (bridge = opened));

const session = () => ({ db: bridge.engine.db, tx: null });
const pause = async () =>
  (await rows<{ code: string | null }>(session(), `select paused_cause ->> 'code' as code from bridges`))[0]
    ?.code;
const become = (role: string): Promise<unknown> => bridge.kimai('PATCH', '/users/6', { roles: [role] });

it('a run that meets a token of too much power writes nothing until that is accepted and a day is closed', async () => {
  await become('ROLE_ADMIN');
  await rows(
    session(),
    `update connectors set capabilities = capabilities - 'powerful' where id = 'kimai' returning 1`,
  );
  await bridge.book(15);
  await bridge.engine.run();
  expect(await bridge.timesheets()).toEqual([]);
  expect(await pause()).toBe('token_risk_open');
  await expect(bridge.engine.run()).rejects.toThrow('bridge_paused');

  await rows(
    session(),
    `update bridges set paused_cause = null, token_risk = '{"by": "1", "name": "Anna", "at": "2026-11-20T10:00:00Z"}'
     where id = $1 returning 1`,
    [BRIDGE],
  );
  await expect(bridge.engine.run()).rejects.toThrow('bridge_paused');
  expect(await pause()).toBe('token_risk_open');

  await rows(session(), `update bridges set paused_cause = null, closed_until = '2020-01-31' returning 1`);
  await bridge.engine.run();
  expect(await bridge.timesheets()).toHaveLength(1);
});

it('shadow mode needs nobody’s word', async () => {
  await become('ROLE_ADMIN');
  await rows(session(), `update bridges set mode = 'shadow' returning 1`);
  await bridge.book(15);
  await bridge.engine.run();
  expect(await pause()).toBeNull();
  expect(await bridge.timesheets()).toEqual([]);
});
