import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActivities } from '../../../activities/index.js';
import type { TimeTarget } from '../../../connectors/port.js';
import { inTransaction, rows } from '../../../db/sql.js';
import { planIntents, type Intent } from '../../../db/stores/ledger.js';
import { holdDirty, storePlanned } from '../../../db/stores/bridge-entries.js';
import { lockTickets } from '../../../db/stores/ticket-locks.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const CAUSE = { runId: null, decisionId: null };

let databaseUrl: string;
let bridge: ContractBridge;
/** New rows reach Kimai only then. */
let reachable: Promise<void>;
beforeEach(async () => {
  databaseUrl = await createDatabase();
  reachable = Promise.resolve();
  bridge = await openContractBridge(databaseUrl, {}, {}, (depsOver, db) => {
    const deps = depsOver(db);
    const target = async (id: string) => reachedLate(await deps.connectors.target(id));
    return createActivities({ ...deps, connectors: { ...deps.connectors, target } });
  });
});
afterEach(async () => {
  await bridge.close();
  await dropDatabase(databaseUrl);
});

const reachedLate = (target: TimeTarget): TimeTarget =>
  new Proxy(target, {
    get(of, key): unknown {
      const member: unknown = Reflect.get(of, key);
      if (key !== 'createTimesheet' || typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        await reachable;
        const made: unknown = await Reflect.apply(member, of, args);
        return made;
      };
    },
  });

/** Somebody waits for a ticket that another transaction looks at. */
const somebodyWaits = async (): Promise<boolean> =>
  (
    await rows(
      { db: bridge.engine.db, tx: null },
      `select 1 from pg_locks where locktype = 'advisory' and not granted`,
    )
  ).length > 0;

/** Kimai takes a person's wall clock, without a zone. */
const twoHoursAfter = (begin: string): string =>
  new Date(Date.parse(`${begin.slice(0, 19)}Z`) + 7_200_000).toISOString().slice(0, 19);

it('a row that is being written while its ticket is planned is not planned once more', async () => {
  const { activities, db } = bridge.engine;
  const ticketId = String(bridge.ticketId);
  await bridge.engine.run();
  await bridge.book(30);
  await activities.fetchTicket({ bridgeId: BRIDGE, ticketId });
  await activities.reconcile({ bridgeId: BRIDGE, scope: { kind: 'ticket', ticketId }, cause: CAUSE });
  const [planned] = await rows<{ intent: Intent }>({ db, tx: null }, 'select step as intent from ledger');
  if (planned === undefined) throw new Error('nothing is planned');

  let over = false;
  let applied: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (session) => {
    await lockTickets(session, BRIDGE, [ticketId]); // somebody else plans the ticket, from books without the row
    applied = activities
      .applyPlan({ bridgeId: BRIDGE, scope: { kind: 'bridge' }, cause: CAUSE })
      .finally(() => (over = true));
    await expect.poll(async () => over || (await somebodyWaits()), { timeout: 20_000 }).toBe(true);
    expect(await bridge.timesheets()).toHaveLength(1);
    await planIntents(session, { bridgeId: BRIDGE, targetConnectorId: 'kimai' }, [planned.intent], CAUSE);
  });
  await applied;
  await bridge.engine.settle({ kind: 'bridge' }, CAUSE);
  const written = await rows<{ state: string }>({ db, tx: null }, 'select state from ledger');
  expect([written, (await bridge.timesheets()).length]).toEqual([[{ state: 'done' }], 1]);
});

it('a decision comes into force after a plan that was made without it, and is not asked again by that', async () => {
  const { activities, db } = bridge.engine;
  await rows(
    { db, tx: null },
    `update bridges set policies = policies || '{"newEntries": "ask"}' returning 1`,
  );
  await bridge.book(30);
  await bridge.engine.run();
  const [asked] = await bridge.engine.openConflicts();
  if (asked === undefined) throw new Error('nothing is asked');
  const decisionId = randomUUID();
  const actor = { kind: 'person', id: 'tester', name: 'Testerin' } as const;
  const decision = { choice: 'create', parameters: {}, note: null, actor } as const;
  await activities.recordDecision({ decisionId, conflictId: asked.id, version: asked.version, ...decision });

  let over = false;
  let planned: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (session) => {
    await lockTickets(session, BRIDGE, [String(bridge.ticketId)]);
    planned = activities.planDecision({ conflictId: asked.id, decisionId }).finally(() => (over = true));
    await expect.poll(async () => over || (await somebodyWaits()), { timeout: 20_000 }).toBe(true);
    expect(await rows({ db, tx: null }, 'select state from decisions')).toEqual([{ state: 'grace' }]);
  });
  await planned;
  expect(await rows({ db, tx: null }, 'select state from decisions')).toEqual([{ state: 'applying' }]);
});

