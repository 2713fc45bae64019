import { expect } from '@playwright/test';
import { listConflicts } from '../../../api/conflicts/list-conflicts.contract.js';
import type { ConflictRow } from '../../../api/conflicts/conflict-shape.contract.js';
import { ANNA, api, kimai, newTicket, REMOTE_SUPPORT, sheetsOfEntry, syncNow, zammad } from './systems.js';

export type ChangedCase = { readonly entryId: number; readonly sheetId: number; readonly title: string };

export const BOOKED = 60;
export const CHANGED = 90;

/**
 * Tickets with these titles, an hour accounted on each, and half an hour more given to each in Kimai: as many questions
 * of the kind *changed in Kimai*, that no other test takes.
 */
export async function makeChangedCases(titles: readonly string[]): Promise<readonly ChangedCase[]> {
  const entries = await Promise.all(
    titles.map(async (title) => {
      const ticketId = await newTicket(title);
      const booking = { ticketId, minutes: BOOKED, typeId: REMOTE_SUPPORT, userId: ANNA };
      return { title, entryId: await zammad.book(booking) };
    }),
  );
  const cases = await Promise.all(
    entries.map(async ({ title, entryId }) => {
      await expect.poll(async () => (await sheetsOfEntry(entryId)).length, { timeout: 60_000 }).toBe(1);
      const [row] = await sheetsOfEntry(entryId);
      if (!row) throw new Error(`Kimai has no row of entry ${entryId}`);
      await kimai.setDuration(row, CHANGED);
      return { title, entryId, sheetId: row.id };
    }),
  );
  await syncNow();
  return cases;
}

/** The open case of a ticket with this title. */
export async function caseOf(title: string): Promise<ConflictRow> {
  const { items } = await api().call(listConflicts, { query: { view: 'open', q: title } });
  const found = items.find(({ ticketTitle }) => ticketTitle === title);
  if (!found) throw new Error(`No open case of ticket ${title}`);
  return found;
}
