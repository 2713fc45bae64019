import { row, rows, type Session } from '../sql.js';

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

/** The ticket's process knows of these: the keeper need not tell it. */
export async function markSignalled(session: Session, ids: readonly string[]): Promise<void> {
  await rows(
    session,
    'update webhook_deliveries set signalled_at = now() where id = any($1::bigint[]) and signalled_at is null returning 1',
    [[...ids]],
  );
}

/** The newest delivery of a bridge by its row's id, 0 when there is none. Whatever it or an older one told has happened. */
export async function newestDelivery(session: Session, bridgeId: string): Promise<number> {
  const newest = await row<{ id: string }>(
    session,
    'select id from webhook_deliveries where bridge_id = $1 order by id desc limit 1',
    [bridgeId],
  );
  return Number(newest?.id ?? 0);
}

/** A ticket (null: every ticket) was read after these deliveries were kept: nobody has to be told of them any more. */
export async function coverDeliveries(
  session: Session,
  ticket: { readonly bridgeId: string; readonly ticketId: string | null; readonly upTo: number },
): Promise<void> {
  await rows(
    session,
    `update webhook_deliveries set signalled_at = now()
     where signalled_at is null and bridge_id = $1 and ($2::text is null or ticket_id = $2) and id <= $3 returning 1`,
    [ticket.bridgeId, ticket.ticketId, ticket.upTo],
  );
}

/** How many deliveries no process was told of yet. */
export async function countWaitingDeliveries(session: Session): Promise<number> {
  const found = await row<{ count: number }>(
    session,
    'select count(*)::int as count from webhook_deliveries where signalled_at is null',
  );
  return found?.count ?? 0;
}

export type RefusalCause = 'no_signature' | 'wrong_signature' | 'no_ticket';

/**
 * Notes that a webhook was turned away, for those who set one up. Anybody can cause it: so once a second at most, and
 * one row a bridge.
 */
export async function noteRefusedDelivery(
  session: Session,
  bridgeId: string,
  cause: RefusalCause,
): Promise<void> {
  await row(
    session,
    `insert into webhook_refusals as r (bridge_id, cause) select id, $2 from bridges where id = $1
     on conflict (bridge_id) do update set refused_at = now(), cause = excluded.cause
       where r.refused_at < now() - interval '1 second' returning bridge_id`,
    [bridgeId, cause],
  );
}
