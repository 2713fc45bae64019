import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { listAudit } from '../../api/system/list-audit.contract.js';
import { BOOKED, caseOf, CHANGED, makeChangedCases, type ChangedCase } from './kit/changed-cases.js';
import { APP_URL } from './kit/addresses.js';
import { logIn } from './kit/log-in.js';
import { api, minutesOf, sheet } from './kit/systems.js';
import { expect, openInbox, test } from './kit/test.js';

const COLLEAGUE = 'Miriam Krause';
let cases: readonly ChangedCase[] = [];
let colleague: APIRequestContext;

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(120_000);
  cases = await makeChangedCases(['Zu zweit gesehen', 'Zu zweit entschieden']);
  colleague = await playwright.request.newContext({ baseURL: APP_URL });
  await logIn(colleague, { name: COLLEAGUE, role: 'approver' });
});
test.afterAll(() => colleague.dispose());

/** What the colleague's own page sends when he decides. */
async function colleagueDecides(title: string, choice: 'take_source' | 'keep_target') {
  const { id, version } = await caseOf(title);
  const data = { decisionId: randomUUID(), version, choice, parameters: {}, note: null };
  const headers = { 'x-timebridge': '1' };
  const answer = await colleague.post(`/api/v1/conflicts/${id}/decision`, { data, headers });
  expect(answer.status()).toBe(200);
  return id;
}
const made = (title: string) => {
  const found = cases.find((one) => one.title === title);
  if (!found) throw new Error(`${title} must have been made`);
  return found;
};

test('a case that a colleague decides fades with the name, and the others stay where they are', async ({
  page,
}) => {
  const { title, sheetId } = made('Zu zweit gesehen');
  await openInbox(page, `/inbox?search=${encodeURIComponent('Zu zweit')}`);
  await expect(page.getByRole('option')).toHaveCount(2);
  await colleagueDecides(title, 'take_source');
  await expect(page.getByRole('option', { name: title })).toContainText(`${COLLEAGUE} hat entschieden`);
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('option', { name: made('Zu zweit entschieden').title })).toBeVisible();
  await expect.poll(async () => minutesOf(await sheet(sheetId))).toBe(BOOKED);
});

test('of two who decide at the same time the second one is told who was quicker, and nothing is decided twice', async ({
  page,
  faults,
}) => {
  const { title, sheetId } = made('Zu zweit entschieden');
  await page.route('**/api/v1/events', (route) => route.abort()); // this page learns of nothing by itself
  let id = '';
  await page.route('**/api/v1/conflicts/*/decision', async (route) => {
    id = await colleagueDecides(title, 'keep_target');
    await route.continue();
  });
  await openInbox(page, `/inbox?search=${encodeURIComponent(title)}`);
  await expect(page.getByRole('button', { name: 'Zammad übernehmen' })).toBeEnabled();
  await page.keyboard.press('1');
  await expect(page.getByRole('alert')).toContainText(`${COLLEAGUE} hat diesen Fall inzwischen entschieden.`);
  await expect(page.getByRole('option')).toHaveCount(0);

  const query = { action: 'decision.recorded', subjectKind: 'conflict', subjectId: id };
  const { items } = await api().call(listAudit, { query });
  expect(items.map(({ actor }) => actor.name)).toEqual([COLLEAGUE]);
  expect(minutesOf(await sheet(sheetId))).toBe(CHANGED);
  expect(faults.filter((fault) => !/ERR_FAILED|status of 409/.test(fault))).toEqual([]);
  faults.length = 0;
});
