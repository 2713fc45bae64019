import { randomUUID } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { connectDatabase } from '../../../db/connection.js';
import { createActivities } from '../../../activities/index.js';
import type { ConnectorKinds } from '../../../connectors/registry.js';
import { createConnectorPool } from '../../../activities/connector-pool.js';
import type { ActivityDeps } from '../../../activities/deps.js';
import type { Activities, ConflictStanding, Scope } from '../../../activities/contract.js';
import type { Choice, ConflictFacts, ConflictKind, DecisionParameters } from '../../../domain/conflict.js';
import { rows } from '../../../db/sql.js';
import { DEFAULT_POLICIES, type Policies } from '../../../domain/policies.js';
import { generateKeyPair } from '../../../secrets/keys.js';
import { sealToken } from '../../../secrets/seal.js';

export type BridgeSetup = {
  readonly zammadUrl: string;
  readonly kimaiUrl: string;
  readonly startFrom: string;
  readonly secondsPerUnit: number;
  readonly policies?: Partial<Policies>;
  readonly activities: Readonly<Record<string, string>>;
  readonly users: Readonly<Record<string, string>>;
  readonly customers: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  /** Other systems than Zammad and Kimai behind the two connectors. */
  readonly systems?: {
    readonly kinds: ConnectorKinds;
    readonly source: string;
    readonly target: string;
    readonly token: string;
  };
};

export type EngineBench = {
  readonly db: Sequelize;
  readonly activities: Activities;
  /** Conflicts whose processes would have been started. */
  readonly started: string[];
  /** One run of all activities in the order of the workflow. */
  run(full?: boolean): Promise<{ readonly runId: string }>;
  settle(scope: Scope, cause: { runId: string | null; decisionId: string | null }): Promise<void>;
  /** A whole decision: recorded, grace over, planned, written, settled. */
  decide(conflict: OpenConflict, choice: Choice, parameters?: DecisionParameters): Promise<ConflictStanding>;
  openConflicts(): Promise<OpenConflict[]>;
  /** As the API seals for the worker what it sends to Zammad. */
  seal(text: string): Promise<string>;
  close(): Promise<void>;
};

export type OpenConflict = {
  readonly id: string;
  readonly kind: ConflictKind;
  readonly subject: string;
  readonly version: string;
  readonly facts: ConflictFacts;
};

export const BRIDGE = 'demo';

/** Who does the work: makes the activities over pools of connections of its own, or over the bench's. */
export type Workforce = (depsOver: (pool: Sequelize) => ActivityDeps, db: Sequelize) => Activities;

