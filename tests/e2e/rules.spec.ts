import { listRules } from '../../api/rules/list-rules.contract.js';
import { replaceRules } from '../../api/rules/replace-rules.contract.js';
import { api, BRIDGE } from './kit/systems.js';
import { expect, test } from './kit/test.js';

test.use({ role: 'admin' });

const NAMES = ['Kleines von selbst', 'Gelöschtes behalten', 'Immer fragen'] as const;
const params = { bridgeId: BRIDGE };
const namesInOrder = async () => (await api().call(listRules, { params })).items.map(({ name }) => name);

test.beforeAll(async () => {
  // Switched off: what is looked at here is their order.
  const rule = { when: { secondsBelow: 60 }, then: 'ask', enabled: false } as const;
  await api().call(replaceRules, { params, body: { items: NAMES.map((name) => ({ ...rule, name })) } });
});
test.afterAll(async () => {
  await api().call(replaceRules, { params, body: { items: [] } });
});

test('keys alone put the rules in another order, and the focus stays with the rule that moves', async ({
  page,
}) => {
  await page.goto('/rules');
  const down = page.getByRole('button', { name: `„${NAMES[0]}“ nach unten` });
  await down.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'ist jetzt Nr. 2 von 3' })).toBeAttached();
  await expect(down).toBeFocused();
  expect(await namesInOrder()).toEqual([NAMES[1], NAMES[0], NAMES[2]]);

  await page.keyboard.press('Space');
  await expect(page.getByRole('status').filter({ hasText: 'ist jetzt Nr. 3 von 3' })).toBeAttached();
  await expect(down).toBeFocused();
  await expect(down).toHaveAttribute('aria-disabled', 'true'); // it is the last now
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: `„${NAMES[0]}“ nach oben` })).toBeFocused();
  expect(await namesInOrder()).toEqual([NAMES[1], NAMES[2], NAMES[0]]);
});
