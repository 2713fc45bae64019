import { createHmac } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rows } from '../../db/sql.js';
import { unavailable } from '../testing/fake-gateway.js';
import { keepDelivery } from '../../db/stores/webhook-deliveries.js';
import { ONE_BY_ONE } from '../../temporal/tickets.js';
import { makeBridge, WEBHOOK_SECRET } from '../testing/make-rows.js';
import { readAnswer, withApi } from '../testing/test-api.js';
import { PassOn, type KeptDelivery } from './pass-on.js';

const PAYLOAD = '{"ticket":{"id":50,"title":"Gr\\u00fc\\u003cn"},"article":{}}';

describe('webhooks of Zammad', () => {
  const api = withApi();
  const stored = () =>
    rows<{ ticket_id: string; delivery_id: string; signalled: boolean }>(
      { db: api().deps.db, tx: null },
      'select ticket_id, delivery_id, signalled_at is not null as signalled from webhook_deliveries order by id',
    );
  beforeAll(async () => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(async () => {
    api().gateway.calls.length = 0;
    api().gateway.fail('signalTicketChanged', null);
    await rows({ db: api().deps.db, tx: null }, 'delete from webhook_deliveries returning 1');
  });

  const sign = (body: string | Buffer, secret = WEBHOOK_SECRET) =>
    `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;
  const deliver = async (body: string, headers: Record<string, string> = {}, bridge = 'main') =>
    readAnswer(
      await fetch(`${api().url}/api/v1/webhooks/zammad/${bridge}`, {
        method: 'POST',
        headers: { 'x-hub-signature': sign(body), 'x-zammad-delivery': 'd-1', ...headers },
        body,
      }),
    );

  it('keeps one row, answers 202 and tells the ticket’s process', async () => {
    const answer = await deliver(PAYLOAD);
    expect([answer.status, answer.body]).toEqual([202, { accepted: true, duplicate: false }]);
    await vi.waitFor(async () =>
      expect(await stored()).toEqual([{ ticket_id: '50', delivery_id: 'd-1', signalled: true }]),
    );
    expect(api().gateway.calls).toMatchObject([
      { name: 'signalTicketChanged', args: [{ bridgeId: 'main', ticketId: '50' }] },
    ]);
  });

  it('knows a delivery that Zammad repeats, even with another body', async () => {
    await deliver(PAYLOAD);
    const again = await deliver('{"ticket":{"id":50,"title":"newer"}}');
    expect([again.status, again.body['duplicate']]).toEqual([202, true]);
    expect(await stored()).toHaveLength(1);
  });

  it('tells a ticket of a burst with few signals, the last of them after the last delivery was kept', async () => {
    const { gateway } = api();
    const release: (() => void)[] = [];
    gateway.hold('signalTicketChanged', new Promise((resolve) => void release.push(() => resolve())));
    for (let delivery = 1; delivery <= 20; delivery += 1)
      await deliver(PAYLOAD, { 'x-zammad-delivery': `burst-${delivery}` });
    release.forEach((go) => go());
    await vi.waitFor(async () => expect((await stored()).every(({ signalled }) => signalled)).toBe(true));
    expect(gateway.calls).toHaveLength(2);
    const [newest] = await rows<{ id: string }>(
      { db: api().deps.db, tx: null },
      'select max(id) as id from webhook_deliveries',
    );
    expect(gateway.calls[1]?.args).toMatchObject([{ id: newest?.id, ticketId: '50' }]);
  });

  describe('tickets that change', () => {
    let [calls, underWay, most] = [0, 0, 0];
    const signalTicketChanged = async (): Promise<void> => {
      calls += 1;
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    };
    const signalled = async () => (await stored()).filter((delivery) => delivery.signalled).length;

    /** Deliveries of so many tickets, all at once. */
    async function arrive(count: number): Promise<void> {
      [calls, underWay, most] = [0, 0, 0];
      const { deps } = api();
      const kept: KeptDelivery[] = [];
      for (let ticket = 1; ticket <= count; ticket += 1) {
        const delivery = { bridgeId: 'main', deliveryId: `many-${ticket}`, ticketId: `${ticket}` };
        const id = await keepDelivery({ db: deps.db, tx: null }, { ...delivery, bodyHash: Buffer.from('') });
        kept.push({ ...delivery, id: id ?? '' });
      }
      const passOn = new PassOn({ ...deps, gateway: { ...deps.gateway, signalTicketChanged } });
      kept.forEach((delivery) => passOn.accept(delivery));
    }

    it('are told of one by one, few at a time', async () => {
      await arrive(12);
      await vi.waitFor(async () => expect(await signalled()).toBe(12), { timeout: 10_000 });
      expect(calls).toBe(12);
      expect(most).toBeLessThanOrEqual(4);
    });

    it('are left to a run when they are many, those in line too', async () => {
      await arrive(ONE_BY_ONE.tickets + 1);
      await vi.waitFor(async () => expect(await signalled()).toBe(4)); // those that had their turn already
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect([await signalled(), calls]).toEqual([4, 4]);
      expect(await stored()).toHaveLength(ONE_BY_ONE.tickets + 1);
    });
  });

  it('keeps the row while Temporal is away, so that it can be told later', async () => {
    api().gateway.fail('signalTicketChanged', unavailable());
    expect((await deliver(PAYLOAD)).status).toBe(202);
    expect(await stored()).toMatchObject([{ ticket_id: '50', signalled: false }]);
  });

  it.each([
    ['no signature', { 'x-hub-signature': '' }, 'main'],
    ['a signature with another secret', { 'x-hub-signature': sign(PAYLOAD, 'other') }, 'main'],
    ['a signature of other bytes', { 'x-hub-signature': sign(`${PAYLOAD} `) }, 'main'],
    ['a bridge that does not exist', {}, 'nowhere'],
  ])('refuses %s with 401 and stores nothing', async (_what, headers, bridge) => {
    const answer = await deliver(PAYLOAD, headers, bridge);
    expect([answer.status, answer.body['code']]).toEqual([401, 'bad-signature']);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['what is not JSON', '{"ticket":', 'bad-json'],
    ['a payload without a ticket', '{"article":{}}', 'ticket-missing'],
    ['a ticket id that is none', '{"ticket":{"id":"../1"}}', 'ticket-missing'],
  ])('answers 400 to %s and says so', async (_what, body, code) => {
    const answer = await deliver(body);
    expect([answer.status, answer.body['code']]).toEqual([400, code]);
    expect(await stored()).toEqual([]);
  });

  it('tells on the bridge what came last and why one was turned away', async () => {
    const webhook = async () => {
      const { body } = await api().call('viewer', 'GET', '/api/v1/bridges/main');
      return body['bridge'];
    };
    const session = { db: api().deps.db, tx: null };
    const forget = () => rows(session, 'delete from webhook_refusals returning 1');
    for (const [signature, body, cause] of [
      ['', PAYLOAD, 'no_signature'],
      [sign(PAYLOAD, 'other'), PAYLOAD, 'wrong_signature'],
      [sign('{}'), '{}', 'no_ticket'],
    ] as const) {
      await forget();
      await deliver(body, { 'x-hub-signature': signature });
      expect(await webhook()).toMatchObject({ webhook: { lastDeliveryAt: null, lastRefusal: { cause } } });
    }
    await deliver(PAYLOAD, {}, 'nowhere');
    await deliver(PAYLOAD);
    expect(JSON.stringify(await webhook())).toMatch(/"lastDeliveryAt":"20/);
  });

  it('refuses more than a megabyte', async () => {
    const answer = await deliver(`{"ticket":{"id":50},"x":"${'y'.repeat(1024 * 1024)}"}`);
    expect([answer.status, answer.body['code']]).toEqual([413, 'too-large']);
  });

  it('accepts both secrets after a rotation, until the old one is dropped', async () => {
    const rotate = (dropPrevious: boolean) =>
      api().call('admin', 'POST', '/api/v1/bridges/main/webhook-secret', { dropPrevious });
    const { body } = await rotate(false);
    const fresh = String(body['secret']);
    expect((await deliver(PAYLOAD, { 'x-zammad-delivery': 'old' })).status).toBe(202);
    const signed = { 'x-zammad-delivery': 'new', 'x-hub-signature': sign(PAYLOAD, fresh) };
    expect((await deliver(PAYLOAD, signed)).status).toBe(202);
    await rotate(true);
    expect((await deliver(PAYLOAD, { 'x-zammad-delivery': 'late' })).status).toBe(401);
    expect((await deliver(PAYLOAD, signed)).status).toBe(202);
  });
});
