import { listConflicts } from '../../api/conflicts/list-conflicts.contract.js';
import type { Page } from '@playwright/test';
import { expect, openInbox, test } from './kit/test.js';
import { api, detailOf, minutesOf, openCase, sheet, sheetsOfEntry } from './kit/systems.js';

/** Goes down the list with `j` until the case is the active one. */
async function moveTo(page: Page, ticket: string): Promise<void> {
  const active = page.getByRole('option', { selected: true });
  await page.keyboard.press('j');
  await expect(active).toBeVisible();
  for (let at = 0; at < 60; at += 1) {
    if ((await active.innerText()).includes(`#${ticket}`)) return;
    const before = await active.getAttribute('aria-posinset');
    await page.keyboard.press('j');
    await expect(active).not.toHaveAttribute('aria-posinset', before ?? '');
  }
  throw new Error(`#${ticket} is not in the list`);
}

test('keys alone decide a case, and after the grace time Kimai holds what was decided', async ({ page }) => {
  const row = await openCase('target_changed');
  const { targetRowId, base } = await detailOf(row.id);
  const ticket = row.ticketNumber ?? '';
  expect(minutesOf(await sheet(targetRowId))).not.toBe((base?.seconds ?? 0) / 60);

  await openInbox(page);
  await moveTo(page, ticket);
  const position = await page.getByRole('option', { selected: true }).getAttribute('aria-posinset');
  await page.keyboard.press('k');
  await expect(page.getByRole('option', { selected: true })).not.toHaveAttribute(
    'aria-posinset',
    position ?? '',
  );
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.locator('#case-title')).toBeFocused();
  await expect(page.getByRole('link', { name: `Ticket #${ticket}` })).toBeVisible();
  await page.keyboard.press('1'); // 1 is Zammad in every case that offers it

  await expect(page.getByText(`#${ticket}: Zammad übernehmen in`)).toBeVisible();
  await expect(page.getByRole('option', { name: `#${ticket}` })).toHaveCount(0);
  await expect(page.getByRole('option', { selected: true })).toBeVisible(); // on to the next one
  await expect.poll(async () => minutesOf(await sheet(targetRowId))).toBe((base?.seconds ?? 0) / 60);

  await page.getByRole('link', { name: 'Erledigt' }).click();
  const done = page.getByRole('option', { name: `#${ticket}` });
  await expect(done).toContainText('Zammad übernehmen');
  await expect(done).toContainText('Jana Weidner');
});

test('a decision that is taken back within the grace time writes nothing, and the case is back', async ({
  page,
}) => {
  const row = await openCase('target_deleted');
  const { targetRowId } = await detailOf(row.id);
  await openInbox(page, `/inbox/${row.id}?kinds=${row.kind}`);
  const option = page.getByRole('option', { name: `#${row.ticketNumber}` });
  await expect(option).toBeVisible();
  await page.getByRole('button', { name: 'Erneut anlegen' }).click();
  await expect(page.getByText(`#${row.ticketNumber}: Erneut anlegen in`)).toBeVisible();
  await expect(option).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(page.getByText('Zurückgenommen. In Kimai wurde nichts geändert.')).toBeVisible();
  await expect(option).toBeVisible();

  const { conflict } = await detailOf(row.id);
  expect(conflict.state).toBe('open');
  // The grace time has an end in the data, so that waiting for it needs no guess.
  const until = Date.parse(conflict.decision?.applyAfter ?? new Date().toISOString());
  await expect.poll(() => Date.now()).toBeGreaterThan(until + 1_000);
  expect((await detailOf(row.id)).conflict.state).toBe('open');
  expect(await sheet(targetRowId)).toBeUndefined();
});

test('mapping an activity in the inbox writes every entry that waited for it', async ({ page }) => {
  const row = await openCase('unmapped_activity');
  const waiting = (await detailOf(row.id)).entries.map((entry) => Number(entry.source_id));
  expect(waiting.length).toBeGreaterThan(0);
  await openInbox(page, `/inbox/${row.id}`);
  // What is alike is proposed there already; what is typed takes its place.
  await page.getByLabel('Tätigkeit in Kimai').fill('Bereit');
  await page.getByRole('option', { name: /^Bereitschaft/ }).click();
  await page.getByRole('button', { name: 'Zuordnen' }).click();
  await expect(page.getByText(/^Rufbereitschaft: Zuordnen .*in/)).toBeVisible();
  // Some of them may wait for something else too: another gap, or a case of its own.
  const unsettled = async () => {
    const { items } = await api().call(listConflicts, { query: { view: 'open', limit: 200 } });
    const open = await Promise.all(items.filter(({ id }) => id !== row.id).map(({ id }) => detailOf(id)));
    const asked = new Set(open.flatMap(({ entries }) => entries.map((entry) => Number(entry.source_id))));
    const found = await Promise.all(
      waiting.map(async (id) => [id, (await sheetsOfEntry(id)).length] as const),
    );
    if (!found.some(([, sheets]) => sheets === 1)) return ['nothing is written'];
    return found.filter(([id, sheets]) => sheets !== 1 && !(sheets === 0 && asked.has(id)));
  };
  await expect.poll(unsettled).toEqual([]);
});
