import { request } from 'undici';
import { array, number, object, string } from 'yup';
import { ACTIVITY } from '../stage/books.js';
import type { Systems } from '../stage/systems.js';

/*
 * What people write for themselves: ticket after ticket, entry after entry, one call at a time, from the beginning each
 * time. It reads a ticket's time, looks in Kimai for rows with the ticket's number, and books what is not there.
 */

const Entries = array(
  object({
    ...{ id: number().required(), time_unit: string().required() },
    ...{ created_by_id: number().required(), created_at: string().required() },
  }).required(),
).required();
const Rows = array(object({ description: string().nullable().defined() }).required()).required();

type Tokens = { readonly zammad: string; readonly kimai: string };

/** @returns how long it took for these tickets, in ms. */
export async function usualScript(
  { zammadUrl, kimaiUrl }: Systems,
  tokens: Tokens,
  tickets: readonly { readonly id: number; readonly number: number }[],
): Promise<number> {
  const since = performance.now();
  for (const ticket of tickets) {
    const path = `/api/v1/tickets/${ticket.id}/time_accountings`;
    const entries = await Entries.validate(await call(`${zammadUrl}${path}`, tokens.zammad));
    for (const entry of entries) {
      const mark = `script-${entry.id}`;
      const query = `user=all&size=500&term=${ticket.number}`;
      const there = await Rows.validate(await call(`${kimaiUrl}/api/timesheets?${query}`, tokens.kimai));
      if (there.length >= entries.length || there.some((row) => row.description?.includes(mark))) continue;
      await call(`${kimaiUrl}/api/timesheets`, tokens.kimai, bookingOf(entry, `#${ticket.number} ${mark}`));
    }
  }
  return performance.now() - since;
}

function bookingOf(
  entry: { created_at: string; time_unit: string; created_by_id: number },
  description: string,
) {
  const end = new Date(entry.created_at);
  const begin = new Date(end.getTime() - Number(entry.time_unit) * 60_000);
  const wall = (at: Date): string => at.toISOString().slice(0, 19);
  return {
    ...{ user: entry.created_by_id, project: 1, activity: ACTIVITY, description },
    ...{ begin: wall(begin), end: wall(end) },
  };
}

async function call(url: string, authorization: string, body?: unknown): Promise<unknown> {
  const reply = await request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (reply.statusCode >= 300) throw new Error(`${url}: ${reply.statusCode} ${await reply.body.text()}`);
  return reply.body.json();
}
