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
