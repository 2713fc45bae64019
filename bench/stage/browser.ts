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
  /** JavaScript and CSS as they came over the wire. */
  readonly bytes: number;
};

/** The inbox with nothing in the browser's cache. */
export async function loadInbox(
  browser: Browser,
  { config }: Installation,
  storageState: Session,
): Promise<ColdLoad> {
  const context = await browser.newContext({ ...VIEW, storageState });
  const page = await context.newPage();
  const bytes = await countBytes(page);
  await page.goto(`${pagesUrl(config.port)}/inbox`);
  await page.locator(FIRST_ROW).first().waitFor();
  const times = await page.evaluate(() => ({
    firstRowMs: performance.now(),
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  }));
  const found = { ...times, bytes: bytes() };
  await context.close();
  return found;
}

async function countBytes(page: Page): Promise<() => number> {
  const wanted = new Set<string>();
  let bytes = 0;
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  protocol.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script' || type === 'Stylesheet') wanted.add(requestId);
  });
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (wanted.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
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
