import { expect, it } from 'vitest';
import { createActivities } from '../../../activities/index.js';
import type { TimeSource } from '../../../connectors/port.js';
import { rows } from '../../../db/sql.js';
import { listCrowdedBridges } from '../../../db/stores/keeper.js';
import { keepDelivery } from '../../../db/stores/webhook-deliveries.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

let bridge: ContractBridge;
/** Happens once, when the source is next asked for what changed. */
let whileReading: () => Promise<void> = async () => undefined;
withContractBridge(
  (opened) => (bridge = opened),
  {},
  (depsOver, db) => {
    const deps = depsOver(db);
    const source = async (id: string) => readMeanwhile(await deps.connectors.source(id));
    return createActivities({ ...deps, connectors: { ...deps.connectors, source } });
  },
);

const readMeanwhile = (source: TimeSource): TimeSource =>
  new Proxy(source, {
    get(of, key): unknown {
      const member: unknown = Reflect.get(of, key);
      if (key !== 'listChanged' || typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        const happen = whileReading;
        whileReading = async () => undefined;
        await happen();
        const page: unknown = await Reflect.apply(member, of, args);
        return page;
      };
    },
  });

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

const told = async (deliveryId: string, ticketId: string) =>
  keepDelivery(session(), { bridgeId: BRIDGE, deliveryId, ticketId, bodyHash: Buffer.from('') });
const session = () => ({ db: bridge.engine.db, tx: null });
const waiting = async () =>
  (
    await rows<{ id: string }>(
      session(),
      'select delivery_id as id from webhook_deliveries where signalled_at is null order by id',
    )
  ).map(({ id }) => id);

it('a run covers what webhooks told before it read the source, and nothing that came later', async () => {
  const { activities } = bridge.engine;
  const { runId } = await bridge.engine.run();
  await told('before', '1');
  whileReading = async () => void (await told('meanwhile', '1'));
  await activities.fetchSource({ bridgeId: BRIDGE, runId, full: false });
  expect(await waiting()).toEqual(['meanwhile']);
  await activities.fetchSource({ bridgeId: BRIDGE, runId, full: false });
  expect(await waiting()).toEqual([]);
});

it('a bridge is crowded when more tickets wait than may one by one, and read when the storm is over', async () => {
  for (const ticket of ['1', '2', '2', '3']) await told(`${ticket}-${Math.random()}`, ticket);
  const crowded = () => listCrowdedBridges(session(), 2);
  const set = (sql: string) => rows(session(), `${sql} returning 1`);
  expect(await listCrowdedBridges(session(), 3)).toEqual([]);
  expect(await crowded()).toEqual([{ bridgeId: BRIDGE, mayRun: false }]);
  const age = (seconds: number, which: string) =>
    set(`update webhook_deliveries set received_at = now() - interval '${seconds} seconds' where ${which}`);
  await age(31, `ticket_id = '1'`); // a storm that lasts is read in between
  expect(await crowded()).toEqual([{ bridgeId: BRIDGE, mayRun: true }]);
  await age(4, 'true'); // one that is over, at once
  expect(await crowded()).toEqual([{ bridgeId: BRIDGE, mayRun: true }]);
  await set(`update connectors set health = 'paused' where id = 'zammad'`);
  expect(await crowded()).toEqual([{ bridgeId: BRIDGE, mayRun: false }]);
  await set(`update bridges set mode = 'off'`);
  expect(await crowded()).toEqual([]);
});
