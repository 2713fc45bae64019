import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, request, type Browser, type BrowserContext, type Page } from '@playwright/test';
import sparticuz from '@sparticuz/chromium';
import { readLock } from '../../stack/lock.js';
import { APP_URL, DATA_DIR } from '../e2e/kit/addresses.js';
import { startInstallation, stopInstallation } from '../e2e/kit/installation.js';
import { logIn } from '../e2e/kit/log-in.js';
import { allScreens, VIEWS, type Screen } from '../e2e/kit/screens.js';
import { arrange, arrangeTwoPeople, STATES, type State } from '../e2e/kit/states.js';

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
type Look = { readonly language: string; readonly theme: 'light' | 'dark'; readonly width: number };

const USAGE = `Pictures of every screen and state of the installation that the browser tests use, in ./shots.
It is started when it does not run. Each option takes a list, separated by commas; left out, everything is shown.
  --only    names of screens, or how they begin: overview,run,setup
  --state   ${STATES.join(',')}
  --lang    de,en        --theme  light,dark        --width  1440,768,390`;
const HEIGHTS: Readonly<Record<number, number>> = { 1440: 900, 768: 1024, 390: 844 };
const SHOTS = resolve('shots');
/** A picture is taken of what is there by then, since a page that never loads never settles. */
const LOADING_MS = 700;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    only: { type: 'string' },
    state: { type: 'string' },
    lang: { type: 'string', default: 'de,en' },
    theme: { type: 'string', default: 'light,dark' },
    width: { type: 'string', default: '1440,768,390' },
  },
});
const listed = (text: string | undefined) => text?.split(',') ?? [];
const wanted = (of: string | undefined, name: string, matches = (one: string) => name === one) =>
  of === undefined || listed(of).some(matches);

function looks(): readonly Look[] {
  const themes = (['light', 'dark'] as const).filter((theme) => wanted(values.theme, theme));
  const widths = listed(values.width).map(Number);
  return listed(values.lang).flatMap((language) =>
    themes.flatMap((theme) => widths.map((width) => ({ language, theme, width }))),
  );
}

/** What has to be read has been read: no placeholder is left. */
async function settle(page: Page): Promise<void> {
  await page.locator('main h1, main h2, main [role=alert], main p').first().waitFor();
  await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined); // a picture needs no more
}

async function shoot(page: Page, look: Look, screen: Screen, state: State): Promise<void> {
  if (screen.twoPeople) await arrangeTwoPeople(page);
  await page.goto(screen.path);
  if (state === 'loading') await page.waitForTimeout(LOADING_MS);
  else await settle(page);
  const suffix = state === 'ready' ? '' : `-${state}`;
  const name = `${screen.name}${suffix}-${look.language}-${look.theme}-${look.width}.png`;
  await page.screenshot({ path: resolve(SHOTS, name) });
  if (screen.twoPeople) await arrange(page, state);
}

async function shootLook(browser: Browser, look: Look, session: Session, screens: readonly Screen[]) {
  const settings = {
    ...{ baseURL: APP_URL, timezoneId: 'Europe/Berlin', colorScheme: look.theme },
    locale: look.language === 'de' ? 'de-DE' : 'en-GB',
    viewport: { width: look.width, height: HEIGHTS[look.width] ?? 900 },
  };
  const visitor = await browser.newContext(settings);
  const user = await browser.newContext({ ...settings, storageState: session });
  // As if it had been chosen on this device: else the language of the account would win.
  await user.addInitScript(`localStorage.setItem('timebridge.language', '${look.language}')`);
  const [visitorPage, userPage] = [await visitor.newPage(), await user.newPage()];
  for (const state of STATES.filter((one) => wanted(values.state, one))) {
    await arrange(userPage, state);
    const shown = state === 'ready' ? screens : screens.filter((screen) => VIEWS.includes(screen));
    for (const screen of shown) await shoot(screen.visitor ? visitorPage : userPage, look, screen, state);
  }
  await visitor.close();
  await user.close();
}

async function main(): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  const runsAlready = readLock(DATA_DIR) !== undefined;
  if (!runsAlready) await startInstallation();
  const requests = await request.newContext({ baseURL: APP_URL });
  const args = ['--no-sandbox', '--headless=shell', '--disable-dev-shm-usage'];
  const browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
  try {
    await logIn(requests, { name: 'Jana Weidner', role: 'admin' });
    const session = await requests.storageState();
    const screens = (await allScreens()).filter(({ name }) =>
      wanted(values.only, name, (prefix) => name === prefix || name.startsWith(`${prefix}-`)),
    );
    for (const look of looks()) await shootLook(browser, look, session, screens);
  } finally {
    await browser.close();
    await requests.dispose();
    if (!runsAlready) await stopInstallation();
  }
}

if (values.help) console.log(USAGE);
else await main();
