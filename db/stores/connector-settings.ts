import { row, rows, type Session } from '../sql.js';
import type { UnitPeriod } from './connectors.js';

export type ConnectorSettings = {
  readonly id: string;
  readonly kind: string;
  readonly baseUrl: string;
  readonly sealedToken: string | null;
  readonly timeZone: string;
  readonly unitPeriods: readonly UnitPeriod[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly updatedAt: Date;
};

/** What a connector is built from. Throws when there is none with that id. */
export async function readConnector(session: Session, connectorId: string): Promise<ConnectorSettings> {
  const found = await row<ConnectorSettings>(
    session,
    `select id, kind, base_url as "baseUrl", sealed_token as "sealedToken", time_zone as "timeZone",
       unit_periods as "unitPeriods", settings, updated_at as "updatedAt" from connectors where id = $1`,
    [connectorId],
  );
  if (found === undefined) throw new Error(`there is no connector "${connectorId}"`);
  return found;
}

/** Keeps what the source's own setting says beside the unit that people confirmed; the first reading after it counts. */
export async function keepUnitSetting(session: Session, connectorId: string, setting: string): Promise<void> {
  await rows(
    session,
    `update connectors set unit_periods = jsonb_set(unit_periods, '{-1,setting}', to_jsonb($2::text))
     where id = $1 and jsonb_array_length(unit_periods) > 0 and not (unit_periods -> -1) ? 'setting' returning 1`,
    [connectorId, setting],
  );
}
