import { row, type Session } from '../sql.js';

export type Delivery = {
  readonly bridgeId: string;
  readonly deliveryId: string;
  readonly ticketId: string;
  readonly bodyHash: Buffer;
};

/** Keeps a delivery, the queue of what is to be looked at. Null when it was there already (a retry of Zammad). */
export async function keepDelivery(session: Session, delivery: Delivery): Promise<string | null> {
  const kept = await row<{ id: string }>(
    session,
    `insert into webhook_deliveries (bridge_id, delivery_id, ticket_id, body_hash) values ($1, $2, $3, $4)
     on conflict (bridge_id, delivery_id) do nothing returning id`,
    [delivery.bridgeId, delivery.deliveryId, delivery.ticketId, delivery.bodyHash],
  );
  return kept?.id ?? null;
}

/** The ticket's process knows: the keeper need not tell it. */
export async function markDeliverySignalled(session: Session, id: string): Promise<void> {
  await row(session, 'update webhook_deliveries set signalled_at = now() where id = $1 returning id', [id]);
}

/** How many deliveries no process was told of yet. */
export async function countWaitingDeliveries(session: Session): Promise<number> {
  const found = await row<{ count: number }>(
    session,
    'select count(*)::int as count from webhook_deliveries where signalled_at is null',
  );
  return found?.count ?? 0;
}
