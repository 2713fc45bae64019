import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { signalTicketChanged } from '../../../temporal/tickets.js';
import { inFlight } from '../../../worker/in-flight.js';
import { workflowIds } from '../../../workflows/messages.js';
import { NOTHING_APPLIED, NOTHING_RECONCILED, rejectedToken } from './fake-world.js';
import { pause, until, withWorkflows } from './kit.js';

const stage = withWorkflows();
const freshTicket = (spacingMs: number) => ({ bridgeId: 'bridge', ticketId: randomUUID(), spacingMs });
const ended = ({ ticketId }: { ticketId: string }) =>
  stage().temporal.client.workflow.getHandle(workflowIds.ticketSync('bridge', ticketId)).result();
const syncs = () => stage().world.calls.filter(({ name }) => name === 'fetchTicket');

beforeEach(() => {
  const { world } = stage();
  for (const name of Object.keys(world.overrides)) Reflect.deleteProperty(world.overrides, name);
  world.calls.length = 0;
});

describe('a ticket that changes', () => {
  it('is synced once, at once, when it was quiet', async () => {
    const { temporal, world } = stage();
    const ticket = freshTicket(400);
    await signalTicketChanged(temporal, ticket);
    await ended(ticket);
    const scope = { kind: 'ticket', ticketId: ticket.ticketId };
    expect(world.order).toEqual(['fetchTicket', 'reconcile', 'applyPlan']);
    expect(world.called('reconcile')).toEqual([
      { bridgeId: 'bridge', scope, cause: { runId: null, decisionId: null } },
    ]);
  });

  it('starts a process when it asks something', async () => {
    const { temporal, world } = stage();
    const ticket = freshTicket(400);
    world.reconcileAnswers.push({ ...NOTHING_RECONCILED, tickets: 1, asked: 1 });
    await signalTicketChanged(temporal, ticket);
    await ended(ticket);
    expect(world.order).toEqual(['fetchTicket', 'reconcile', 'applyPlan', 'openConflicts']);
  });

  it('is synced a few times for a burst of 1,000 signals, and once after the last', async () => {
    const { temporal } = stage();
    const ticket = freshTicket(3_000);
    const since = Date.now();
    await inFlight(20, [...Array(1_000).keys()], () => signalTicketChanged(temporal, ticket));
    const last = Date.now();
    await ended(ticket);
    const most = 2 + Math.ceil((last - since) / 3_000); // the first, one for each spacing begun, the one after the last
    expect(syncs().length).toBeLessThanOrEqual(most);
    expect(syncs().length).toBeGreaterThanOrEqual(2);
    const times = syncs().map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_900);
  });

  it('is read again when a signal comes while it is being read', async () => {
    const { temporal, world } = stage();
    const ticket = freshTicket(100);
    world.overrides.fetchTicket = async () => {
      Reflect.deleteProperty(world.overrides, 'fetchTicket');
      await signalTicketChanged(temporal, ticket);
      return { read: 1, changed: 1, unreadable: 0 };
    };
    await signalTicketChanged(temporal, ticket);
    await ended(ticket);
    expect(syncs()).toHaveLength(2);
  });

  it('is not read again for a delivery that was kept before its reading, however late the signal comes', async () => {
    const { temporal, world } = stage();
    const ticket = freshTicket(300);
    world.overrides.fetchTicket = async () => ({ read: 1, changed: 1, unreadable: 0, coveredUpTo: 1_000 });
    await signalTicketChanged(temporal, { ...ticket, deliveryId: '1' });
    await until(() => expect(syncs()).toHaveLength(1));
    for (const deliveryId of ['2', '999', '1000'])
      await signalTicketChanged(temporal, { ...ticket, deliveryId });
    await ended(ticket);
    expect(syncs()).toHaveLength(1);
  });

  it('is read again for a delivery that was kept after its reading began', async () => {
    const { temporal, world } = stage();
    const ticket = freshTicket(300);
    const answers = [1_000, 1_001];
    world.overrides.fetchTicket = async () => {
      return { read: 1, changed: 1, unreadable: 0, coveredUpTo: answers.shift() ?? 0 };
    };
    await signalTicketChanged(temporal, { ...ticket, deliveryId: '1' });
    await until(() => expect(syncs()).toHaveLength(1));
    await signalTicketChanged(temporal, { ...ticket, deliveryId: '1001' });
    await ended(ticket);
    expect(syncs()).toHaveLength(2);
  });

  it('loses no signal that comes just as its process ends', async () => {
    const { temporal } = stage();
    const ticket = freshTicket(60);
    for (let signal = 0; signal < 25; signal += 1) {
      const before = Date.now();
      await signalTicketChanged(temporal, ticket);
      await until(() => expect(syncs().some(({ at }) => at >= before)).toBe(true));
      await pause(signal * 5);
    }
    await ended(ticket);
  });
});

describe('a ticket that meets a failure', () => {
  it('pauses the connector, leaves a probe behind and ends', async () => {
    const { temporal, world } = stage();
    const connectorId = `kimai-${randomUUID()}`;
    const ticket = freshTicket(50);
    world.overrides.fetchTicket = async () => Promise.reject(rejectedToken(connectorId));
    await signalTicketChanged(temporal, ticket);
    await ended(ticket);
    expect(world.called('pauseConnector')).toEqual([
      { connectorId, code: 'credentials_rejected', message: 'The token is not known' },
    ]);
    const probe = temporal.client.workflow.getHandle(workflowIds.probe(connectorId));
    expect((await probe.describe()).status.name).toBe('RUNNING');
    await probe.terminate();
  });

  it('waits for a write without an answer, looks it up, and plans refused writes anew', async () => {
    const { temporal, world } = stage();
    const ticket = freshTicket(50);
    const waitUntil = new Date(Date.now() + 700).toISOString();
    world.applyAnswers.push(
      { ...NOTHING_APPLIED, written: 1, waitUntil },
      { ...NOTHING_APPLIED, refused: 1 },
    );
    await signalTicketChanged(temporal, ticket);
    await ended(ticket);
    expect(world.order).toEqual([
      ...['fetchTicket', 'reconcile', 'applyPlan', 'applyPlan'],
      ...['reconcile', 'applyPlan'],
    ]);
    const second = world.calls.filter(({ name }) => name === 'applyPlan')[1];
    expect(second?.at).toBeGreaterThanOrEqual(Date.parse(waitUntil));
  });
});
