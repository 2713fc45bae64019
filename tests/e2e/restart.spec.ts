import { listConflicts } from '../../api/conflicts/list-conflicts.contract.js';
import { expect, openInbox, test } from './kit/test.js';
import { api, detailOf, openCase, sheet, sheetsOfEntry } from './kit/systems.js';
import { killWorker, startInstallation, stopInstallation, workerPid } from './kit/installation.js';

test('a decision whose worker is killed within the grace time is carried out once', async ({ page }) => {
  const row = await openCase('target_deleted');
  const entryId = Number((await detailOf(row.id)).entries[0]?.source_id);
  await openInbox(page, `/inbox/${row.id}?kinds=${row.kind}`);
  await page.getByRole('button', { name: 'Erneut anlegen' }).click();
  await expect(page.getByText('Erneut anlegen in')).toBeVisible();
  const killed = workerPid();
  killWorker();
  expect(await sheetsOfEntry(entryId)).toEqual([]);

  await expect.poll(async () => (await sheetsOfEntry(entryId)).length, { timeout: 60_000 }).toBe(1);
  await expect
    .poll(async () => (await detailOf(row.id)).conflict.decision?.state, { timeout: 60_000 })
    .toBe('applied');
  expect(workerPid()).not.toBe(killed);
  expect(await sheetsOfEntry(entryId)).toHaveLength(1);
});

test('after a stop and a start the same cases are open, the session goes on and a decision works', async ({
  page,
  faults,
}) => {
  test.setTimeout(180_000);
  const row = await openCase('source_deleted');
  const { targetRowId } = await detailOf(row.id);
  expect(await sheet(targetRowId)).toBeDefined();
  await openInbox(page);
  const before = await openCases();

  await stopInstallation();
  await startInstallation();
  expect(await openCases()).toEqual(before);
  faults.length = 0; // the browser noted that nobody answered

  await openInbox(page, `/inbox/${row.id}?kinds=${row.kind}`);
  await page.getByRole('button', { name: 'In Kimai löschen' }).click();
  await expect(page.getByText('In Kimai löschen in')).toBeVisible();
  await expect.poll(() => sheet(targetRowId)).toBeUndefined();
});

async function openCases(): Promise<readonly string[]> {
  const { items } = await api().call(listConflicts, { query: { view: 'open', limit: 200 } });
  return items.map(({ id, version }) => `${id} ${version}`).sort();
}
