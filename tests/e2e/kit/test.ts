import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import type { Role } from '../../../api/contract.js';
import { APP_URL } from './addresses.js';
import { logIn } from './log-in.js';

export { expect };

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type State = Awaited<ReturnType<Awaited<ReturnType<Page['context']>>['storageState']>>;
type Fixtures = {
  /** What the page must not do; a test that provokes some of it on purpose takes it out of the list. */
  readonly faults: string[];
};
type WorkerFixtures = {
  /** What the colleague whose browser it is may do. */
  readonly role: Role;
  /** The browser's storage of that colleague, who is logged in. */
  readonly session: State;
};

/** A browser in which somebody is logged in, and which minds what the page does wrong. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  role: ['approver', { option: true, scope: 'worker' }],
  session: [
    async ({ playwright, role }, use) => {
      const request = await playwright.request.newContext({ baseURL: APP_URL });
      await logIn(request, { name: 'Jana Weidner', role });
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  storageState: async ({ session }, use) => use(session),
  faults: async ({ baseURL: _ }, use) => use([]),
  page: async ({ page, faults }, use) => {
    watch(page, faults);
    await use(page);
    expect(faults, 'what the page did that it must not').toEqual([]);
  },
});

/** Notes faults of the console and of scripts, breaches of the content security policy, calls to anywhere else. */
export function watch(page: Page, faults: string[], home: string = APP_URL): void {
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()} ${url}`);
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== home) faults.push(`foreign: ${request.url()}`);
  });
}

/** Rules of WCAG 2.2 A and AA that the page breaks, with the elements that do. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // In one go: no page has a frame, and without it each look opens another page.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Texts whose contrast is too low, with their elements. */
export async function contrastFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withRules(['color-contrast'])
    .analyze();
  return violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' ')));
}

/** The list has its first rows: keys that are pressed before go nowhere. */
export async function openInbox(page: Page, path = '/inbox'): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('option').first()).toBeVisible();
}
