import {
  DEFAULT_POLICIES,
  type BridgeMode,
  type BridgeRules,
  type Mapped,
  type Policies,
} from '../../domain/policies.js';
import type { Rule } from '../../domain/rules.js';
import { roundingOf } from '../../domain/target-rounding.js';
import { missingForRisk, type AcceptedRisk } from '../../domain/token-risk.js';
import { row, type Session } from '../sql.js';

export type BridgeContext = {
  readonly rules: BridgeRules;
  readonly sourceConnectorId: string;
  readonly targetConnectorId: string;
  readonly orderedRules: readonly Rule[];
  readonly pausedCause: { readonly code: string } | null;
  /** True while nobody accepted what the target's token could do to exported time: nothing is written then. */
  readonly riskOpen: boolean;
  /** An admin confirmed the first run and it has not been completed since: old entries are not asked for their age. */
  readonly firstRun: boolean;
  /** When that first run was complete; what was seen until then is not asked for its age later either. */
  readonly firstRunUntil: string | null;
};

type BridgeRow = {
  id: string;
  code: string;
  mode: BridgeMode;
  source_connector_id: string;
  target_connector_id: string;
  start_from: string;
  closed_until: string | null;
  policies: Partial<Policies>;
  paused_cause: { code: string } | null;
  token_risk: AcceptedRisk | null;
  first_run_confirmed_at: Date | null;
  first_run_until: Date | null;
  time_zone: string;
  capabilities: Record<string, unknown>;
  target_settings: Record<string, unknown>;
  activities: StoredMappings;
  users: StoredMappings;
  customers: StoredMappings;
  rules: readonly Rule[];
};

/** Source id → target id; null: is ignored. */
type StoredMappings = Readonly<Record<string, string | null>>;

const mapped = (stored: StoredMappings): Record<string, Mapped> =>
  Object.fromEntries(
    Object.entries(stored).map(([sourceId, targetId]) => [
      sourceId,
      targetId === null ? { ignored: true as const } : { targetId },
    ]),
  );

const mappingsIn = (table: string): string =>
  `(select coalesce(jsonb_object_agg(source_id, target_id), '{}') from ${table} where bridge_id = b.id)`;

/** One statement, because each part of each process asks for it. */
const CONTEXT = `select b.*, s.time_zone, t.capabilities, t.settings as target_settings,
    (select min(r.finished_at) from sync_runs r where r.bridge_id = b.id and r.state = 'completed'
     and r.finished_at >= b.first_run_confirmed_at) as first_run_until,
    ${mappingsIn('activity_mappings')} as activities, ${mappingsIn('user_mappings')} as users,
    ${mappingsIn('customer_mappings')} as customers,
    (select coalesce(jsonb_agg(jsonb_build_object('id', r.id::text, 'revision', r.revision, 'name', r.name,
       'when', r.condition, 'then', r.choice) order by r.position, r.id), '[]')
     from rules r where r.bridge_id = b.id and r.enabled) as rules
  from bridges b join connectors s on s.id = b.source_connector_id
  join connectors t on t.id = b.target_connector_id where b.id = $1`;

/** All that a reconciliation of this bridge needs to know. Throws when there is no such bridge. */
export async function readBridgeContext(session: Session, bridgeId: string): Promise<BridgeContext> {
  const bridge = await row<BridgeRow>(session, CONTEXT, [bridgeId]);
  if (bridge === undefined) throw new Error(`there is no bridge "${bridgeId}"`);
  return {
    rules: {
      bridgeId,
      code: bridge.code,
      mode: bridge.mode,
      timeZone: bridge.time_zone,
      startFrom: bridge.start_from,
      closedUntil: bridge.closed_until,
      policies: { ...DEFAULT_POLICIES, ...bridge.policies },
      mappings: {
        activities: mapped(bridge.activities),
        users: mapped(bridge.users),
        customers: mapped(bridge.customers),
      },
      target: {
        allowsFuture: bridge.capabilities['allowsFuture'] !== false,
        allowsOverlap: bridge.capabilities['allowsOverlap'] !== false,
        rounding: roundingOf(bridge.target_settings),
      },
    },
    sourceConnectorId: bridge.source_connector_id,
    targetConnectorId: bridge.target_connector_id,
    orderedRules: bridge.rules,
    pausedCause: bridge.paused_cause,
    riskOpen:
      missingForRisk({
        mode: bridge.mode,
        powerful: bridge.capabilities['powerful'] === true,
        accepted: bridge.token_risk,
        closedUntil: bridge.closed_until,
      }).length > 0,
    firstRun: bridge.first_run_confirmed_at !== null && bridge.first_run_until === null,
    firstRunUntil: bridge.first_run_until?.toISOString() ?? null,
  };
}
