import { snoozeConflict } from '../../api/conflicts/snooze-conflict.contract.js';
import type { Page } from '@playwright/test';
import { caseOf, makeChangedCases, type ChangedCase } from './kit/changed-cases.js';
import { expect, openInbox, test } from './kit/test.js';
import { api, detailOf, syncNow, zammad } from './kit/systems.js';

const options = (page: Page) => page.getByRole('option');
const listOf = (name: string) => `/inbox?search=${encodeURIComponent(name)}`;
/** Chooses from the menu that `h` opens. */
async function snoozeByKeys(page: Page, entry: string): Promise<void> {
  await page.keyboard.press('h');
  const item = page.getByRole('menuitem', { name: entry });
  await expect(item).toBeVisible();
  const focused = item.and(page.locator(':focus'));
  for (let tries = 0; tries < 8 && (await focused.count()) === 0; tries += 1)
    await page.keyboard.press('ArrowDown');
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
}

test.describe('by keys alone', () => {
  let cases: readonly ChangedCase[] = [];
  const named = (title: string) => {
    const found = cases.find((one) => one.title === title);
    if (!found) throw new Error(`${title} must have been made`);
    return found;
  };
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    cases = await makeChangedCases(['Schlaf bis Änderung', 'Schlaf bis Tag', 'Schlaf zu früh']);
  });

  test('a case is put aside until something changes, and is back with the change', async ({ page }) => {
    const { title, entryId } = named('Schlaf bis Änderung');
    const { id } = await caseOf(title);
    await openInbox(page, listOf(title));
    await expect(page.locator('#case-title')).toHaveText(title);
    await snoozeByKeys(page, 'Bis sich etwas ändert');
    await expect(page.getByText('Zurückgestellt, bis sich etwas ändert')).toBeVisible();
    await expect(options(page)).toHaveCount(0);

    await page.goto(`/snoozed?search=${encodeURIComponent(title)}`);
    await expect(options(page)).toHaveCount(1);
    await zammad.correct({ id: entryId }, 45);
    await syncNow();
    await expect.poll(async () => (await detailOf(id)).conflict.snoozedUntilChange).toBe(false);
    await openInbox(page, listOf(title));
    await expect(options(page)).toHaveCount(1);
    await expect(page.getByRole('cell', { name: /0:45/ })).toBeVisible();
  });

  test('a case is put aside until a day, and comes back by itself into a list that is open', async ({
    page,
  }) => {
    const { title } = named('Schlaf bis Tag');
    const { id } = await caseOf(title);
    await openInbox(page, listOf(title));
    await expect(page.locator('#case-title')).toHaveText(title);
    await snoozeByKeys(page, 'Anderer Tag');
    await expect(page.getByRole('dialog')).toContainText('Wiedervorlage');
    await page.getByLabel('Wiedervorlage am Morgen des').press('Enter'); // tomorrow stands there
    await expect(page.getByText(/^Zurückgestellt bis /)).toBeVisible();
    await expect(options(page)).toHaveCount(0);
    const { snoozedUntil } = (await detailOf(id)).conflict;
    expect(Date.parse(snoozedUntil ?? '')).toBeGreaterThan(Date.now());

    // Nobody waits for tomorrow here: the same case with a moment that is near, while the page stays as it is.
    await expect(page.getByText('Kein Fall passt zu diesen Filtern.')).toBeVisible();
    const until = new Date(Date.now() + 3_000).toISOString();
    await api().call(snoozeConflict, { params: { conflictId: id }, body: { until, untilChange: true } });
    await expect(options(page)).toHaveCount(1);
    await expect(page.locator('#case-title')).toHaveText(title);
  });

  test('a key that is pressed before the case is there opens its menu once it is', async ({ page }) => {
    const { title } = named('Schlaf zu früh');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/v1/conflicts/*', async (route) => {
      if (/\/conflicts\/\d+$/.test(new URL(route.request().url()).pathname)) await held;
      await route.continue();
    });
    await openInbox(page, listOf(title));
    await expect(page).toHaveURL(/\/inbox\/\d+/);
    await page.keyboard.press('1');
    await expect(page.getByText('Mit dieser Taste wurde nichts entschieden.')).toBeVisible();
    await page.keyboard.press('h');
    release();
    await expect(page.getByRole('menuitem', { name: 'Bis sich etwas ändert' })).toBeVisible();
    expect((await caseOf(title)).state).toBe('open');
  });
});
