import type { Page } from '@playwright/test';
import { accessibilityFaults, expect, openInbox, test } from './kit/test.js';
import { openCase } from './kit/systems.js';

const THEMES = ['light', 'dark'] as const;

/** The screens that the navigation leads to. */
async function screens(page: Page): Promise<readonly string[]> {
  await openInbox(page);
  const links = await page.getByRole('navigation').getByRole('link').all();
  const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
  return [...new Set(paths.filter((path) => path !== null))];
}

/** What is there to be read has been read: no placeholder is left. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await expect(page.locator('main h1, main h2').first()).toBeVisible();
  await expect(page.locator('.animate-pulse')).toHaveCount(0);
}

for (const colorScheme of THEMES) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('every screen of the navigation keeps the rules of WCAG 2.2 AA', async ({ page }) => {
      for (const path of await screens(page)) {
        await page.goto(path);
        await settled(page);
        expect.soft(await accessibilityFaults(page), path).toEqual([]);
      }
    });

    test('a case of each arrangement keeps the rules of WCAG 2.2 AA', async ({ page }) => {
      for (const kind of ['mismatch', 'ambiguous', 'locked', 'unmapped_user'] as const) {
        await openInbox(page, `/inbox/${(await openCase(kind)).id}`);
        await expect(page.locator('#case-title')).toBeVisible();
        await settled(page);
        expect.soft(await accessibilityFaults(page), kind).toEqual([]);
      }
    });
  });
}

test.describe('before the log-in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  for (const colorScheme of THEMES) {
    test(`the log-in keeps the rules of WCAG 2.2 AA in ${colorScheme} colours`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto('/login');
      await expect(page.getByLabel('E-Mail-Adresse')).toBeVisible();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  }
});

test('the list, a case, a decision and the way back fit on a phone @phone', async ({ page }) => {
  const row = await openCase('locked');
  await openInbox(page, `/inbox?kinds=${row.kind}`);
  await page
    .getByRole('option', { name: `#${row.ticketNumber}` })
    .first()
    .click();
  await expect(page.locator('#case-title')).toBeVisible();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
  // Two decisions stand in the bar of a phone, the others in its menu.
  await page.getByRole('button', { name: 'Mehr' }).click();
  await page.getByRole('menuitem', { name: 'Unverändert lassen' }).click();
  await expect(page.getByText('Unverändert lassen in')).toBeVisible();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await expect(page.getByText('Zurückgenommen.')).toBeVisible();
  await page.getByRole('button', { name: 'Zurück zur Liste' }).click();
  await expect(page.getByRole('option', { name: `#${row.ticketNumber}` }).first()).toBeVisible();
  expect(await overflow(page)).toBe(0);
});

/** How many pixels the page can be pushed sideways. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
