import { describe, expect, it } from 'vitest';
import { listStandings } from '../../../db/stores/entry-standings.js';
import {
  conflictsOfEntries,
  readStory,
  standingsOfEntry,
  storyOfConflict,
} from '../../../db/stores/story.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

describe('the story of an entry', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const session = () => ({ db: bridge.engine.db, tx: null });
  const story = async (entry: number) => {
    const [standing] = await standingsOfEntry(session(), String(entry), null);
    if (!standing) throw new Error(`entry ${entry} is in no bridge`);
    const entryIds = [standing.id];
    const conflictIds = await conflictsOfEntries(session(), BRIDGE, entryIds);
    return { standing, events: await readStory(session(), { bridgeId: BRIDGE, entryIds, conflictIds }) };
  };
  const codes = async (entry: number) => (await story(entry)).events.map(({ code }) => code);

  it('begins with the booking and ends with the invoice', async () => {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    const [sheet] = await bridge.timesheets();
    await fetch(`${bridge.simulators.kimaiUrl}/__control/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [sheet?.id] }),
    });
    await bridge.engine.run(true);
    const { standing, events } = await story(entry);
    expect(events.map(({ code }) => code)).toEqual([
      'entry.booked',
      'entry.first_read',
      'write.planned',
      'write.sent',
      'write.done',
      'timesheet.exported',
    ]);
    expect(events[0]).toMatchObject({ actorKind: 'person', facts: { newSeconds: 1800 } });
    expect(events[4]?.facts).toMatchObject({
      operation: 'create',
      newSeconds: 1800,
      timesheetId: String(sheet?.id),
    });
    expect(standing).toMatchObject({
      state: 'agreed',
      rows: [{ externalId: String(sheet?.id), exported: true }],
    });
  });

  it('says of each entry that waits behind a gap how many wait there now, also of those that waited first', async () => {
    const { engine, ticketId } = bridge;
    // Booked as the administrator, who stands for nobody in Kimai.
    const book = () => bridge.zammad('POST', `/tickets/${ticketId}/time_accountings`, { time_unit: 15 });
    await book();
    await engine.run();
    await book();
    await engine.run();
    const page = { offset: 0, limit: 10 };
    const { items } = await listStandings(session(), { bridge: BRIDGE, states: ['waiting'] }, page);
    expect(items.map(({ why }) => [why?.code, why?.facts['entryCount']])).toEqual([
      ['unmapped_user', 2],
      ['unmapped_user', 2],
    ]);
    expect(new Set(items.map(({ conflictId }) => conflictId)).size).toBe(1);
  });

  it('has each version with before and after, and the booking keeps its first number', async () => {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    await bridge.zammad('PUT', `/time_accountings/${entry}`, { time_unit: 60 });
    await bridge.engine.run(true);
    const { events } = await story(entry);
    expect(events.find(({ code }) => code === 'entry.booked')?.facts).toMatchObject({ newSeconds: 1800 });
    expect(events.find(({ code }) => code === 'entry.changed')?.facts).toMatchObject({
      oldSeconds: 1800,
      newSeconds: 3600,
    });
    expect(events.at(-1)).toMatchObject({
      code: 'write.done',
      facts: { operation: 'update', oldSeconds: 1800, newSeconds: 3600 },
    });
  });

  it('quotes a refusal, names the question and who decided it, and is the history of the case too', async () => {
    await bridge.fault({
      match: { method: 'POST', path: '^/api/timesheets' },
      times: 1,
      then: {
        kind: 'status',
        status: 400,
        body: {
          code: 400,
          message: 'Validation Failed',
          errors: { children: { end_date: { errors: ['The budget is used up.'] } } },
        },
      },
    });
    const entry = await bridge.book(30);
    await bridge.engine.run();
    const [conflict] = await bridge.engine.openConflicts();
    if (!conflict) throw new Error('the refusal must be asked');
    await bridge.engine.decide(conflict, 'skip');
    const { events } = await story(entry);
    expect(events.find(({ code }) => code === 'write.refused')?.facts).toHaveProperty('quoted');
    expect(events.find(({ code }) => code === 'conflict.opened')?.facts).toMatchObject({ kind: 'rejected' });
    expect(events.find(({ code }) => code === 'decision.recorded')?.facts).toMatchObject({ choice: 'skip' });
    const ofCase = await storyOfConflict(session(), conflict.id);
    expect(ofCase.map(({ code }) => code)).toEqual(events.map(({ code }) => code));
  });

  it('says that an entry was deleted, and that a question about it settled itself', async () => {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    await bridge.zammad('DELETE', `/time_accountings/${entry}`);
    await bridge.engine.run(true);
    expect(await codes(entry)).toEqual(expect.arrayContaining(['entry.deleted', 'conflict.opened']));
  });
});
