import {
  chromium,
  request as playwright,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import sparticuz from '@sparticuz/chromium';
import { inviteUser } from '../../api/users/invite-user.contract.js';
import type { Installation } from './installation.js';

/* The pages in a real Chromium, as a person who is logged in has them before them. */

const VIEW = {
  locale: 'de-DE',
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1440, height: 900 },
} as const;
const FIRST_ROW = '[role=option][aria-posinset]';

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--headless=shell', '--disable-dev-shm-usage'],
  });

/** Invites a colleague, who follows the link and is logged in. */
export async function logIn({ api, config }: Installation): Promise<Session> {
  const person = { name: 'Jana Weidner', role: 'approver', email: 'jana@weidner-it.example' } as const;
  const { link } = await api.call(inviteUser, { body: person });
  const token = new URLSearchParams(new URL(link.url).hash.slice(1)).get('token');
  const context = await playwright.newContext({ baseURL: pagesUrl(config.port) });
  const reply = await context.post('/api/v1/session/first-login', {
    data: { token, password: 'ein-langes-testpasswort' },
    headers: { 'x-timebridge': '1' },
  });
  if (!reply.ok()) throw new Error(`the first log-in answered ${reply.status()}`);
  const state = await context.storageState();
  await context.dispose();
  return state;
}

const pagesUrl = (port: number): string => `http://localhost:${port}`;

export type ColdLoad = {
  /** Until anything is painted, and until the first case can be read; from the start of the navigation. */
  readonly firstPaintMs: number;
  readonly firstRowMs: number;
  /** JavaScript and CSS as they came over the wire, without headers, and how they were compressed. */
  readonly bytes: number;
  readonly encodings: readonly string[];
};

/** The inbox with nothing in the browser's cache. */
export async function loadInbox(
  browser: Browser,
  { config }: Installation,
  storageState: Session,
): Promise<ColdLoad> {
  const context = await browser.newContext({ ...VIEW, storageState });
  const page = await context.newPage();
  const encodings = noteEncodings(page);
  await page.goto(`${pagesUrl(config.port)}/inbox`);
  await page.locator(FIRST_ROW).first().waitFor();
  const times = await page.evaluate(() => ({
    firstRowMs: performance.now(),
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  }));
  const bytes = Number(await page.evaluate(TRANSFERRED));
  const found = { ...times, bytes, encodings: [...encodings].sort() };
  await context.close();
  return found;
}

/** Runs in the page: the bodies of its scripts and style sheets as they were transferred, in bytes. */
const TRANSFERRED = `performance.getEntriesByType('resource')
  .filter(({ name }) => /[.](js|css)([?]|$)/.test(name)).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

/** How scripts and style sheets are compressed; small ones are not. */
function noteEncodings(page: Page): ReadonlySet<string> {
  const found = new Set<string>();
  page.on('response', (response) => {
    if (['script', 'stylesheet'].includes(response.request().resourceType()))
      found.add(response.headers()['content-encoding'] ?? 'none');
  });
  return found;
}

/** Goes down the list with `j`; each time from the key to the next case being shown as the chosen one, in ms. */
export async function pressThrough(
  browser: Browser,
  { config }: Installation,
  storageState: Session,
  presses: number,
): Promise<readonly number[]> {
  const context = await browser.newContext({ ...VIEW, storageState });
  const page = await context.newPage();
  await page.goto(`${pagesUrl(config.port)}/inbox`);
  await page.locator(FIRST_ROW).first().waitFor();
  await page.keyboard.press('j');
  await page.waitForTimeout(1_000);
  await page.evaluate(NOTE_KEYS);
  const times: number[] = [];
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press('j');
    const ms = await page.waitForFunction(TAKE_TIME);
    times.push(Number(await ms.jsonValue()));
    await page.waitForTimeout(150); // a person reads for a moment
  }
  await context.close();
  return times;
}

/** Runs in the page: from each key until the frame in which another case is the chosen one and shown at the right. */
const NOTE_KEYS = `(() => {
  const chosen = () => document.querySelector('[role=option][aria-selected=true]')?.getAttribute('aria-posinset');
  const shown = () => document.getElementById('case-title')?.textContent ?? '';
  addEventListener('keydown', () => {
    const [since, before] = [performance.now(), chosen()];
    const look = () => {
      if (chosen() === before || shown() === '') requestAnimationFrame(look);
      else globalThis.benchMs = performance.now() - since;
    };
    requestAnimationFrame(look);
  }, { capture: true });
})()`;

/** Takes the time of the newest key, once it is there. */
const TAKE_TIME = `(() => { const taken = globalThis.benchMs; globalThis.benchMs = undefined; return taken; })()`;
