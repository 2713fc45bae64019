import { describe, expect, it } from 'vitest';
import { fakeGateway } from '../../../api/testing/fake-gateway.js';
import type { TemporalGateway } from '../../../api/temporal-gateway.js';
import { rows, type Session } from '../../../db/sql.js';
import { unfinishedBulks } from '../../../db/stores/bulks.js';
import { storeCheck } from '../../../db/stores/connector-checks.js';
import { unfinishedUndos } from '../../../db/stores/undos.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { openContractBridge, type ContractBridge } from '../../integration/engine/contract-bridge.js';
import { API_SCENARIOS, type ApiScenario } from './api-scenarios.js';
import { differencesFrom } from './books-agree.js';
import { carryOut, carryOutBulk, carryOutUndo, syncTicket } from './drive.js';
import { openMortalApi, untilAnswered } from './mortal-api.js';

/** Temporal, with workers that carry out what reaches it: its messages are kept, so none of it dies with the API. */
const temporalOf = ({ engine }: ContractBridge): TemporalGateway => ({
  ...fakeGateway((connectorId) => readSystem({ db: engine.db, tx: null }, connectorId)),
  decideConflict: (_ref, input) => engine.activities.recordDecision(input),
  withdrawDecision: (input) => engine.activities.withdrawDecision(input),
});

/** What a test of a system leaves: the second connector of a kind shows what the first one does. */
async function readSystem(session: Session, connectorId: string): Promise<string> {
  await rows(
    session,
    `insert into catalogue_items (connector_id, kind, external_id, name, parent_id, active, read_at)
     select $1, kind, external_id, name, parent_id, active, read_at from catalogue_items
     where connector_id = split_part($1, '-', 1) on conflict do nothing returning 1`,
    [connectorId],
  );
  return storeCheck(session, connectorId, { ok: true, findings: [], samples: [] });
}

/** What the keeper starts and processes do: rows say what is under way. */
async function carryOutAll(bridge: ContractBridge): Promise<void> {
  const { engine } = bridge;
  const session = { db: engine.db, tx: null };
  const decided = await rows<{ conflictId: string; decisionId: string }>(
    session,
    `select conflict_id as "conflictId", id as "decisionId" from decisions where state = 'grace' and bulk_id is null`,
  );
  for (const one of decided) await carryOut(engine, one);
  for (const bulkId of await unfinishedBulks(session)) await carryOutBulk(engine, bulkId);
  for (const { id } of await unfinishedUndos(session)) await carryOutUndo(engine, id);
  const delivered = await rows(session, 'select 1 from webhook_deliveries limit 1');
  if (delivered.length > 0) await syncTicket(bridge);
}

/** What was done, how often: a request that was asked again has done it once. */
async function done({ engine }: ContractBridge): Promise<Readonly<Record<string, string>>> {
  const found = await rows<{ what: string; times: string }>(
    { db: engine.db, tx: null },
    `select 'audit: ' || action as what, count(*) as times from audit_logs group by action
     union all select 'decisions', count(*) from decisions
     union all select 'bulk decisions', count(*) from bulk_decisions
     union all select 'undoings', count(*) from undos
     union all select 'deliveries', count(*) from webhook_deliveries
     union all select 'tokens', count(sealed_token) from connectors
     union all select 'bridges', count(webhook_secret) from bridges
     union all select 'mappings', (select count(*) from activity_mappings) + (select count(*) from user_mappings)
       + (select count(*) from customer_mappings)
     union all select 'schedules', count(distinct schedule) from bridges order by 1`,
  );
  return Object.fromEntries(found.map(({ what, times }) => [what, times]));
}

/** Asks while the first API process dies before its `diesAt`-th effect. @returns its effects, and what was done. */
async function playWithDeath({ policies, prepare, kimai }: ApiScenario, diesAt: number) {
  const url = await createDatabase();
  const bridge = await openContractBridge(url, policies ?? {});
  const api = await openMortalApi(url, temporalOf(bridge), diesAt);
  try {
    const ask = await prepare(bridge, api.client);
    api.arm();
    await untilAnswered(ask);
    await carryOutAll(bridge);
    const wrong = await differencesFrom({ kimai }, bridge);
    if (Object.keys(wrong).length > 0) throw new Error(JSON.stringify(wrong));
    return { effects: api.effects(), died: api.hasDied(), done: await done(bridge) };
  } finally {
    await api.close();
    await bridge.close();
    await dropDatabase(url);
  }
}

describe.each(Object.entries(API_SCENARIOS))('an API that dies while %s', (_, scenario) => {
  it('loses nothing and does nothing twice, whatever was the last that it did', async () => {
    const { effects, done: undisturbed } = await playWithDeath(scenario, Infinity);
    expect(effects.length).toBeGreaterThan(1);
    const failures: string[] = [];
    for (const [index, effect] of effects.entries())
      try {
        const played = await playWithDeath(scenario, index + 1);
        expect(played.done).toEqual(undisturbed);
        expect(played.died).toBe(true);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        failures.push(`dies before effect ${index + 1} of ${effects.length} (${effect}): ${message}`);
      }
    expect(failures).toEqual([]);
  });
});
