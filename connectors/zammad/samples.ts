import type { SourceEntry } from '../../domain/staged.js';
import type { EntrySample } from '../port.js';
import type { ZammadClient } from './client.js';
import { listChangedFlat } from './flat-listing.js';
import type { Names } from './names.js';
import type { EntryRules } from './normalise.js';
import { listNewestByTicket } from './ticket-listing.js';
import { readTicketsById } from './tickets.js';

const SAMPLES = 3;
const EVER = '1970-01-01T00:00:00.000Z';

/** Three of the newest entries for people to confirm the unit by; different numbers tell more than equal ones. */
export async function readSamples(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  flat: boolean,
): Promise<readonly EntrySample[]> {
  const { items } = flat
    ? await listChangedFlat(client, names, rules, EVER, null)
    : await listNewestByTicket(client, names, rules, SAMPLES);
  const chosen = differingFirst(items).slice(0, SAMPLES);
  const tickets = await readTicketsById(client, names, [...new Set(chosen.map(({ ticketId }) => ticketId))]);
  const byId = new Map(tickets.map((ticket) => [ticket.ticketId, ticket]));
  return chosen.map(({ ticketId, userName, bookedAt, unitText, seconds }) => ({
    // A ticket outside of the groups that the token may see has only its id.
    ticketNumber: byId.get(ticketId)?.ticketNumber ?? ticketId,
    ticketTitle: byId.get(ticketId)?.ticketTitle ?? '',
    personName: userName,
    bookedAt,
    unitText,
    seconds,
  }));
}

function differingFirst(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const seen = new Set<string>();
  const first = entries.filter(({ unitText }) => !seen.has(unitText) && seen.add(unitText));
  return [...first, ...entries.filter((entry) => !first.includes(entry))];
}
