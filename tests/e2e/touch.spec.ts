import type { Page } from '@playwright/test';
import { caseOf, makeChangedCases, type ChangedCase } from './kit/changed-cases.js';
import { detailOf, minutesOf, openCase, sheet, sheetsOfEntry, syncNow, zammad } from './kit/systems.js';
import { expect, openInbox, test } from './kit/test.js';

const listOf = (name: string) => `/inbox?search=${encodeURIComponent(name)}`;
const options = (page: Page) => page.getByRole('option');

test.describe('with a finger on a phone @phone', () => {
  let cases: readonly ChangedCase[] = [];
  const made = (title: string) => {
    const found = cases.find((one) => one.title === title);
    if (!found) throw new Error(`${title} must have been made`);
    return found;
  };
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    cases = await makeChangedCases(['Telefon Wiedervorlage', 'Telefon feldweise']);
    await zammad.correct({ id: made('Telefon feldweise').entryId }, 75);
    await syncNow();
  });

  test('a case is put aside and brought back', async ({ page }) => {
    const { title } = made('Telefon Wiedervorlage');
    const { id } = await caseOf(title);
    await openInbox(page, listOf(title));
    await options(page).tap();
    await page.getByRole('button', { name: 'Zurückstellen' }).tap();
    await page.getByRole('menuitem', { name: 'Bis sich etwas ändert' }).tap();
    await expect(page.getByText('Zurückgestellt, bis sich etwas ändert')).toBeVisible();
    await expect(page.getByText('Kein Fall passt zu diesen Filtern.')).toBeVisible();

    await page.getByRole('button', { name: 'Menü', exact: true }).tap();
    await page.getByRole('link', { name: 'Zurückgestellt' }).tap();
    await page.getByRole('option', { name: title }).tap();
    await page.getByRole('button', { name: 'Jetzt wieder vorlegen' }).tap();
    await expect(page.getByText('Der Fall ist wieder im Eingang.')).toBeVisible();
    await expect.poll(async () => (await detailOf(id)).conflict.snoozedUntilChange).toBe(false);
    expect((await caseOf(title)).id).toBe(id);
  });

  test('each field is chosen by itself, and the sentence says what Kimai will hold', async ({ page }) => {
    const { title, sheetId } = made('Telefon feldweise');
    await openInbox(page, listOf(title));
    await options(page).tap();
    await expect(page.locator('#case-title')).toHaveText(title);
    await page.getByRole('button', { name: 'Mehr' }).tap();
    await page.getByRole('menuitem', { name: 'Feldweise entscheiden' }).tap();
    await page.getByRole('radio', { name: 'Dauer: Zammad jetzt' }).tap();
    await expect(page.getByText('Dauer: 1:15\u00a0h (Zammad)')).toBeVisible();
    await page.getByRole('button', { name: 'Mehr' }).tap();
    await page.getByRole('menuitem', { name: 'Feldweise entscheiden' }).tap();
    await expect(page.getByText(/Feldweise entscheiden in/)).toBeVisible();
    await expect.poll(async () => minutesOf(await sheet(sheetId))).toBe(75);
  });

  test('a missing mapping is filled, and what waited for it is written', async ({ page }) => {
    const row = await openCase('unmapped_user');
    const waiting = (await detailOf(row.id)).entries.map((entry) => Number(entry.source_id));
    expect(waiting.length).toBeGreaterThan(0);
    await openInbox(page, `/inbox?kinds=${row.kind}`);
    await options(page).tap();
    const field = page.getByLabel('Benutzer in Kimai');
    await field.tap();
    await page.getByRole('listbox').getByRole('option').first().tap();
    await page.getByRole('button', { name: 'Zuordnen' }).tap();
    await expect(page.getByText(/: Zuordnen .*in/)).toBeVisible();
    const written = async () => (await Promise.all(waiting.map(sheetsOfEntry))).flat().length;
    await expect.poll(written, { timeout: 40_000 }).toBeGreaterThan(0);
  });
});
