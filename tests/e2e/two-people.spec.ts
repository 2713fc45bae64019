import type { BrowserContext, Page } from '@playwright/test';
import { updateBridge } from '../../api/bridges/update-bridge.contract.js';
import { APP_URL } from './kit/addresses.js';
import { BOOKED, CHANGED, caseOf, makeChangedCases } from './kit/changed-cases.js';
import { logIn } from './kit/log-in.js';
import { api, BRIDGE, minutesOf, sheet } from './kit/systems.js';
import { accessibilityFaults, expect, openInbox, test, watch } from './kit/test.js';

const TITLE = 'Vier Augen';
const SECOND = 'Miriam Krause';
const HALF_AN_HOUR = 1_800;

/** From so much time on two people decide; null: one is enough, as the other tests expect. */
const askForTwo = (fourEyesSeconds: number | null) =>
  api().call(updateBridge, { params: { bridgeId: BRIDGE }, body: { policies: { fourEyesSeconds } } });

let context: BrowserContext;
let second: Page;
const faultsOfSecond: string[] = [];

test.beforeEach(async ({ browser }) => {
  test.setTimeout(120_000);
  context = await browser.newContext({ baseURL: APP_URL, locale: 'de-DE' });
  await logIn(context.request, { name: SECOND, role: 'approver' });
  second = await context.newPage();
  watch(second, faultsOfSecond);
});
test.afterEach(async () => {
  await askForTwo(null);
  await context.close();
});

test('two people decide alike, each with the keyboard alone; before the second one Kimai stays as it is', async ({
  page,
}) => {
  const [made] = await makeChangedCases([TITLE]);
  await askForTwo(HALF_AN_HOUR);
  const path = `/inbox/${(await caseOf(TITLE)).id}?search=${encodeURIComponent(TITLE)}`;

  await openInbox(page, path);
  await expect(page.getByText('Ab 0:30 h entscheiden zwei Personen.')).toBeVisible();
  await page.keyboard.press('c');
  await page.keyboard.type('mit dem Kunden besprochen');
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('1');
  await expect(page.getByText('Ihr Vorschlag: Zammad übernehmen.')).toBeVisible();
  await page.keyboard.press('1'); // the same person twice is still one
  await expect(page.getByRole('option', { name: TITLE })).toBeVisible();
  expect(minutesOf(await sheet(made?.sheetId ?? null))).toBe(CHANGED);

  await openInbox(second, path);
  await expect(second.getByText('Jana Weidner schlägt vor: Zammad übernehmen.')).toBeVisible();
  await expect(second.getByText('mit dem Kunden besprochen', { exact: true })).toBeVisible();
  expect(await accessibilityFaults(second)).toEqual([]);
  await second.keyboard.press('1');
  await expect(second.getByRole('option', { name: TITLE })).toHaveCount(0);
  await expect.poll(async () => minutesOf(await sheet(made?.sheetId ?? null))).toBe(BOOKED);
  await expect(page.getByRole('option', { name: TITLE })).toHaveCount(0);
  expect(faultsOfSecond).toEqual([]);
});
