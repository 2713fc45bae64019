import type { ConnectorKind } from '../../domain/connector-kinds.js';
import { forgetAcceptedRisk } from './token-risk.js';
import type { Reason } from '../../domain/reason.js';
import { affected, row, rows, type Session } from '../sql.js';

export type UnitPeriod = {
  readonly from: string | null;
  readonly secondsPerUnit: number;
  /** The source's own setting when this was confirmed; kept by the first reading after it. */
  readonly setting?: string;
};

export type ConnectorRecord = {
  readonly id: string;
  readonly kind: ConnectorKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly webUrl: string;
  readonly hasToken: boolean;
  readonly timeZone: string;
  readonly unitPeriods: readonly UnitPeriod[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly health: 'ok' | 'paused';
  readonly healthCause: Reason | null;
  readonly healthSince: Date;
  readonly nextProbeAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** The sealed token never leaves by these columns. */
const COLUMNS = `id, kind, name, base_url as "baseUrl", web_url as "webUrl", sealed_token is not null as "hasToken",
  time_zone as "timeZone", unit_periods as "unitPeriods", settings, capabilities, health, health_cause as "healthCause",
  health_since as "healthSince", next_probe_at as "nextProbeAt", created_at as "createdAt", updated_at as "updatedAt"`;

export const listConnectors = (session: Session): Promise<ConnectorRecord[]> =>
  rows<ConnectorRecord>(session, `select ${COLUMNS} from connectors order by kind desc, lower(name), id`);

export const findConnector = (
  session: Session,
  id: string,
  lock = false,
): Promise<ConnectorRecord | undefined> =>
  row<ConnectorRecord>(
    session,
    `select ${COLUMNS} from connectors where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );

export type ConnectorSettings = Pick<
  ConnectorRecord,
  'name' | 'baseUrl' | 'webUrl' | 'timeZone' | 'unitPeriods' | 'settings'
>;

/** Undefined when the id is taken. */
export const insertConnector = (
  session: Session,
  connector: ConnectorSettings & Pick<ConnectorRecord, 'id' | 'kind'>,
): Promise<ConnectorRecord | undefined> =>
  row<ConnectorRecord>(
    session,
    `insert into connectors (id, kind, name, base_url, web_url, time_zone, unit_periods, settings)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb) on conflict (id) do nothing returning ${COLUMNS}`,
    [
      connector.id,
      connector.kind,
      connector.name,
      connector.baseUrl,
      connector.webUrl,
      connector.timeZone,
      JSON.stringify(connector.unitPeriods),
      JSON.stringify(connector.settings),
    ],
  );

/** Another base URL drops the token in the same statement: it never goes where it was not given for. */
export const updateConnector = (
  session: Session,
  id: string,
  settings: ConnectorSettings,
): Promise<ConnectorRecord | undefined> =>
  row<ConnectorRecord>(
    session,
    `update connectors set name = $2, web_url = $4, time_zone = $5, unit_periods = $6::jsonb, settings = $7::jsonb,
       sealed_token = case when base_url = $3 then sealed_token end, key_id = case when base_url = $3 then key_id end,
       base_url = $3, updated_at = now()
     where id = $1 returning ${COLUMNS}`,
    [
      id,
      settings.name,
      settings.baseUrl,
      settings.webUrl,
      settings.timeZone,
      JSON.stringify(settings.unitPeriods),
      JSON.stringify(settings.settings),
    ],
  );

/** Stores a sealed token, if the connector still has the address it was sealed for. */
export const storeToken = async (
  session: Session,
  token: {
    readonly connectorId: string;
    readonly baseUrl: string;
    readonly sealed: string;
    readonly keyId: string;
  },
): Promise<boolean> => {
  const stored = await affected(
    session,
    `update connectors set sealed_token = $3, key_id = $4, updated_at = now()
     where id = $1 and base_url = $2 returning id`,
    [token.connectorId, token.baseUrl, token.sealed, token.keyId],
  );
  if (stored > 0) await forgetAcceptedRisk(session, token.connectorId);
  return stored > 0;
};
