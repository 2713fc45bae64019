import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectorContext } from '../../../connectors/port.js';
import { CONNECTORS, createSource, createTarget, type ConnectorKinds } from '../../../connectors/registry.js';
import { MORNING } from '../kimai-world.js';
import { sourceConformance, type SourceUnderTest } from '../source-conformance.js';
import { targetConformance, type TargetUnderTest } from '../target-conformance.js';
import { createLogbookSource } from './source.js';
import { createLogbookTarget } from './target.js';
import { CLOSED_JOB, LogbookWorld, TOKEN } from './world.js';

/** As the registry would have it, if this were a system that people use. */
const KINDS: ConnectorKinds = {
  sources: { ...CONNECTORS.sources, logbook: createLogbookSource },
  targets: { ...CONNECTORS.targets, logbook: createLogbookTarget },
};

const contextOf = (baseUrl: string, token: string): ConnectorContext => ({
  connectorId: 'logbook',
  baseUrl,
  token,
  timeZone: 'Europe/Berlin',
  unitPeriods: [],
  http: { allowLoopback: true },
});

async function logbookSource(): Promise<SourceUnderTest> {
  const world = new LogbookWorld();
  const server = await world.serve();
  const source = createSource('logbook', contextOf(server.url, TOKEN), KINDS);
  const stranger = createSource('logbook', contextOf(server.url, 'nobody'), KINDS);
  const touch = (ticketId: string): void => {
    const ticket = world.tickets.get(ticketId);
    if (ticket) ticket.updatedAt = world.now();
  };
  return {
    source,
    stranger,
    newTicket: async (title) => {
      const id = world.nextId();
      world.tickets.set(id, { id, title, updatedAt: world.now() });
      return id;
    },
    book: async (ticketId, minutes) => {
      const id = world.nextId();
      const at = world.now();
      world.entries.set(id, { id, ticketId, minutes, personId: 'ann', at, updatedAt: at });
      touch(ticketId);
      return { sourceId: id, ticketId };
    },
    edit: async ({ sourceId, ticketId }, minutes) => {
      const entry = world.entries.get(sourceId);
      if (entry) Object.assign(entry, { minutes, updatedAt: world.now() });
      touch(ticketId);
    },
    remove: async ({ sourceId, ticketId }) => {
      world.entries.delete(sourceId);
      touch(ticketId);
    },
    retitle: async (ticketId, title) => {
      const ticket = world.tickets.get(ticketId);
      if (ticket) ticket.title = title;
      touch(ticketId);
    },
    laterBy: world.laterBy,
    now: world.now,
    goDown: () => void (world.down = true),
    close: async () => {
      await Promise.all([source.close(), stranger.close()]);
      await server.close();
    },
  };
}

async function logbookTarget(): Promise<TargetUnderTest> {
  const world = new LogbookWorld();
  const server = await world.serve();
  const target = createTarget('logbook', contextOf(server.url, TOKEN), KINDS);
  const stranger = createTarget('logbook', contextOf(server.url, 'nobody'), KINDS);
  return {
    target,
    stranger,
    desired: { ...MORNING, userId: 'ann', projectId: 'job', activityId: 'task' },
    otherActivityId: 'other-task',
    otherUserId: 'bob',
    refusedProjectId: CLOSED_JOB,
    loseNextAnswer: () => void (world.losesNextAnswer = true),
    laterBy: world.laterBy,
    now: world.now,
    goDown: () => void (world.down = true),
    close: async () => {
      await Promise.all([target.close(), stranger.close()]);
      await server.close();
    },
  };
}

sourceConformance('A third system', logbookSource);
targetConformance('A third system', logbookTarget);

describe('the registry', () => {
  const opened: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  it('makes the kinds that it was given, and names those it knows when another is asked for', () => {
    const context = contextOf('http://127.0.0.1:1', TOKEN);
    opened.push(
      createSource('zammad', context),
      createTarget('kimai', context),
      createSource('logbook', context, KINDS),
    );
    expect(() => createSource('logbook', context)).toThrow('"logbook" is not a source: zammad');
    expect(() => createTarget('zammad', context)).toThrow('"zammad" is not a target: kimai');
  });
});
