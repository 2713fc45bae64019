import { markSignalled } from '../../db/stores/webhook-deliveries.js';
import type { ApiDeps } from '../deps.js';

export type KeptDelivery = { readonly id: string; readonly bridgeId: string; readonly ticketId: string };

/**
 * Tells tickets' processes of deliveries that are kept. One signal a ticket is on its way at a time: what is kept
 * meanwhile goes with the next, so that a burst is not a queue of signals. When Temporal is away the rows stay, and the
 * worker's keeper tells of them later.
 */
export function passDeliveriesOn(
  deps: Pick<ApiDeps, 'db' | 'gateway' | 'log'>,
): (kept: KeptDelivery) => Promise<void> {
  /** Tickets of which a signal is on its way, with what was kept since. */
  const busy = new Map<string, KeptDelivery[]>();

  const tell = async (kept: readonly KeptDelivery[]): Promise<void> => {
    const newest = kept.at(-1);
    if (newest === undefined) return;
    try {
      await deps.gateway.signalTicketChanged(newest);
      await markSignalled(
        { db: deps.db, tx: null },
        kept.map(({ id }) => id),
      );
    } catch (failure) {
      deps.log.info({ err: failure, delivery: newest }, 'a delivery is passed on later');
    }
  };

  return async (kept) => {
    const key = `${kept.bridgeId}/${kept.ticketId}`;
    const waiting = busy.get(key);
    if (waiting !== undefined) return void waiting.push(kept);
    busy.set(key, []);
    // No await between the look at what waits and the end, else a delivery in between would be left to the keeper.
    for (let next: readonly KeptDelivery[] = [kept]; next.length > 0; next = busy.get(key)?.splice(0) ?? [])
      await tell(next);
    busy.delete(key);
  };
}