it.each([
  { rows: 'a row', bookings: [30] },
  { rows: 'rows of a group', bookings: [30, 45, 60] },
])(
  '$rows changed in Kimai before the answer is kept: asked, though a run saw it meanwhile',
  async ({ bookings }) => {
    const { activities, db } = bridge.engine;
    const ticketId = String(bridge.ticketId);
    await bridge.engine.run();
    for (const minutes of bookings) await bridge.book(minutes);
    await activities.fetchTicket({ bridgeId: BRIDGE, ticketId });
    await activities.reconcile({ bridgeId: BRIDGE, scope: { kind: 'ticket', ticketId }, cause: CAUSE });

    let over = false;
    let applied: Promise<unknown> = Promise.resolve();
    await inTransaction(db, async (session) => {
      await lockTickets(session, BRIDGE, [ticketId]); // the answers are there, and cannot be kept yet
      applied = activities
        .applyPlan({ bridgeId: BRIDGE, scope: { kind: 'bridge' }, cause: CAUSE })
        .finally(() => (over = true));
      await expect.poll(async () => over || (await somebodyWaits()), { timeout: 20_000 }).toBe(true);
      for (const { id, begin } of await bridge.timesheets())
        await bridge.kimai('PATCH', `/timesheets/${id}`, { end: twoHoursAfter(begin) });
      await activities.fetchTarget({ bridgeId: BRIDGE, runId: null, full: false });
      const held = await holdDirty(session, BRIDGE, [ticketId]);
      await storePlanned(session, BRIDGE, held, []); // and somebody who had these books has looked at the ticket
    });
    await applied;
    await bridge.engine.settle({ kind: 'bridge' }, CAUSE);
    await activities.openConflicts({ bridgeId: BRIDGE });
    const asked = await bridge.engine.openConflicts();
    expect(asked.map(({ kind }) => kind)).toEqual(bookings.map(() => 'target_changed'));
  },
);

describe('an entry that is deleted while its row is on its way', () => {
  const scope = () => ({ kind: 'ticket', ticketId: String(bridge.ticketId) }) as const;
  const ledger = () =>
    rows<{ operation: string; state: string }>(
      { db: bridge.engine.db, tx: null },
      'select operation, state from ledger order by id',
    );

  /** Books half an hour, lets `onItsWay` happen to the planned row, and deletes the entry under it. */
  async function deletedMeanwhile(onItsWay: () => Promise<unknown>): Promise<void> {
    const { activities, db } = bridge.engine;
    const [bridgeId, ticketId] = [BRIDGE, String(bridge.ticketId)];
    await rows(
      { db, tx: null },
      `update bridges set policies = policies || '{"sourceDeletions": "delete"}' returning 1`,
    );
    await bridge.engine.run();
    const entryId = await bridge.book(30);
    await activities.fetchTicket({ bridgeId, ticketId });
    await activities.reconcile({ bridgeId, scope: scope(), cause: CAUSE });
    await onItsWay();
    await bridge.zammad('DELETE', `/tickets/${ticketId}/time_accountings/${entryId}`);
    await activities.fetchTicket({ bridgeId, ticketId });
    await activities.reconcile({ bridgeId, scope: scope(), cause: CAUSE });
  }

  it('is deleted in Kimai as well, once the row is there (seed 3)', async () => {
    let applied: Promise<unknown> = Promise.resolve();
    let goOn = (): void => undefined;
    await deletedMeanwhile(async () => {
      reachable = new Promise((resolve) => (goOn = resolve));
      applied = bridge.engine.activities.applyPlan({ bridgeId: BRIDGE, scope: scope(), cause: CAUSE });
      await expect.poll(ledger).toEqual([{ operation: 'create', state: 'sent' }]);
    });
    expect(await ledger()).toEqual([{ operation: 'create', state: 'sent' }]);
    goOn();
    await applied;
    await bridge.engine.settle(scope(), CAUSE);
    expect(await ledger()).toEqual([
      { operation: 'create', state: 'done' },
      { operation: 'delete', state: 'done' },
    ]);
    expect(await bridge.timesheets()).toEqual([]);
  });

  it('is not written at all when the worker that took it died before it went out', async () => {
    const { db } = bridge.engine;
    await deletedMeanwhile(() =>
      rows({ db, tx: null }, `update ledger set state = 'claimed', lease_until = now() returning 1`),
    );
    await bridge.engine.settle(scope(), CAUSE);
    expect(await ledger()).toEqual([{ operation: 'create', state: 'dropped' }]);
    expect(await bridge.timesheets()).toEqual([]);
  });
});
