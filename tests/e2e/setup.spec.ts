import type { Locator, Page } from '@playwright/test';
import { readDemoFacts } from '../../cli/up/demo-setup.js';
import { BLANK, KIMAI_URL, ZAMMAD_URL } from './kit/addresses.js';
import { firstLoginLink, startInstallation, stopInstallation } from './kit/installation.js';
import { kimai } from './kit/systems.js';
import { expect, test, watch } from './kit/test.js';

const MOST_TABS = 80;

/** Goes on with the tabulator until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = page.locator(':focus');
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    if ((await target.and(focused).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The tabulator does not reach ${String(target)}`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name }).first();
  await expect(button).toBeEnabled();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

test.afterAll(() => stopInstallation(BLANK));

test('from nothing to a bridge on trial in one sitting, without a mouse', async ({ browser }) => {
  test.setTimeout(300_000);
  const link = firstLoginLink(await startInstallation(BLANK));
  const { zammad: inZammad, kimai: inKimai } = await readDemoFacts(ZAMMAD_URL);
  const rowsBefore = (await kimai.sheets()).length;
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  const faults: string[] = [];
  watch(page, faults, `http://localhost:${BLANK.ports.TIMEBRIDGE_PORT}`);

  await page.goto(link);
  await type(page, 'Name', 'Martina Weidner');
  await type(page, 'E-Mail-Adresse', 'martina@weidner-it.example');
  await type(page, 'Neues Passwort', 'drei-wolken-im-oktober');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'Zammad verbinden' })).toBeVisible();
  await expect(page.getByText('Noch nichts verbunden')).toBeVisible();
  await type(page, 'Adresse', ZAMMAD_URL);
  await type(page, 'API-Token', inZammad.token);
  await press(page, 'Verbinden und testen');
  await press(page, 'Weiter');
  await expect(page.getByRole('heading', { name: 'Kimai verbinden' })).toBeVisible();
  await type(page, 'Adresse', KIMAI_URL);
  await type(page, 'API-Token', inKimai.token);
  await press(page, 'Verbinden und testen');
  await press(page, 'Weiter');

  await press(page, 'Stimmt so, weiter');
  for (const step of ['Personen', 'Tätigkeiten', 'Kunden']) {
    await expect(page.getByRole('heading', { name: step, level: 2 })).toBeVisible();
    await press(page, /Zuordnung(en)? bestätigen|^Weiter$/);
  }
  await press(page, 'So lassen, weiter');
  await press(page, 'Später, weiter');
  // What the first run would do is read by itself on the last step.
  await press(page, 'Im Probebetrieb starten');
  await expect(page.getByText('Die Brücke läuft im Probebetrieb.')).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'Zum Eingang' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await kimai.sheets()).toHaveLength(rowsBefore); // on trial nothing is written
  expect(faults, 'what the page did that it must not').toEqual([]);
  await context.close();
});
