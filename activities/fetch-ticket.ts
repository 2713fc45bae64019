import type { TimeSource } from '../connectors/port.js';
import { inTransaction } from '../db/sql.js';
import { noteEntries } from '../db/stores/bridge-entries.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import {
  markEntriesDeleted,
  presentEntries,
  stageEntries,
  stageTickets,
  stageUnreadable,
} from '../db/stores/stage-entries.js';
import { isConnectorPaused } from '../db/stores/health.js';
import { SyncError } from '../domain/errors.js';
import { coverDeliveries, newestDelivery } from '../db/stores/webhook-deliveries.js';
import type { Fetched, FetchedTicket } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { fetchRecentTarget } from './fetch-target.js';
import { refuseChangedSettings } from './refuse-errors.js';

/** A ticket's sync asks for the settings at most this often; a run always does. */
const SETTINGS_HOLD_MS = 60_000;

/**
 * One ticket with all its entries, as after a webhook; a ticket that is gone takes its entries along, each proved.
 * Reads what changed in the target too: a row that somebody has just typed by hand must not be written again.
 */
export async function fetchTicket(
  deps: ActivityDeps,
  { bridgeId, ticketId }: { readonly bridgeId: string; readonly ticketId: string },
): Promise<FetchedTicket> {
  const context = await readBridgeContext({ db: deps.db, tx: null }, bridgeId);
  const { sourceConnectorId } = context;
  const session = { db: deps.db, tx: null };
  const coveredUpTo = await newestDelivery(session, bridgeId);
  await assertAnswering(deps, [sourceConnectorId, context.targetConnectorId]);
  const source = await deps.connectors.source(sourceConnectorId);
  await refuseChangedSettings(deps, source, sourceConnectorId, SETTINGS_HOLD_MS);
  const [reading] = await Promise.all([
    stageTicketReading(deps, sourceConnectorId, source, ticketId),
    fetchRecentTarget(deps, { bridgeId, targetConnectorId: context.targetConnectorId }),
  ]);
  await coverDeliveries(session, { bridgeId, ticketId, upTo: coveredUpTo });
  return { ...reading, coveredUpTo };
}

/**
 * While a connector is paused only its probe calls it, however many webhooks come: the run that catches up afterwards
 * reads their tickets too. Rejects with `unavailable`, which names the connector.
 */
async function assertAnswering(deps: ActivityDeps, connectorIds: readonly string[]): Promise<void> {
  for (const connectorId of connectorIds)
    if (await isConnectorPaused({ db: deps.db, tx: null }, connectorId))
      throw new SyncError('unavailable', `${connectorId} is paused`, { connectorId });
}

/** Stores what one reading of a ticket says; entries it no longer lists need their own proof to be gone. */
export async function stageTicketReading(
  deps: ActivityDeps,
  connectorId: string,
  source: TimeSource,
  ticketId: string,
): Promise<Fetched> {
  const reading = await source.readTicket(ticketId);
  const listed = new Set(
    reading.found
      ? [...reading.entries.map((e) => e.sourceId), ...reading.unreadable.map((r) => r.sourceId)]
      : [],
  );
  const known = await presentEntries({ db: deps.db, tx: null }, connectorId, ticketId);
  const gone: string[] = [];
  const provedAt = deps.now().toISOString(); // after the listing and before the proofs
  for (const entry of known) {
    if (listed.has(entry.source_id)) continue;
    if ((await source.entryExists(entry.source_id, ticketId)) === 'gone') gone.push(entry.id);
  }
  const changed = await inTransaction(deps.db, async (session) => {
    const ids: string[] = [...gone];
    if (reading.found) {
      const tickets = await stageTickets(session, connectorId, [reading.ticket], reading.readAt);
      const entries = await stageEntries(session, connectorId, reading.entries, reading.readAt);
      const flagged = await stageUnreadable(session, connectorId, reading.unreadable, reading.readAt);
      ids.push(...tickets.changed, ...entries.changed, ...flagged.changed);
    }
    await markEntriesDeleted(session, gone, provedAt);
    await noteEntries(session, connectorId, [...new Set(ids)]);
    return ids.length;
  });
  return { read: listed.size, changed, unreadable: reading.found ? reading.unreadable.length : 0 };
}
