import type { Page } from '@playwright/test';
import { allScreens, VIEWS, type Screen } from './kit/screens.js';
import { arrange } from './kit/states.js';
import { openCase } from './kit/systems.js';
import { accessibilityFaults, contrastFaults, expect, openInbox, test, watch } from './kit/test.js';

test.use({ role: 'admin' });

/** A phone, and half of a desktop: what 200 % zoom leaves of it. */
const NARROW = [
  { width: 390, height: 844 },
  { width: 720, height: 450 },
] as const;
const softly = expect.configure({ soft: true });
const WIDE = { width: 1440, height: 900 } as const;

/** What is there to be read has been read: no placeholder is left. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await expect(page.locator('main h1, main h2').first()).toBeVisible();
  await expect(page.locator('.animate-pulse')).toHaveCount(0);
}

type Tour = {
  readonly faults: string[];
  readonly screens: readonly Screen[];
  readonly prepare?: (page: Page) => Promise<void>;
};

/** Looks at all of them in two pages at once: while one page is read the other one is being looked at. */
async function inTwoPages(
  page: Page,
  { faults, screens, prepare }: Tour,
  look: (page: Page, screen: Screen) => Promise<void>,
): Promise<void> {
  const other = await page.context().newPage();
  watch(other, faults);
  const left = [...screens];
  const work = async (own: Page) => {
    await prepare?.(own);
    for (let screen = left.shift(); screen; screen = left.shift()) await look(own, screen);
  };
  await Promise.all([work(page), work(other)]);
  await other.close();
}

test('every screen keeps the rules of WCAG 2.2 AA in both themes, on a phone and at 200 % zoom', async ({
  page,
  faults,
}) => {
  test.setTimeout(600_000); // for a busy machine; a tenth of it otherwise
  const screens = (await allScreens()).filter(({ visitor, twoPeople }) => !visitor && !twoPeople);
  expect(screens.length).toBeGreaterThan(40);
  await inTwoPages(page, { faults, screens }, async (own, { name, path }) => {
    await own.goto(path);
    await settled(own);
    expect.soft(await accessibilityFaults(own), name).toEqual([]);
    // The dark theme differs in its colours alone.
    await own.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await contrastFaults(own), `${name}, dark`).toEqual([]);
    await own.emulateMedia({ colorScheme: 'light' });
    for (const size of NARROW) {
      await own.setViewportSize(size);
      // The layout follows the window a moment later, in the page behind a little later still.
      const fits = softly.poll(() => overflow(own), { message: `${name}, ${size.width} px`, timeout: 5_000 });
      await fits.toBe(0);
    }
    await own.setViewportSize(WIDE);
  });
});

for (const state of ['loading', 'empty', 'failing'] as const) {
  test(`every view that is ${state} keeps the rules of WCAG 2.2 AA and says what is the matter`, async ({
    page,
    faults,
  }) => {
    test.setTimeout(600_000);
    const prepare = (own: Page) => arrange(own, state, 403);
    await inTwoPages(page, { faults, screens: VIEWS, prepare }, async (own, { name, path }) => {
      await own.goto(path);
      await expect(own.locator('main h1, main h2, main [role=alert], main p').first()).toBeVisible();
      if (state !== 'loading') await settled(own);
      expect.soft(await accessibilityFaults(own), name).toEqual([]);
      expect.soft((await own.locator('main').innerText()).trim(), name).not.toBe('');
    });
    // The browser itself notes each answer that was made to fail; nothing else may have gone wrong.
    expect(faults.filter((fault) => !fault.includes('status of 403'))).toEqual([]);
    faults.length = 0;
  });
}

test.describe('before the log-in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  test(`the log-in keeps the rules of WCAG 2.2 AA in both themes`, async ({ page }) => {
    await page.goto('/login');
    await expect(page.getByLabel('E-Mail-Adresse')).toBeVisible();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await contrastFaults(page)).toEqual([]);
  });
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

test('a finger goes from the overview to its list and to a case @phone', async ({ page }) => {
  await page.goto('/overview');
  await expect(page.getByRole('heading', { name: 'Alles in Ordnung.' })).toBeVisible();
  expect(await overflow(page)).toBe(0);
  const thisWeek = page.getByRole('link', { name: /^Woche ab .* Wartet auf Entscheidung/ }).last();
  await thisWeek.tap();
  await expect(page.getByRole('heading', { name: 'Einträge' })).toBeVisible();
  await page.getByLabel('Stand:').selectOption({ label: 'Wartet auf Entscheidung' });
  await expect(page).toHaveURL(/state=waiting/);
  await page
    .getByRole('link', { name: /^Fall öffnen/ })
    .first()
    .tap();
  await expect(page.locator('#case-title')).toBeVisible();
  expect(await overflow(page)).toBe(0);
});

/** How many pixels the page, or the region of a screen in it, can be pushed sideways. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(
    `Math.max(...[document.documentElement, ...document.querySelectorAll('#content > div > [role=region]')]
      .map((element) => element.scrollWidth - element.clientWidth))`,
  );
}