/** A bridge over real simulators and a real database, its activities called directly, without Temporal. */
export async function openEngine(
  databaseUrl: string,
  setup: BridgeSetup,
  work: Workforce = (depsOver, db) => createActivities(depsOver(db)),
): Promise<EngineBench> {
  const db = connectDatabase(databaseUrl, 'engine-test');
  const { publicKey, privateKey } = generateKeyPair();
  const seal = (connectorId: string, baseUrl: string, text = setup.systems?.token ?? 'tok_sync') =>
    sealToken(publicKey, text, { connectorId, baseUrl });
  await insertConnector(
    db,
    'zammad',
    setup.zammadUrl,
    await seal('zammad', setup.zammadUrl),
    setup.secondsPerUnit,
  );
  await insertConnector(db, 'kimai', setup.kimaiUrl, await seal('kimai', setup.kimaiUrl), null);
  for (const [id, kind] of [
    ['zammad', setup.systems?.source],
    ['kimai', setup.systems?.target],
  ])
    if (kind !== undefined)
      await rows({ db, tx: null }, 'update connectors set kind = $2 where id = $1 returning 1', [id, kind]);
  await insertBridge(db, setup);
  const started: string[] = [];
  const depsOver = (pool: Sequelize): ActivityDeps => ({
    db: pool,
    connectors: createConnectorPool({
      db: pool,
      keys: () => [privateKey],
      allowLoopback: true,
      signal: () => undefined,
      ...(setup.systems === undefined ? {} : { kinds: setup.systems.kinds }),
    }),
    processes: {
      startConflict: ({ conflictId }) => Promise.resolve(void started.push(conflictId)),
      signalFactsChanged: () => Promise.resolve(),
    },
    retention: { traceDays: 30, detailDays: 3_653 },
    alerts: { channels: [], language: 'de', publicUrl: 'http://localhost' },
    graceMs: 0,
    unknownWaitSeconds: 1,
    lookupPauseSeconds: 0,
    now: setup.now ?? (() => new Date()),
    heartbeat: () => undefined,
  });
  const activities = work(depsOver, db);
  const settle = async (
    scope: Scope,
    cause: { runId: string | null; decisionId: string | null },
  ): Promise<void> => {
    for (let round = 0; round < 5; round += 1) {
      let work = 0;
      for (let more = true; more;) {
        const reconciled = await activities.reconcile({ bridgeId: BRIDGE, scope, cause });
        work += reconciled.tickets;
        more = reconciled.more;
      }
      for (let more = true; more;) {
        const applied = await activities.applyPlan({ bridgeId: BRIDGE, scope, cause });
        work += applied.written + applied.refused + applied.dropped;
        more = applied.more;
      }
      if (work === 0) return;
    }
  };
  const run = async (full = false): Promise<{ readonly runId: string }> => {
    const begun = await activities.beginRun({
      bridgeId: BRIDGE,
      trigger: 'person',
      triggeredBy: null,
      full,
      workflowId: 'sync-run/demo',
    });
    if (!begun.started) throw new Error(`the run did not start: ${begun.code}`);
    const { runId } = begun;
    await activities.fetchTarget({ bridgeId: BRIDGE, runId, full });
    await activities.fetchSource({ bridgeId: BRIDGE, runId, full });
    await settle({ kind: 'bridge' }, { runId, decisionId: null });
    await activities.openConflicts({ bridgeId: BRIDGE });
    await activities.finishRun({ bridgeId: BRIDGE, runId, state: 'completed', error: null });
    return { runId };
  };
  const decide = async (
    { id: conflictId, version }: OpenConflict,
    choice: Choice,
    parameters: DecisionParameters = {},
  ): Promise<ConflictStanding> => {
    const decisionId = randomUUID();
    const actor = { kind: 'person', id: 'tester', name: 'Testerin' } as const;
    await activities.recordDecision({
      decisionId,
      conflictId,
      version,
      choice,
      parameters,
      note: null,
      actor,
    });
    const { replan } = await activities.planDecision({ conflictId, decisionId });
    const cause = { runId: null, decisionId };
    await settle({ kind: 'conflict', conflictId }, cause);
    const standing = await activities.settleDecision({ conflictId, decisionId });
    if (replan) await settle({ kind: 'bridge' }, cause);
    return standing;
  };
  const openConflicts = () =>
    rows<OpenConflict>(
      { db, tx: null },
      `select id, kind, subject, version, facts from conflicts where state <> 'closed' order by id`,
    );
  return {
    ...{ db, activities, started, run, settle, decide, openConflicts },
    seal: (text) => seal('zammad', setup.zammadUrl, text),
    close: () => db.close(),
  };
}

async function insertConnector(
  db: Sequelize,
  kind: string,
  url: string,
  token: string,
  secondsPerUnit: number | null,
) {
  await rows(
    { db, tx: null },
    `insert into connectors (id, kind, name, base_url, web_url, sealed_token, time_zone, unit_periods)
     values ($1, $1, $1, $2, $2, $3, 'Europe/Berlin', $4::jsonb) returning 1`,
    [kind, url, token, JSON.stringify(secondsPerUnit === null ? [] : [{ from: null, secondsPerUnit }])],
  );
}

async function insertBridge(db: Sequelize, setup: BridgeSetup): Promise<void> {
  const session = { db, tx: null };
  await rows(
    session,
    `insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies, schedule,
       first_run_confirmed_at)
     values ($1, 'Demo', 'zammad', 'kimai', 'demo', 'live', $2, $3::jsonb, '{}', now()) returning 1`,
    [BRIDGE, setup.startFrom, JSON.stringify({ ...DEFAULT_POLICIES, ...setup.policies })],
  );
  for (const [table, mapping] of [
    ['activity_mappings', setup.activities],
    ['user_mappings', setup.users],
    ['customer_mappings', setup.customers],
  ] as const)
    await rows(
      session,
      `insert into ${table} (bridge_id, source_id, target_id, decided_by) select $1, *, 'test' from unnest($2::text[], $3::text[])
       returning 1`,
      [BRIDGE, Object.keys(mapping), Object.values(mapping)],
    );
}
