import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createZammadSource } from '../../connectors/zammad/source.js';
import { startZammad, type TestServer } from '../../simulators/zammad/test-server.js';
import { startReceiver, type Receiver } from '../../simulators/zammad/webhooks/test-receiver.js';
import { zammadContext } from './zammad-world.js';

const SECRET = 's3cr3t-t0k3n';

describe('webhook and triggers that Timebridge makes in Zammad', () => {
  let zammad: TestServer;
  let receiver: Receiver;
  beforeEach(async () => {
    zammad = await startZammad();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await zammad.simulator.close();
    await receiver.close();
  });

  const wanted = () => ({
    ...{ name: 'Timebridge main', note: 'Timebridge, bridge main', secret: SECRET },
    url: `${receiver.url}/api/v1/webhooks/zammad/main`,
  });
  const install = async (token = 'tok_admin') => {
    const source = createZammadSource(zammadContext(zammad.simulator.url, token), { retryDelaysMs: [] });
    try {
      return await source.webhooks?.install(wanted());
    } finally {
      await source.close();
    }
  };
  const list = async (path: string) => (await zammad.call('GET', `/api/v1/${path}`)).body;
  const made = async () => ({ webhooks: await list('webhooks'), triggers: await list('triggers') });

  it('are one webhook and two triggers, found again by their names, with a new secret taken over', async () => {
    expect(await install()).toBe('created');
    const first = await made();
    expect(first.webhooks).toMatchObject([
      { name: 'Timebridge main', signature_token: SECRET, active: true },
    ]);
    expect(first.triggers).toMatchObject([
      {
        name: 'Timebridge main: create',
        execution_condition_mode: 'always',
        activator: 'action',
        active: true,
      },
      {
        name: 'Timebridge main: update',
        execution_condition_mode: 'always',
        activator: 'action',
        active: true,
      },
    ]);
    expect(await install()).toBe('updated');
    expect(await made()).toEqual(first);
  });

  it('call signed, once for each save: a new ticket, accounted time, a change', async () => {
    await install();
    await zammad.call('POST', '/__control/webhook-retries', { body: { scale: 0.01, delayMs: 0 } });
    const ticket = { title: 'Drucker', group_id: 1, customer_id: 5, article: { body: 'x', type: 'note' } };
    await zammad.call('POST', '/api/v1/tickets', { body: ticket });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 5_000);
    await zammad.call('POST', '/api/v1/tickets/1/time_accountings', { body: { time_unit: 15 } });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), 5_000);
    await zammad.call('PUT', '/api/v1/tickets/1', { body: { title: 'Drucker druckt nicht' } });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), 5_000);
    for (const { headers, body } of receiver.received)
      expect(headers['x-hub-signature']).toBe(
        `sha1=${createHmac('sha1', SECRET).update(body).digest('hex')}`,
      );
  });

  it('name both rights when the token has neither, and make nothing', async () => {
    await expect(install('tok_sync')).rejects.toMatchObject({
      code: 'permission_missing',
      info: { permission: 'admin.webhook, admin.trigger' },
    });
    expect(await made()).toEqual({ webhooks: [], triggers: [] });
  });

  it('leave alone what people made, of whatever name', async () => {
    const theirs = {
      name: 'Timebridge main: update',
      ...{ condition: { 'ticket.action': { operator: 'is', value: 'update' } }, activator: 'action' },
      perform: { 'ticket.title': { value: 'x' } },
    };
    await zammad.call('POST', '/api/v1/triggers', { body: theirs });
    const before = await list('triggers');
    await expect(install()).rejects.toMatchObject({ code: 'record_refused', info: { field: 'name' } });
    expect(await list('triggers')).toEqual(expect.arrayContaining(Array.isArray(before) ? before : []));
  });
});
