import { updateBridge } from '../../api/bridges/update-bridge.contract.js';
import { listStandings } from '../../api/entries/list-standings.contract.js';
import { ANNA, api, BRIDGE, kimai, REMOTE_SUPPORT, sheetsOfEntry, zammad } from './kit/systems.js';
import { expect, test } from './kit/test.js';

test.use({ role: 'admin' });

/** Longer than it takes to find the run and to stop it, shorter than Timebridge waits for an answer. */
const SLOW_MS = 20_000;

test('a run is seen while it reads, and stopped', async ({ page }) => {
  const slow = { match: { method: 'GET', path: '^/api/timesheets' }, then: { kind: 'delay', ms: SLOW_MS } };
  await kimai.control('POST', '/faults', { ...slow, skip: 0, times: 1 });
  try {
    await page.goto('/runs');
    await page.getByRole('button', { name: 'Jetzt abgleichen' }).click();
    const running = page.getByRole('row').filter({ hasText: 'läuft · Lesen' });
    await running.getByRole('link').first().click();
    await expect(page.getByRole('list', { name: 'Phasen' })).toContainText('Lesen, läuft gerade');
    await page.getByRole('button', { name: 'Anhalten' }).click();
    await expect(page.getByRole('dialog')).toContainText('Was übertragen ist, bleibt.');
    await page.getByRole('dialog').getByRole('button', { name: 'Anhalten' }).click();
    await expect(page.getByText('angehalten', { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(page.getByText('Dieser Abgleich hat in Kimai nichts geschrieben.')).toBeVisible();
  } finally {
    await kimai.control('DELETE', '/faults');
  }
});

test('a run shows what it wrote, and takes it back after showing what that would do', async ({ page }) => {
  // On a ticket that nobody works on, and without a webhook: so it is the run that finds the entry.
  const { items } = await api().call(listStandings, { query: { state: ['agreed'], limit: 1 } });
  const quiet = items[0];
  const ticketId = (await zammad.entries()).find(({ id }) => id === Number(quiet?.sourceId))?.ticketId ?? 0;
  const at = (await zammad.now()).toISOString();
  await zammad.importEntry({ ticketId, minutes: 35, typeId: REMOTE_SUPPORT, userId: ANNA, at });
  const ofTicket = (await zammad.entries()).filter((entry) => entry.ticketId === ticketId);
  const entryId = Math.max(...ofTicket.map(({ id }) => id));
  await page.goto('/runs');
  await page.getByRole('button', { name: 'Jetzt abgleichen' }).click();
  await expect.poll(async () => (await sheetsOfEntry(entryId)).length, { timeout: 40_000 }).toBe(1);
  await expect(page.getByRole('row').nth(1)).toContainText('abgeschlossen');
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  const written = page.getByRole('region', { name: 'Was in Kimai geschrieben wurde' });
  await expect(written.getByRole('row').filter({ hasText: `#${quiet?.ticketNumber}` })).toContainText(
    'angelegt',
  );

  await page.getByRole('button', { name: 'Rückgängig machen' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Rückgängig machen' }).click();
  await expect.poll(async () => (await sheetsOfEntry(entryId)).length).toBe(0);
  await dialog.getByRole('button', { name: 'Schließen' }).first().click();

  // What was taken back must not be written again at once: the bridge waits for a person, and the overview says so.
  await page.goto('/overview');
  const trouble = page.getByRole('link', { name: /^Die Brücke „.*“ pausiert/ });
  await expect(trouble).toBeVisible();
  await api().call(updateBridge, { params: { bridgeId: BRIDGE }, body: { resume: true } });
  await expect(trouble).toHaveCount(0);
});
