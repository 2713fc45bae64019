import { updateBridge } from '../../api/bridges/update-bridge.contract.js';
import { inviteUser } from '../../api/users/invite-user.contract.js';
import { listUsers } from '../../api/users/list-users.contract.js';
import { listConflicts } from '../../api/conflicts/list-conflicts.contract.js';
import { api, BRIDGE } from './kit/systems.js';
import { accessibilityFaults, expect, openInbox, test } from './kit/test.js';

test.use({ role: 'admin' });

const COLLEAGUE = `Svenja Albers ${Date.now() % 10_000}`;
const params = { bridgeId: BRIDGE };
const mine = '/inbox?mine=1';
const setDuty = (people: string[]) => api().call(updateBridge, { params, body: { duty: { people } } });

test.beforeAll(async () => {
  const email = `svenja-${Date.now()}@weidner-it.example`;
  await api().call(inviteUser, { body: { name: COLLEAGUE, email, role: 'approver' } });
});
test.afterAll(() => setDuty([]));

/** Whose browser it is: of all who are called so, the one who was invited last. */
async function ownId(): Promise<string> {
  const { items } = await api().call(listUsers, {});
  const own = items.filter(({ name }) => name === 'Jana Weidner');
  const [newest] = own.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (!newest) throw new Error('somebody must be logged in');
  return newest.id;
}

test('whose week it is has the cases that nobody took, and the turns can be changed by keys alone', async ({
  page,
}) => {
  const { total } = await api().call(listConflicts, { query: { view: 'open', limit: 1 } });
  await page.goto(mine);
  await expect(page.getByText('Kein Fall passt zu diesen Filtern.')).toBeVisible();

  await setDuty([await ownId()]);
  await page.goto(`/bridges/${BRIDGE}`);
  await page.getByRole('button', { name: 'Person hinzufügen' }).press('Enter');
  const item = page.getByRole('menuitem', { name: COLLEAGUE });
  await item.focus();
  await page.keyboard.press('Enter');
  const thisWeek = (name: string) => page.getByText(new RegExp(`: ${name} · diese Woche$`));
  await page.getByRole('button', { name: `„${COLLEAGUE}“ nach oben` }).press('Enter');
  await expect(thisWeek(COLLEAGUE)).toBeVisible();
  await page.getByRole('button', { name: `„${COLLEAGUE}“ nach unten` }).press('Enter');
  await expect(thisWeek('Jana Weidner')).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Speichern' }).press('Enter');
  await expect(page.getByText('Nicht gespeicherte Änderungen')).toHaveCount(0);

  await openInbox(page, mine);
  await expect(page.getByText('Diese Woche zuständig: Sie')).toBeVisible();
  await expect(page.getByText(new RegExp(`^1 von ${total}`))).toBeVisible();
});
