import type { Page } from '@playwright/test';
import { listAudit } from '../../api/system/list-audit.contract.js';
import { BOOKED, caseOf, makeChangedCases, type ChangedCase } from './kit/changed-cases.js';
import { whileDown } from './kit/installation.js';
import { api, minutesOf, sheet } from './kit/systems.js';
import { expect, openInbox, test } from './kit/test.js';

/** Until the part that was gone has started again, on a busy machine. */
const BACK = { timeout: 60_000 };
const NOTE = 'Mit Frau Kern besprochen';
let cases: readonly ChangedCase[] = [];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  cases = await makeChangedCases(['Ausfall der Verbindung', 'Ausfall von Temporal']);
});

async function openWithNote(page: Page, title: string): Promise<void> {
  await openInbox(page, `/inbox?search=${encodeURIComponent(title)}`);
  await expect(page.locator('#case-title')).toHaveText(title);
  await page.keyboard.press('c');
  await page.keyboard.type(NOTE);
}
test.beforeEach(() => test.setTimeout(180_000)); // for a busy machine; a tenth of it otherwise

const take = (page: Page) => page.getByRole('button', { name: 'Zammad übernehmen' }).press('Enter');

/** Nobody has to type or to find anything again, and the case can be decided as if nothing had been. */
async function decideAfterwards(page: Page, { title, sheetId }: ChangedCase): Promise<void> {
  const { id } = await caseOf(title);
  await expect(page.getByLabel('Begründung')).toHaveValue(NOTE);
  await take(page);
  await expect(page.getByText(/: Zammad übernehmen in/)).toBeVisible(BACK);
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect.poll(async () => minutesOf(await sheet(sheetId)), BACK).toBe(BOOKED);
  const query = { action: 'decision.recorded', subjectKind: 'conflict', subjectId: id };
  const { items } = await api().call(listAudit, { query });
  expect(items.map(({ details }) => details['note'])).toEqual([NOTE]);
}

test('while Timebridge does not answer the page says so and keeps what was typed; afterwards it goes on', async ({
  page,
  faults,
}) => {
  const [lost] = cases;
  if (!lost) throw new Error('the case must have been made');
  await openWithNote(page, lost.title);
  const banner = page.getByRole('alert').filter({ hasText: 'Timebridge antwortet seit' });
  await whileDown('api', async () => {
    await take(page);
    await expect(page.getByText(/Noch ohne Antwort: Timebridge antwortet gerade nicht/)).toBeVisible();
    await expect(banner).toContainText('Sie sehen den letzten Stand');
    await expect(page.locator('#case-title')).toHaveText(lost.title);
    await expect(page.getByLabel('Begründung')).toHaveValue(NOTE);
  });
  await expect(banner).toHaveCount(0, BACK);
  await decideAfterwards(page, lost);
  expect(faults.filter((fault) => !/ERR_|status of 50\d/.test(fault))).toEqual([]);
  faults.length = 0;
});

test('while Temporal is gone everything can be read and deciding says why it has to wait', async ({
  page,
  faults,
}) => {
  const [, waiting] = cases;
  if (!waiting) throw new Error('the case must have been made');
  await openWithNote(page, waiting.title);
  const banner = page.getByRole('alert').filter({ hasText: 'Entscheidungen sind gerade nicht möglich' });
  await whileDown('temporal', async () => {
    await take(page);
    await expect(banner).toBeVisible();
    await expect(page.getByText(/Noch ohne Antwort: .*Temporal/)).toBeVisible();
    await expect(page.getByLabel('Begründung')).toHaveValue(NOTE);
    await page.getByRole('link', { name: 'Überblick' }).click();
    await expect(page.getByText('Der Ablaufdienst Temporal antwortet nicht.')).toBeVisible();
  });
  await expect(banner).toHaveCount(0, BACK);
  await page.goBack();
  await expect(page.locator('#case-title')).toHaveText(waiting.title);
  await decideAfterwards(page, waiting);
  expect(faults.filter((fault) => !/ERR_|status of 50\d/.test(fault))).toEqual([]);
  faults.length = 0;
});
