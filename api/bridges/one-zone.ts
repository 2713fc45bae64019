import { findConnector, type ConnectorRecord } from '../../db/stores/connectors.js';
import { row, type Session } from '../../db/sql.js';
import { invalidField, Problem } from '../http/problem.js';

type Zoned = Pick<ConnectorRecord, 'name' | 'timeZone'>;

/**
 * Days are the source's and times are the target's: in two zones an entry late in the evening would stand on another
 * day. @throws Problem 422 that names both zones
 */
export function assertOneZone(path: string, source: Zoned, target: Zoned): void {
  if (source.timeZone === target.timeZone) return;
  throw invalidField(
    path,
    'time-zone',
    `${path}: both systems of a bridge must be in one time zone, but ${source.name} is set to ${source.timeZone} and ${target.name} to ${target.timeZone}; make both the same`,
  );
}

/** A bridge that begins to run needs its two systems in one zone. */
export async function assertZonesOf(
  session: Session,
  bridge: { readonly source: { readonly id: string }; readonly target: { readonly id: string } },
): Promise<void> {
  const source = await findConnector(session, bridge.source.id);
  const target = await findConnector(session, bridge.target.id);
  if (source && target) assertOneZone('mode', source, target);
}

/** The zone of one side alone cannot change under a bridge that runs. @throws Problem 409 that says what to do */
export async function assertZoneFree(session: Session, connectorId: string, timeZone: string): Promise<void> {
  const held = await row<{ bridge: string; other: string; zone: string }>(
    session,
    `select b.name as bridge, o.name as other, o.time_zone as zone from bridges b
     join connectors o on o.id = case when b.source_connector_id = $1 then b.target_connector_id else b.source_connector_id end
     where b.mode <> 'off' and $1 in (b.source_connector_id, b.target_connector_id) and o.time_zone <> $2 limit 1`,
    [connectorId, timeZone],
  );
  if (!held) return;
  throw new Problem(
    409,
    'time-zone-in-use',
    `timeZone cannot be ${timeZone} while the bridge "${held.bridge}" runs: ${held.other} is set to ${held.zone}. Switch the bridge off, change both systems, and switch it on again`,
    { field: 'timeZone' },
  );
}
