import { APP_URL } from './kit/addresses.js';
import { expect, test } from './kit/test.js';

const person = {
  name: 'Martina Weidner',
  email: 'martina@weidner-it.example',
  password: 'drei-wolken-im-oktober',
};

test.use({ storageState: { cookies: [], origins: [] } });
test.describe.configure({ mode: 'serial' });

test('the printed link leads through name and password into the inbox, and works once', async ({
  page,
  browser,
  faults,
}) => {
  const link = process.env['FIRST_LOGIN_URL'] ?? '';
  await page.goto(link);
  await expect(page).toHaveURL(/\/login$/); // the token has left the address
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('E-Mail-Adresse').fill(person.email);
  await page.getByLabel('Neues Passwort').fill(person.password);
  await page.getByRole('button', { name: 'Konto einrichten' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByText(person.name)).toBeVisible();

  const second = await (await browser.newContext()).newPage();
  await second.goto(link);
  await expect(second.getByRole('alert')).toContainText('abgelaufen oder wurde schon benutzt');
  await second.context().close();
  expect(faults).toEqual([]);
});

test('a wrong password is refused, the right one opens the inbox, and after the log-out the session is dead', async ({
  page,
  context,
  faults,
}) => {
  await page.goto('/inbox');
  await expect(page).toHaveURL(/\/login\?return=/);
  const enter = async (password: string) => {
    await page.getByLabel('E-Mail-Adresse').fill(person.email);
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
  };
  await enter('falsch-falsch-falsch');
  await expect(page.getByRole('alert')).toContainText('stimmt nicht');
  await enter(person.password);
  await expect(page.getByRole('option').first()).toBeVisible();

  const cookies = await context.cookies();
  await page.getByRole('button', { name: 'Konto und Anzeige' }).click();
  await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  await expect(page).toHaveURL(/\/login/);
  await context.addCookies(cookies); // somebody kept a copy of them
  for (const path of ['/api/v1/session', '/api/v1/conflicts'])
    expect((await context.request.get(path)).status()).toBe(401);
  const refreshed = await context.request.post('/api/v1/session/refresh', {
    headers: { 'x-timebridge': '1' },
  });
  expect(refreshed.status()).toBe(401);
  await page.goto('/inbox');
  await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible();
  // The browser itself notes each refusal; nothing else may have gone wrong.
  expect(faults.filter((fault) => !fault.includes('status of 401'))).toEqual([]);
  faults.length = 0;
});

test('a new device speaks the language of the account, until another one is chosen on it', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: APP_URL, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Eingang' })).toBeVisible();
  await page.getByRole('button', { name: 'Konto und Anzeige' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await context.close();
});
