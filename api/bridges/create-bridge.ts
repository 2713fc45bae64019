import { randomInt } from 'node:crypto';
import { UniqueConstraintError } from 'sequelize';
import { roleOf } from '../../domain/connector-kinds.js';
import { writeAudit } from '../../db/stores/audit.js';
import { insertBridge, type NewBridge } from '../../db/stores/bridges.js';
import { findConnector } from '../../db/stores/connectors.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction, type Session } from '../../db/sql.js';
import { DEFAULT_POLICIES } from '../../domain/policies.js';
import { didBy } from '../audit-record.js';
import type { Actor } from '../auth/actor.js';
import type { BodyOf } from '../contract.js';
import type { ApiDeps } from '../deps.js';
import { endpoint } from '../endpoint.js';
import { invalidField, Problem } from '../http/problem.js';
import { applySchedule } from './apply-schedule.js';
import { assertSchedule } from './check-schedule.js';
import { createBridge } from './create-bridge.contract.js';
import { assertOneWriter } from './one-writer.js';
import { assertOneZone } from './one-zone.js';
import { assertMayProvision, withPolicies } from './policy-changes.js';
import { assertRisk, riskAfter } from './token-risk.js';
import { bridgeById } from './read-bridge.js';
import { drawWebhookSecret } from './webhook-secret.js';

type Body = BodyOf<typeof createBridge>;

/** Every quarter of an hour, and a full comparison outside the hour that clocks double or skip. */
const DEFAULT_CRON = '*/15 * * * *';
const DEFAULT_NIGHTLY = '30 3 * * *';

export const createBridgeEndpoint = endpoint(createBridge, async (deps, { body, actor }) => {
  const session = { db: deps.db, tx: null };
  const webhookSecret = drawWebhookSecret();
  const bridge = await newBridge(deps, session, body, webhookSecret, actor);
  assertSchedule(bridge.schedule);
  await inTransaction(deps.db, async (tx) => {
    await assertOneWriter(tx, bridge);
    await insertOrExplain(tx, bridge);
    const { webhookSecret: _secret, ...details } = bridge;
    const subject = { kind: 'bridge', id: bridge.id };
    await writeAudit(tx, [didBy(actor, { action: 'bridge.created', subject, bridgeId: bridge.id, details })]);
    await notifyChange(tx, 'bridges', [bridge.id]);
  });
  await applySchedule(deps, bridge);
  return { bridge: await bridgeById(deps, session, bridge.id), webhookSecret };
});

async function newBridge(
  deps: ApiDeps,
  session: Session,
  body: Body,
  secret: string,
  actor: Actor,
): Promise<NewBridge> {
  const source = await connectorOf(session, 'sourceConnectorId', body.sourceConnectorId, 'source');
  const target = await connectorOf(session, 'targetConnectorId', body.targetConnectorId, 'target');
  assertOneZone('targetConnectorId', source, target);
  const policies = withPolicies(DEFAULT_POLICIES, body.policies);
  assertMayProvision(null, policies, target);
  const mode = body.mode ?? 'shadow';
  const closedUntil = body.closedUntil ?? null;
  const accepted = riskAfter(actor, null, body.acceptTokenRisk);
  assertRisk({ mode, powerful: target.capabilities['powerful'] === true, accepted, closedUntil });
  return {
    id: body.id,
    name: body.name,
    sourceConnectorId: body.sourceConnectorId,
    targetConnectorId: body.targetConnectorId,
    code: body.code ?? drawCode(),
    mode,
    startFrom: body.startFrom ?? firstOfMonth(source.timeZone),
    closedUntil,
    tokenRisk: accepted,
    policies,
    schedule: body.schedule ?? {
      cron: DEFAULT_CRON,
      nightlyCron: DEFAULT_NIGHTLY,
      timeZone: source.timeZone,
      paused: false,
    },
    webhookSecret: deps.webhookSecrets.encrypt(secret, body.id),
  };
}

async function connectorOf(session: Session, path: string, id: string, role: 'source' | 'target') {
  const connector = await findConnector(session, id);
  if (connector && roleOf(connector.kind) === role) return connector;
  throw invalidField(path, 'connector', `${path} must be the id of a connector that is a ${role}`);
}

/** Six letters without vowels: short in every description, and no words by chance. */
const drawCode = (): string =>
  Array.from({ length: 6 }, () => 'bcdfghjkmnpqrstvwxz'.charAt(randomInt(19))).join('');

/** The first of the month that it is now where the source's clocks are. */
const firstOfMonth = (timeZone: string): string =>
  `${new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).format(new Date())}-01`;

async function insertOrExplain(session: Session, bridge: NewBridge): Promise<void> {
  try {
    await insertBridge(session, bridge);
  } catch (failure) {
    if (!(failure instanceof UniqueConstraintError)) throw failure;
    const field = 'code' in failure.fields ? 'code' : 'id';
    throw new Problem(409, 'taken', `${field} is taken by another bridge; choose another one`, { field });
  }
}
