import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, request, type Browser, type BrowserContext, type Page } from '@playwright/test';
import sparticuz from '@sparticuz/chromium';
import { listConflicts } from '../api/conflicts/list-conflicts.contract.js';
import { listRuns } from '../api/runs/list-runs.contract.js';
import { readLock } from '../stack/lock.js';
import { APP_URL, DATA_DIR } from '../tests/e2e/kit/addresses.js';
import { startInstallation, stopInstallation } from '../tests/e2e/kit/installation.js';
import { logIn } from '../tests/e2e/kit/log-in.js';
import { api, BRIDGE } from '../tests/e2e/kit/systems.js';
import { root } from './fingerprint.mjs';

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
type Look = {
  readonly locale: 'de-DE' | 'en-GB';
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
};
type Screen = { readonly name: string; readonly path: string };

const SHOTS = join(root, 'shots');
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const LOOKS: readonly Look[] = WIDTHS.flatMap((viewport) => [
  { locale: 'de-DE', colorScheme: 'light', viewport },
  { locale: 'de-DE', colorScheme: 'dark', viewport },
  { locale: 'en-GB', colorScheme: 'light', viewport },
]);
/** The screens whose empty and failing arrangements are shown too, with the answers that make them so. */
const MAIN = ['inbox', 'done', 'runs', 'bridges', 'connectors', 'mappings', 'audit'];
const EMPTY = {
  '**/api/v1/conflicts?*': { total: 0, items: [] },
  '**/api/v1/conflicts/groups*': {
    ...{ groups: [], kinds: [], customers: [], people: [] },
    views: { open: 0, snoozed: 0, done: 0 },
  },
  '**/api/v1/{runs,bridges,connectors,audit}*': { total: 0, items: [], next: null },
  '**/api/v1/bridges/*/mappings/*': { total: 0, items: [] },
};

/** A case of each kind, the newest run, and whatever the navigation leads to. */
async function screensOf(page: Page): Promise<readonly Screen[]> {
  await page.goto('/inbox');
  await page.getByRole('option').first().waitFor();
  const links = await page.getByRole('navigation').getByRole('link').all();
  const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
  const found = [...new Set(paths.filter((path) => path !== null))];
  const { items } = await api().call(listConflicts, { query: { view: 'open', limit: 200 } });
  const cases = [
    ...new Map(items.map(({ kind, id }) => [kind, { name: `case-${kind}`, path: `/inbox/${id}` }])).values(),
  ];
  const runs = await api().call(listRuns, { query: { limit: 1 } });
  const details: Screen[] = [
    ...runs.items.map(({ id }) => ({ name: 'runs-one', path: `/runs/${id}` })),
    { name: 'bridges-one', path: `/bridges/${BRIDGE}` },
    { name: 'bridges-new', path: '/bridges/new' },
    { name: 'connectors-one', path: '/connectors/kimai' },
    { name: 'connectors-new', path: '/connectors/new' },
  ];
  const shown = details.filter(({ path }) => found.includes(`/${path.split('/')[1] ?? ''}`));
  return [
    ...found.map((path) => ({ name: path.slice(1), path })),
    ...cases,
    ...shown,
    { name: 'not-found', path: '/nowhere' },
  ];
}

async function shoot(page: Page, look: Look, { name, path }: Screen): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('load');
  await page.locator('main h1, main h2, main [role=alert], main p').first().waitFor();
  await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
  const { locale, colorScheme, viewport } = look;
  await page.screenshot({
    path: join(SHOTS, `${name}-${locale.slice(0, 2)}-${colorScheme}-${viewport.width}.png`),
  });
}

async function shootLook(browser: Browser, look: Look, session: Session): Promise<void> {
  const settings = { ...look, baseURL: APP_URL, timezoneId: 'Europe/Berlin' };
  const visitor = await (await browser.newContext(settings)).newPage();
  await shoot(visitor, look, { name: 'login', path: '/login' });
  await visitor.context().close();
  const context = await browser.newContext({ ...settings, storageState: session });
  const wide = await (
    await browser.newContext({ ...settings, viewport: WIDTHS[0], storageState: session })
  ).newPage();
  const screens = await screensOf(wide);
  await wide.context().close();
  const page = await context.newPage();
  for (const screen of screens) await shoot(page, look, screen);
  const main = screens.filter(({ name }) => MAIN.includes(name));
  if (look.locale === 'de-DE' && look.colorScheme === 'light') {
    for (const [pattern, json] of Object.entries(EMPTY))
      await page.route(pattern, (route) => route.fulfill({ json }));
    for (const { name, path } of main) await shoot(page, look, { name: `${name}-empty`, path });
    await page.unrouteAll();
    const problem = {
      status: 500,
      contentType: 'application/problem+json',
      body: '{"code":"internal","status":500}',
    };
    await page.route(/\/api\/v1\/(?!session)/, (route) => route.fulfill(problem));
    for (const { name, path } of main) await shoot(page, look, { name: `${name}-failing`, path });
  }
  await context.close();
}

/** Pictures of every screen in `shots/`, of the installation that the browser tests use; it is started when it is not up. */
async function main(): Promise<void> {
  rmSync(SHOTS, { recursive: true, force: true });
  mkdirSync(SHOTS, { recursive: true });
  const runsAlready = readLock(DATA_DIR) !== undefined;
  if (!runsAlready) await startInstallation();
  const requests = await request.newContext({ baseURL: APP_URL });
  const args = ['--no-sandbox', '--headless=shell', '--disable-dev-shm-usage'];
  const browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
  try {
    await logIn(requests, { name: 'Jana Weidner', role: 'admin' });
    const session = await requests.storageState();
    for (const look of LOOKS) await shootLook(browser, look, session);
  } finally {
    await browser.close();
    await requests.dispose();
    if (!runsAlready) await stopInstallation();
  }
}

await main();
