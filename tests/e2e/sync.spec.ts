import { listConflicts } from '../../api/conflicts/list-conflicts.contract.js';
import { readStatus } from '../../api/system/read-status.contract.js';
import { expect, openInbox, test } from './kit/test.js';
import {
  ANNA,
  api,
  detailOf,
  kimai,
  minutesOf,
  newTicket,
  openCase,
  REMOTE_SUPPORT,
  sheet,
  sheetsOfEntry,
  syncNow,
  zammad,
} from './kit/systems.js';

const OFTEN = { intervals: [100] };

test('time that is accounted on a ticket is in Kimai shortly after, by the webhook alone', async () => {
  const ticketId = await newTicket('Webhook: Drucker im Lager');
  const since = Date.now();
  const entryId = await zammad.book({ ticketId, minutes: 25, typeId: REMOTE_SUPPORT, userId: ANNA });
  await expect.poll(async () => (await sheetsOfEntry(entryId)).map(minutesOf), OFTEN).toEqual([25]);
  console.log(`accounted in Zammad, in Kimai ${Date.now() - since} ms later`);
});

test('a decision on values that have changed meanwhile is refused, and the new ones are shown', async ({
  page,
  faults,
}) => {
  const row = await openCase('target_changed');
  const { targetRowId } = await detailOf(row.id);
  await page.route('**/api/v1/events', (route) => route.abort()); // this browser learns of nothing by itself
  await openInbox(page, `/inbox/${row.id}?kinds=${row.kind}`);
  const take = page.getByRole('button', { name: 'Zammad übernehmen' });
  await expect(take).toBeVisible();

  const before = await sheet(targetRowId);
  if (!before) throw new Error(`Kimai has no row ${targetRowId}`);
  await kimai.setDuration(before, 217);
  await syncNow();
  await take.click();
  await expect(page.getByRole('alert').filter({ hasText: 'wurde nicht übernommen' })).toBeVisible();
  await expect(page.getByRole('region', { name: row.ticketTitle ?? '' })).toContainText('3:37');
  expect(minutesOf(await sheet(targetRowId))).toBe(217);
  expect(faults.filter((fault) => !/ERR_FAILED|status of 409/.test(fault))).toEqual([]);
  faults.length = 0;
});

test('while Kimai is down there is one banner and no case because of it, and afterwards the writes arrive', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const openBefore = await openIds();
  await openInbox(page);
  await kimai.control('POST', '/down', { down: true });
  const ticketId = await newTicket('Kimai antwortet nicht');
  const entries = await Promise.all(
    [10, 20].map((minutes) => zammad.book({ ticketId, minutes, typeId: REMOTE_SUPPORT, userId: ANNA })),
  );
  const banner = page.getByText(/^Kimai ist seit .* nicht erreichbar/);
  await expect(banner).toHaveCount(1, { timeout: 75_000 });
  await expect(page.getByText(/ist seit .* nicht erreichbar/)).toHaveCount(1);
  expect(await openIds()).toEqual(openBefore);

  await kimai.control('POST', '/down', { down: false });
  const written = async () => (await Promise.all(entries.map(sheetsOfEntry))).flat().map(minutesOf);
  await expect.poll(async () => (await written()).toSorted(), { timeout: 75_000 }).toEqual([10, 20]);
  await expect(banner).toHaveCount(0);
  await expect
    .poll(async () => (await api().call(readStatus, {})).connectors.map(({ health }) => health))
    .toEqual(['ok', 'ok']);
  expect(await openIds()).toEqual(openBefore);
});

async function openIds(): Promise<readonly string[]> {
  const { items } = await api().call(listConflicts, { query: { view: 'open', limit: 200 } });
  return items.map(({ id }) => id).sort();
}
