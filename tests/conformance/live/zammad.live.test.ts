import { setTimeout as wait } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { createZammadSource } from '../../../connectors/zammad/source.js';
import { allPages, sourceConformance, type SourceUnderTest } from '../source-conformance.js';
import { zammadContext } from '../zammad-world.js';
import { startRelay } from './relay.js';

const { ZAMMAD_URL, ZAMMAD_TOKEN, ZAMMAD_ADMIN_TOKEN } = process.env;
const NO_WAITING = { retryDelaysMs: [] };
/** The clock of its answers has whole seconds. */
const SURELY_LATER_MS = 2_500;

async function act(method: string, path: string, body?: unknown): Promise<string> {
  const response = await fetch(`${ZAMMAD_URL}/api/v1${path}`, {
    method,
    headers: { authorization: `Token token=${ZAMMAD_ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const made: unknown = await response.json().catch(() => null);
  // What is missing is named by Zammad, e.g. a customer or a group that ZAMMAD_CUSTOMER or ZAMMAD_GROUP has to name.
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(made)}`);
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : '';
}

/** A real Zammad, seen as if nothing had been booked there before. Tickets that the kit makes are deleted again. */
async function liveZammad(): Promise<SourceUnderTest> {
  const relay = await startRelay(ZAMMAD_URL ?? '');
  const source = createZammadSource(zammadContext(relay.url, ZAMMAD_TOKEN ?? ''), NO_WAITING);
  const stranger = createZammadSource(zammadContext(relay.url, 'nobody-gave-this-out'), NO_WAITING);
  const began = relay.now();
  const before = new Set(
    (await allPages((cursor) => source.listAll(cursor))).map(({ sourceId }) => sourceId),
  );
  const ours: string[] = [];
  const entryPath = (ticketId: string, sourceId: string) =>
    `/tickets/${ticketId}/time_accountings/${sourceId}`;
  return {
    source: {
      ...source,
      listAll: async (cursor) => {
        const page = await source.listAll(cursor);
        return { ...page, items: page.items.filter(({ sourceId }) => !before.has(sourceId)) };
      },
      listChangedTickets: async (since, cursor) => {
        const page = await source.listChangedTickets(since, cursor);
        return { ...page, items: page.items.filter(({ ticketId }) => ours.includes(ticketId)) };
      },
      countAll: async () => {
        const count = await source.countAll();
        return count === null ? null : count - before.size;
      },
      // What was booked in this month before would be in it too.
      monthTotals: async (held) => (before.size === 0 ? source.monthTotals(held) : null),
    },
    stranger,
    newTicket: async (title) => {
      const group = process.env['ZAMMAD_GROUP'] ?? 'Users';
      const customer = process.env['ZAMMAD_CUSTOMER'] ?? 'nicole.braun@zammad.org';
      const id = await act('POST', '/tickets', { title, group, customer, article: { body: 'Hallo' } });
      ours.push(id);
      return id;
    },
    book: async (ticketId, units) => ({
      ticketId,
      sourceId: await act('POST', `/tickets/${ticketId}/time_accountings`, { time_unit: units }),
    }),
    edit: async ({ ticketId, sourceId }, units) =>
      void (await act('PUT', entryPath(ticketId, sourceId), { time_unit: units })),
    remove: async ({ ticketId, sourceId }) => void (await act('DELETE', entryPath(ticketId, sourceId))),
    retitle: async (ticketId, title) => void (await act('PUT', `/tickets/${ticketId}`, { title })),
    laterBy: () => wait(SURELY_LATER_MS),
    now: () => (relay.now() > began ? relay.now() : began),
    goDown: () => void (relay.down = true),
    close: async () => {
      for (const id of ours) await act('DELETE', `/tickets/${id}`);
      await Promise.all([source.close(), stranger.close()]);
      await relay.close();
    },
  };
}

if (ZAMMAD_URL === undefined || ZAMMAD_TOKEN === undefined || ZAMMAD_ADMIN_TOKEN === undefined)
  describe('a live Zammad', () => {
    it.skip('is not tested: set ZAMMAD_URL, ZAMMAD_TOKEN and ZAMMAD_ADMIN_TOKEN to a Zammad for tests (docs/connectors.md)', () =>
      undefined);
  });
else sourceConformance(`The Zammad at ${new URL(ZAMMAD_URL).host}`, liveZammad);
