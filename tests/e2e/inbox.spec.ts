import type { Page } from '@playwright/test';
import { BOOKED, caseOf, CHANGED, makeChangedCases, type ChangedCase } from './kit/changed-cases.js';
import { expect, openInbox, test } from './kit/test.js';
import { minutesOf, sheet, syncNow, zammad } from './kit/systems.js';

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
const listOf = (name: string) => `/inbox?search=${encodeURIComponent(name)}`;
const heldInKimai = async (cases: readonly ChangedCase[]) =>
  Promise.all(cases.map(async ({ sheetId }) => minutesOf(await sheet(sheetId))));
const options = (page: Page) => page.getByRole('option');
const inTheList = (page: Page) => expect(page.getByRole('listbox')).toBeFocused();

test.describe('by keys alone', () => {
  let cases: readonly ChangedCase[] = [];
  const named = (name: string) => cases.filter(({ title }) => title.startsWith(name));

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    cases = await makeChangedCases([
      ...numbered('Tastenreihe', 10),
      ...numbered('Tastenbund', 3),
      'Tastenfeld',
    ]);
  });

  test('ten decisions in a row: each leads to the next case, and the keyboard stays in the list', async ({
    page,
  }) => {
    await openInbox(page, listOf('Tastenreihe'));
    await expect(options(page)).toHaveCount(10);
    await page.keyboard.press('Escape');
    for (let left = 10; left > 0; left -= 1) {
      await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
      await inTheList(page);
      await expect(page.getByRole('button', { name: 'Zammad übernehmen' })).toBeEnabled();
      await page.keyboard.press('1');
      if (left > 1) await expect(options(page)).toHaveCount(left - 1);
    }
    await expect(page.getByText('Kein Fall passt zu diesen Filtern.')).toBeVisible();
    await expect
      .poll(async () => heldInKimai(named('Tastenreihe')))
      .toEqual(named('Tastenreihe').map(() => BOOKED));
  });

  test('a rule is offered for answers that were always alike; who may only decide is told who makes it', async ({
    page,
  }) => {
    await openInbox(page, listOf('Tastenfeld'));
    const hint = page.getByText(/zuletzt \d+-mal nacheinander „Zammad übernehmen“ gewählt/);
    await expect(hint).toBeVisible();
    // Whoever may only decide is told who can make the rule.
    await expect(page.getByText('Eine Regel daraus macht die Verwaltung.')).toBeVisible();
  });

  test('many at once: selected, previewed, taken back as one, decided again and reverted as one', async ({
    page,
  }) => {
    const bundle = named('Tastenbund');
    const decideAll = async () => {
      await page.keyboard.press('A');
      await expect(page.getByText('3 ausgewählt')).toBeVisible();
      await page.keyboard.press('b');
      await expect(page.getByRole('menuitem', { name: 'Zammad übernehmen' })).toBeVisible();
      await page.getByRole('menuitem', { name: 'Zammad übernehmen' }).press('Enter');
      await expect(page.getByText('3 ändern')).toBeVisible();
      await page.getByRole('button', { name: '3 Fälle entscheiden' }).press('Enter');
      await expect(page.getByText(/3 Fälle: Zammad übernehmen in/)).toBeVisible();
      await expect(options(page)).toHaveCount(0);
    };
    await openInbox(page, listOf('Tastenbund'));
    await expect(options(page)).toHaveCount(3);
    await decideAll();
    await page.keyboard.press('z');
    await expect(page.getByText('Zurückgenommen. In Kimai wurde nichts geändert.')).toBeVisible();
    await expect(options(page)).toHaveCount(3);
    expect(await heldInKimai(bundle)).toEqual([CHANGED, CHANGED, CHANGED]);

    await decideAll();
    await expect(page.getByText('3 Fälle übertragen')).toBeVisible();
    expect(await heldInKimai(bundle)).toEqual([BOOKED, BOOKED, BOOKED]);
    await page.getByRole('button', { name: 'Ansehen', exact: true }).press('Enter');
    await page.getByRole('button', { name: /^Rückgängig machen/ }).press('Enter');
    await expect(page.getByText('Zeiteintrag in Kimai zurücksetzen')).toHaveCount(3);
    await page.getByRole('button', { name: 'Rückgängig machen', exact: true }).press('Enter');
    await expect(page.getByText(/^Zurückgeschrieben\./)).toBeVisible();
    expect(await heldInKimai(bundle)).toEqual([CHANGED, CHANGED, CHANGED]);
  });

  test('field by field: the sentence says what Kimai will hold before it does', async ({ page }) => {
    const [field] = named('Tastenfeld');
    if (!field) throw new Error('the case must have been made');
    await zammad.correct({ id: field.entryId }, 75);
    await syncNow();
    const row = await caseOf(field.title);
    expect(row.kind).toBe('mismatch');
    await openInbox(page, `/inbox/${row.id}?search=Tastenfeld`);
    await expect(page.locator('#case-title')).toHaveText(field.title);
    await page.keyboard.press('e');
    const zammadNow = page.getByRole('radio', { name: 'Dauer: Zammad jetzt' });
    await expect(zammadNow).toBeFocused();
    await page.keyboard.press('Space');
    await expect(page.getByText('Dauer: 1:15\u00a0h (Zammad)')).toBeVisible();
    await page.keyboard.press('e');
    await expect.poll(async () => heldInKimai([field])).toEqual([75]);
  });
});

test('commands and pages are found by name', async ({ page }) => {
  await openInbox(page);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Befehle und Suche' });
  await expect(field).toBeFocused();
  await page.keyboard.type('nächster');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(page).toHaveURL(/\/inbox\/\d+/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('erledigt');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/done/);
});
