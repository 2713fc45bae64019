import { caseOf, makeChangedCases } from './kit/changed-cases.js';
import { expect, openInbox, test } from './kit/test.js';
import { ANNA, detailOf, zammad } from './kit/systems.js';

const TITLE = 'Nachfrage beim Agenten';

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await makeChangedCases([TITLE]);
});

test('an agent is asked by keys alone, and the case is back with the answer', async ({ page }) => {
  const { id } = await caseOf(TITLE);
  const ticketId = Number((await detailOf(id)).links.ticket?.match(/\d+$/)?.[0]);
  await openInbox(page, `/inbox?search=${encodeURIComponent(TITLE)}`);
  await expect(page.locator('#case-title')).toHaveText(TITLE);
  await page.keyboard.press('q');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Kunden sehen sie nicht');
  const field = dialog.getByLabel('Ihre Frage');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/^Zum Zeiteintrag vom .+ Was ist richtig\?$/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Waren es 60 oder 90 Minuten?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText(/^Die Frage steht in Ticket #\d+\./)).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(0);
  const notes = await zammad.read('GET', `/ticket_articles/by_ticket/${ticketId}`);
  expect(notes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        internal: true,
        body: expect.stringContaining('Waren es 60 oder 90 Minuten?'),
      }),
    ]),
  );

  await zammad.writeNote(ticketId, 'Es waren 90.', ANNA); // its webhook brings the case back
  const option = page.getByRole('option');
  await expect(option).toHaveCount(1);
  await expect(option).toContainText('Im Ticket wurde etwas geschrieben');
  await expect(page.locator('#case-title')).toHaveText(TITLE);
  await expect(page.getByText(/hat im Ticket gefragt/)).toContainText('Waren es 60 oder 90 Minuten?');
});
