import {
  DEFAULT_POLICIES,
  type BridgeMode,
  type BridgeRules,
  type Mapped,
  type Policies,
} from '../../domain/policies.js';
import type { Rule, RuleCondition } from '../../domain/rules.js';
import { roundingOf } from '../../domain/target-rounding.js';
import { missingForRisk, type AcceptedRisk } from '../../domain/token-risk.js';
import type { Choice } from '../../domain/conflict.js';
import { row, rows, type Session } from '../sql.js';

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
};

const MAPPING_TABLES = {
  activities: 'activity_mappings',
  users: 'user_mappings',
  customers: 'customer_mappings',
} as const;

async function mappingsOf(
  session: Session,
  table: string,
  bridgeId: string,
): Promise<Record<string, Mapped>> {
  const found = await rows<{ source_id: string; target_id: string | null }>(
    session,
    `select source_id, target_id from ${table} where bridge_id = $1`,
    [bridgeId],
  );
  return Object.fromEntries(
    found.map((m) => [
      m.source_id,
      m.target_id === null ? { ignored: true as const } : { targetId: m.target_id },
    ]),
  );
}

/** All that a reconciliation of this bridge needs to know. Throws when there is no such bridge. */
export async function readBridgeContext(session: Session, bridgeId: string): Promise<BridgeContext> {
  const bridge = await row<BridgeRow>(
    session,
    `select b.*, s.time_zone, t.capabilities, t.settings as target_settings,
       (select min(r.finished_at) from sync_runs r where r.bridge_id = b.id and r.state = 'completed'
        and r.finished_at >= b.first_run_confirmed_at) as first_run_until
     from bridges b join connectors s on s.id = b.source_connector_id
     join connectors t on t.id = b.target_connector_id where b.id = $1`,
    [bridgeId],
  );
  if (bridge === undefined) throw new Error(`there is no bridge "${bridgeId}"`);
  const activities = await mappingsOf(session, MAPPING_TABLES.activities, bridgeId);
  const users = await mappingsOf(session, MAPPING_TABLES.users, bridgeId);
  const customers = await mappingsOf(session, MAPPING_TABLES.customers, bridgeId);
  const orderedRules = await rows<{
    id: string;
    revision: number;
    name: string;
    condition: RuleCondition;
    choice: Choice | 'ask';
  }>(
    session,
    'select id, revision, name, condition, choice from rules where bridge_id = $1 and enabled order by position, id',
    [bridgeId],
  );
  return {
    rules: {
      bridgeId,
      code: bridge.code,
      mode: bridge.mode,
      timeZone: bridge.time_zone,
      startFrom: bridge.start_from,
      closedUntil: bridge.closed_until,
      policies: { ...DEFAULT_POLICIES, ...bridge.policies },
      mappings: { activities, users, customers },
      target: {
        allowsFuture: bridge.capabilities['allowsFuture'] !== false,
        allowsOverlap: bridge.capabilities['allowsOverlap'] !== false,
        rounding: roundingOf(bridge.target_settings),
      },
    },
    sourceConnectorId: bridge.source_connector_id,
    targetConnectorId: bridge.target_connector_id,
    orderedRules: orderedRules.map(({ id, revision, name, condition, choice }) => ({
      id,
      revision,
      name,
      when: condition,
      then: choice,
    })),
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
