import { SyncError } from '../../domain/errors.js';
import type { HttpOptions } from '../http.js';
import type { ConnectorContext, TimeSource } from '../port.js';
import { readCatalogue } from './catalogue.js';
import { listChangedTickets } from './changed-tickets.js';
import { checkZammad } from './check.js';
import { createZammadClient, type ZammadClient } from './client.js';
import { monthTotals } from './control.js';
import { countEntries, listAllFlat, listChangedFlat } from './flat-listing.js';
import { createNames } from './names.js';
import { createNoteWriter } from './notes.js';
import { entryExists, readTicket } from './read-ticket.js';
import { readSamples } from './samples.js';
import { listAllByTicket, listChangedByTicket } from './ticket-listing.js';
import { readTicketsById } from './tickets.js';
import { createWebhookInstaller } from './webhook.js';

/**
 * Zammad as a source of time. Whether the flat listing may be used is found out once, by asking for it: without
 * `admin.time_accounting` every listing goes ticket by ticket.
 */
export function createZammadSource(context: ConnectorContext, timing?: HttpOptions['timing']): TimeSource {
  const client = createZammadClient(context, timing);
  const names = createNames(client);
  let flat: Promise<boolean> | null = null;

  const isFlat = (): Promise<boolean> => {
    flat ??= probeFlat(client).catch((error: unknown) => {
      // A probe that failed says nothing and is tried again.
      flat = null;
      throw error;
    });
    return flat;
  };

  return {
    check: (depth = 'full') => checkZammad(client, context, depth),
    catalogue: () => readCatalogue(client),
    listAll: async (cursor) =>
      (await isFlat())
        ? listAllFlat(client, names, context, cursor)
        : listAllByTicket(client, names, context, cursor),
    listChanged: async (since, cursor) =>
      (await isFlat())
        ? listChangedFlat(client, names, context, since, cursor)
        : listChangedByTicket(client, names, context, since, cursor),
    listChangedTickets: (since, cursor) => listChangedTickets(client, names, since, cursor),
    readTickets: (ids) => readTicketsById(client, names, ids),
    readTicket: (ticketId) => readTicket(client, names, context, ticketId),
    entryExists: async (sourceId, ticketId) => entryExists(client, await isFlat(), sourceId, ticketId),
    countAll: async () => ((await isFlat()) ? countEntries(client) : null),
    monthTotals: (held) => monthTotals(client, context, held),
    samples: async () => readSamples(client, names, context, await isFlat()),
    webhooks: createWebhookInstaller(client),
    notes: createNoteWriter(client, context.baseUrl),
    close: client.close,
  };
}

/** Where even the route is missing (below 6.1, or not a Zammad), a 404 for an entry would prove nothing. */
async function probeFlat(client: ZammadClient): Promise<boolean> {
  const { status } = await client.tryRead('/time_accountings', { per_page: 1 });
  if (status !== 404) return status === 200;
  throw new SyncError(
    'contract_broken',
    'GET /time_accountings does not exist: Zammad 6.1 or later is needed',
    { status },
  );
}
