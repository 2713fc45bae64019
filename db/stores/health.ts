import { affected, row, rows, type Session } from '../sql.js';

/** True while a connector is paused and waits for a probe to succeed. */
export async function isConnectorPaused(session: Session, connectorId: string): Promise<boolean> {
  const found = await row<{ health: string }>(session, 'select health from connectors where id = $1', [
    connectorId,
  ]);
  return found?.health === 'paused';
}

/** Pauses a connector for all workers; the first cause stays until it answers again. Returns whether it was `ok`. */
export async function pauseConnector(
  session: Session,
  connectorId: string,
  cause: { readonly code: string; readonly message: string },
): Promise<boolean> {
  const paused = await affected(
    session,
    `update connectors set health = 'paused', health_cause = $2::jsonb, health_since = now(), updated_at = now()
     where id = $1 and health = 'ok' returning 1`,
    [connectorId, JSON.stringify(cause)],
  );
  return paused === 1;
}

/** A probe succeeded. Returns whether it was paused. */
export async function resumeConnector(session: Session, connectorId: string): Promise<boolean> {
  const resumed = await affected(
    session,
    `update connectors set health = 'ok', health_cause = null, next_probe_at = null, health_since = now(), updated_at = now()
     where id = $1 and health = 'paused' returning 1`,
    [connectorId],
  );
  return resumed === 1;
}

export async function storeCapabilities(
  session: Session,
  connectorId: string,
  capabilities: unknown,
): Promise<void> {
  await rows(
    session,
    `update connectors set capabilities = $2::jsonb, updated_at = now()
     where id = $1 and capabilities is distinct from $2::jsonb returning 1`,
    [connectorId, JSON.stringify(capabilities)],
  );
}

/** Bridges that read from or write to a connector and are not off. */
export async function bridgesOfConnector(session: Session, connectorId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    session,
    `select id from bridges where mode <> 'off' and $1 in (source_connector_id, target_connector_id) order by id`,
    [connectorId],
  );
  return found.map((r) => r.id);
}
