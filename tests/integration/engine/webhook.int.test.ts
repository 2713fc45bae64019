import { expect, it } from 'vitest';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

let bridge: ContractBridge;
withContractBridge((opened) => (bridge = opened));

const install = async (token: string | null) => {
  const { engine } = bridge;
  const sealedSecret = await engine.seal('s3cr3t');
  const sealedToken = token === null ? null : await engine.seal(token);
  const url = 'https://tb.example.com/api/v1/webhooks/zammad/demo';
  return engine.activities.installWebhook({
    ...{ bridgeId: BRIDGE, connectorId: 'zammad', url, sealedSecret, sealedToken },
  });
};

it('the stored token may not make a webhook: what is missing is the answer, and nothing pauses', async () => {
  expect(await install(null)).toMatchObject({
    ok: false,
    code: 'check_permission_missing',
    facts: { permission: 'admin.webhook, admin.trigger' },
  });
  await bridge.book(15);
  await bridge.engine.run();
  expect(await bridge.timesheets()).toHaveLength(1);
});

it('a token that is lent makes it, with the secret that was sealed, and again brings it up to date', async () => {
  expect(await install('tok_admin')).toEqual({ ok: true, action: 'created' });
  expect(await bridge.zammad('GET', '/webhooks')).toMatchObject([
    { name: 'Timebridge demo', signature_token: 's3cr3t' },
  ]);
  expect(await install('tok_admin')).toEqual({ ok: true, action: 'updated' });
  expect(await bridge.zammad('GET', '/triggers')).toMatchObject([{}, {}]);
});
