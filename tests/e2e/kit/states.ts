import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { ConflictDetail } from '../../../api/conflicts/read-conflict.contract.js';

/** What a view can be in; `ready` is what the installation holds. */
export const STATES = ['ready', 'loading', 'empty', 'failing'] as const;
export type State = (typeof STATES)[number];

const EVERYTHING = /\/api\/v1\/(?!session|events)/;
const EMPTY = {
  '**/api/v1/conflicts?*': { total: 0, items: [] },
  '**/api/v1/conflicts/groups*': {
    ...{ groups: [], kinds: [], customers: [], people: [] },
    views: { open: 0, snoozed: 0, done: 0 },
    ...{ readAt: '2026-11-23T08:00:00Z', nextReturn: null },
  },
  '**/api/v1/{runs,bridges,connectors,audit,rules,users,standings,saved-views,api-tokens}*': {
    ...{ total: 0, seconds: 0, items: [], next: null, revision: 0, ruleName: null },
  },
  '**/api/v1/bridges/*/{mappings,rules}/*': { total: 0, items: [] },
} as const;

/** The bridge of the installation asks nobody for a second person: here the case says that it does. */
export async function arrangeTwoPeople(page: Page): Promise<void> {
  await page.route(/\/api\/v1\/conflicts\/\d+$/, async (route) => {
    const response = await route.fetch();
    const detail = (await response.json()) as ConflictDetail;
    const [first] = detail.choices;
    const proposal = {
      ...{ userId: randomUUID(), name: 'Miriam Krause', note: 'Mit dem Kunden besprochen.' },
      ...{ choice: first?.choice ?? 'skip', parameters: {}, at: new Date().toISOString() },
    };
    const json: ConflictDetail = { ...detail, secondPerson: { limitSeconds: 1_800, proposals: [proposal] } };
    await route.fulfill({ response, json });
  });
}

/**
 * Makes the API answer as the state wants it; the session is always told.
 * @param status what fails answers. The page asks again after a 500, which takes seconds; any refusal is final.
 */
export async function arrange(page: Page, state: State, status = 500): Promise<void> {
  await page.unrouteAll();
  if (state === 'empty')
    for (const [pattern, json] of Object.entries(EMPTY))
      await page.route(pattern, (route) => route.fulfill({ json }));
  // Never answered: the page waits as it does at a slow connection.
  if (state === 'loading') await page.route(EVERYTHING, () => undefined);
  if (state === 'failing')
    await page.route(EVERYTHING, (route) =>
      route.fulfill({
        status,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'internal', status }),
      }),
    );
}
