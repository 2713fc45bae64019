import type { ConnectorKind } from '../../domain/connector-kinds.js';
import type { Duty } from '../../domain/duty.js';
import type { BridgeMode, Policies } from '../../domain/policies.js';
import type { AcceptedRisk } from '../../domain/token-risk.js';
import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';
import type { RefusalCause } from './webhook-deliveries.js';

export type BridgeSchedule = {
  readonly cron: string;
  readonly nightlyCron: string | null;
  readonly timeZone: string;
  readonly paused: boolean;
};

type Side = {
  readonly id: string;
  readonly kind: ConnectorKind;
  readonly name: string;
  readonly webUrl: string;
  readonly health: 'ok' | 'paused';
};

export type BridgeRecord = {
  readonly id: string;
  readonly name: string;
  readonly source: Side;
  readonly target: Side;
  readonly code: string;
  readonly mode: BridgeMode;
  readonly pausedCause: Reason | null;
  readonly startFrom: string;
  readonly closedUntil: string | null;
  readonly policies: Policies;
  readonly schedule: BridgeSchedule;
  readonly hasWebhookSecret: boolean;
  readonly hasPreviousSecret: boolean;
  readonly lastDeliveryAt: Date | null;
  readonly lastRefusal: { readonly at: string; readonly cause: RefusalCause } | null;
  readonly firstRunConfirmedAt: Date | null;
  /** Who accepted that the target's token could change exported time. */
  readonly tokenRisk: AcceptedRisk | null;
  /** Ids of the people who take turns; they may have left meanwhile. */
  readonly duty: Duty;
  /** Null while no test of the connection found out. */
  readonly targetPowerful: boolean | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

const side = (
  alias: string,
) => `jsonb_build_object('id', ${alias}.id, 'kind', ${alias}.kind, 'name', ${alias}.name,
  'webUrl', ${alias}.web_url, 'health', ${alias}.health)`;

const SELECT = `select b.id, b.name, ${side('s')} as source, ${side('t')} as target, b.code, b.mode,
  b.paused_cause as "pausedCause", b.start_from as "startFrom", b.closed_until as "closedUntil", b.policies, b.schedule,
  b.webhook_secret is not null as "hasWebhookSecret", b.previous_webhook_secret is not null as "hasPreviousSecret",
  (select d.received_at from webhook_deliveries d where d.bridge_id = b.id order by d.id desc limit 1) as "lastDeliveryAt",
  (select jsonb_build_object('at', r.refused_at, 'cause', r.cause) from webhook_refusals r where r.bridge_id = b.id) as "lastRefusal",
  b.first_run_confirmed_at as "firstRunConfirmedAt", b.token_risk as "tokenRisk", b.duty,
  (t.capabilities ->> 'powerful')::boolean as "targetPowerful", b.revision, b.created_at as "createdAt", b.updated_at as "updatedAt"
  from bridges b join connectors s on s.id = b.source_connector_id join connectors t on t.id = b.target_connector_id`;

export const listBridges = (session: Session): Promise<BridgeRecord[]> =>
  rows<BridgeRecord>(session, `${SELECT} order by lower(b.name), b.id`);

/** `lock` holds the bridge until the transaction ends. */
export const findBridge = (session: Session, id: string, lock = false): Promise<BridgeRecord | undefined> =>
  row<BridgeRecord>(session, `${SELECT} where b.id = $1 ${lock ? 'for update of b' : ''}`, [id]);

export type NewBridge = {
  readonly id: string;
  readonly name: string;
  readonly sourceConnectorId: string;
  readonly targetConnectorId: string;
  readonly code: string;
  readonly mode: BridgeMode;
  readonly startFrom: string;
  readonly closedUntil: string | null;
  readonly policies: Policies;
  readonly schedule: BridgeSchedule;
  readonly tokenRisk: AcceptedRisk | null;
  /** Encrypted. */
  readonly webhookSecret: string;
};

/** Rejects with a unique violation when id or code are taken. */
export async function insertBridge(session: Session, bridge: NewBridge): Promise<void> {
  await rows(
    session,
    `insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, closed_until,
       policies, schedule, webhook_secret, token_risk)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12::jsonb) returning id`,
    [
      bridge.id,
      bridge.name,
      bridge.sourceConnectorId,
      bridge.targetConnectorId,
      bridge.code,
      bridge.mode,
      bridge.startFrom,
      bridge.closedUntil,
      JSON.stringify(bridge.policies),
      JSON.stringify(bridge.schedule),
      bridge.webhookSecret,
      jsonOrNull(bridge.tokenRisk),
    ],
  );
}

export type BridgeSettings = Pick<
  BridgeRecord,
  | 'name'
  | 'mode'
  | 'startFrom'
  | 'closedUntil'
  | 'policies'
  | 'schedule'
  | 'pausedCause'
  | 'firstRunConfirmedAt'
  | 'tokenRisk'
  | 'duty'
>;

const jsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** Writes all settings of a bridge that was locked before, and counts its revision up. */
export async function updateBridge(session: Session, id: string, settings: BridgeSettings): Promise<void> {
  await rows(
    session,
    `update bridges set name = $2, mode = $3, start_from = $4, closed_until = $5, policies = $6::jsonb,
       schedule = $7::jsonb, paused_cause = $8::jsonb, first_run_confirmed_at = $9, token_risk = $10::jsonb, duty = $11::jsonb, revision = revision + 1,
       updated_at = now() where id = $1 returning id`,
    [
      id,
      settings.name,
      settings.mode,
      settings.startFrom,
      settings.closedUntil,
      JSON.stringify(settings.policies),
      JSON.stringify(settings.schedule),
      jsonOrNull(settings.pausedCause),
      settings.firstRunConfirmedAt,
      jsonOrNull(settings.tokenRisk),
      JSON.stringify(settings.duty),
    ],
  );
}

/** Notes an admin's yes to the first run; false when it was given before. */
export const confirmFirstRun = async (session: Session, id: string): Promise<boolean> =>
  (
    await rows(
      session,
      `update bridges set first_run_confirmed_at = now(), revision = revision + 1, updated_at = now()
       where id = $1 and first_run_confirmed_at is null returning id`,
      [id],
    )
  ).length > 0;

/** Everything that is not agreed is looked at again by the next run, e.g. after a policy changed. */
export async function markOpenEntriesDirty(session: Session, bridgeId: string): Promise<number> {
  const marked = await rows(
    session,
    `update bridge_entries set dirty = true where bridge_id = $1 and state <> 'agreed' and not dirty returning 1`,
    [bridgeId],
  );
  return marked.length;
}

/** Entries that an earlier or later `start_from` concerns. */
export async function markDaysDirty(
  session: Session,
  bridgeId: string,
  from: string,
  to: string,
): Promise<void> {
  await rows(
    session,
    `update bridge_entries set dirty = true where bridge_id = $1 and frozen_entry_date >= $2::date
       and frozen_entry_date < $3::date and not dirty returning 1`,
    [bridgeId, from, to],
  );
}

/** The stored (encrypted) webhook secrets, the newest first; undefined when there is no such bridge. */
export async function webhookSecretsOf(
  session: Session,
  bridgeId: string,
): Promise<readonly string[] | undefined> {
  const found = await row<{ now: string | null; before: string | null }>(
    session,
    'select webhook_secret as now, previous_webhook_secret as before from bridges where id = $1',
    [bridgeId],
  );
  return found && [found.now, found.before].filter((secret) => secret !== null);
}

/** The secret in use becomes the one before it. False when there is no such bridge. */
export async function replaceWebhookSecret(
  session: Session,
  bridgeId: string,
  encrypted: string,
): Promise<boolean> {
  const replaced = await rows(
    session,
    `update bridges set previous_webhook_secret = webhook_secret, webhook_secret = $2, updated_at = now()
     where id = $1 returning id`,
    [bridgeId, encrypted],
  );
  return replaced.length > 0;
}

export async function dropPreviousSecret(session: Session, bridgeId: string): Promise<boolean> {
  const dropped = await rows(
    session,
    'update bridges set previous_webhook_secret = null, updated_at = now() where id = $1 returning id',
    [bridgeId],
  );
  return dropped.length > 0;
}
