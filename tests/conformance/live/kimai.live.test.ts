import { setTimeout as wait } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { createKimaiTarget } from '../../../connectors/kimai/target.js';
import type { TimeTarget } from '../../../connectors/port.js';
import type { CatalogueItem } from '../../../domain/staged.js';
import { kimaiContext, MORNING } from '../kimai-world.js';
import { allPages } from '../source-conformance.js';
import { targetConformance, type TargetUnderTest } from '../target-conformance.js';
import { startRelay } from './relay.js';

const { KIMAI_URL, KIMAI_TOKEN } = process.env;
const NO_WAITING = { retryDelaysMs: [] };
/** Kimai keeps whole seconds. */
const SURELY_LATER_MS = 2_500;
/** What the kit writes into its rows, and only on this day: nothing else is ever deleted. */
const OURS = /^(Printer|Plotter)/;

function named(
  items: readonly CatalogueItem[],
  kind: CatalogueItem['kind'],
  id: string | undefined,
): CatalogueItem {
  const found = items.find(
    (item) => item.kind === kind && (id === undefined ? item.active : item.externalId === id),
  );
  if (found === undefined) throw new Error(`this Kimai has no ${kind} ${id ?? 'that takes bookings'}`);
  return found;
}

/** What to book on: named by the environment, else the first that fits. */
async function placesOf(target: TimeTarget) {
  const items = await target.catalogue();
  const env = process.env;
  const user = named(items, 'user', env['KIMAI_USER']);
  const activity = named(items, 'activity', env['KIMAI_ACTIVITY']);
  const others = items.filter((item) => item !== user && item !== activity);
  const closed = items.filter((item) => item.kind === 'project' && !item.active);
  return {
    user,
    activity,
    otherUser: named(others, 'user', env['KIMAI_OTHER_USER']),
    otherActivity: named(others, 'activity', env['KIMAI_OTHER_ACTIVITY']),
    project: named(items, 'project', env['KIMAI_PROJECT']),
    refusedProjectId: env['KIMAI_CLOSED_PROJECT'] ?? closed[0]?.externalId ?? '999999999',
  };
}

/** A real Kimai, seen as if nothing had been booked there before. Rows that the kit makes are deleted again. */
async function liveKimai(): Promise<TargetUnderTest> {
  const relay = await startRelay(KIMAI_URL ?? '');
  // A customer that was made would stay there: Timebridge never deletes one.
  const { provisioning: _, ...target } = createKimaiTarget(
    kimaiContext(relay.url, KIMAI_TOKEN ?? ''),
    NO_WAITING,
  );
  const stranger = createKimaiTarget(kimaiContext(relay.url, 'nobody-gave-this-out'), NO_WAITING);
  const places = await placesOf(target);
  const rowsOfDay = () =>
    allPages((cursor) => target.listTimesheets({ fromDay: MORNING.day, toDay: MORNING.day }, cursor));
  const before = new Set(
    (await allPages((cursor) => target.listTimesheets({}, cursor))).map((row) => row.externalId),
  );
  const isNew = ({ externalId }: { readonly externalId: string }): boolean => !before.has(externalId);
  return {
    target: {
      ...target,
      listTimesheets: async (query, cursor) => {
        const page = await target.listTimesheets(query, cursor);
        return { ...page, items: page.items.filter(isNew) };
      },
    },
    stranger,
    desired: {
      ...MORNING,
      userId: places.user.externalId,
      projectId: places.project.externalId,
      activityId: places.activity.externalId,
    },
    otherActivityId: places.otherActivity.externalId,
    otherUserId: places.otherUser.externalId,
    refusedProjectId: places.refusedProjectId,
    loseNextAnswer: () => void (relay.losesNextAnswer = true),
    laterBy: () => wait(SURELY_LATER_MS),
    now: relay.now,
    goDown: () => void (relay.down = true),
    close: async () => {
      relay.down = false;
      for (const row of await rowsOfDay())
        if (isNew(row) && OURS.test(row.description ?? '')) await target.deleteTimesheet(row.externalId);
      await Promise.all([target.close(), stranger.close()]);
      await relay.close();
    },
  };
}

if (KIMAI_URL === undefined || KIMAI_TOKEN === undefined)
  describe('a live Kimai', () => {
    it.skip('is not tested: set KIMAI_URL and KIMAI_TOKEN to a Kimai for tests (docs/connectors.md)', () =>
      undefined);
  });
else targetConformance(`The Kimai at ${new URL(KIMAI_URL).host}`, liveKimai);
