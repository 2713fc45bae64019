import { row, type Session } from '../sql.js';

export type ConnectorSettings = {
  readonly id: string;
  readonly kind: 'zammad' | 'kimai';
  readonly baseUrl: string;
  readonly sealedToken: string | null;
  readonly timeZone: string;
  readonly unitPeriods: readonly { readonly from: string | null; readonly secondsPerUnit: number }[];
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
