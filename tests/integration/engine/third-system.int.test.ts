import { expect, it } from 'vitest';
import { CONNECTORS } from '../../../connectors/registry.js';
import { findCheck } from '../../../db/stores/connector-checks.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { createLogbookSource } from '../../conformance/logbook/source.js';
import { createLogbookTarget } from '../../conformance/logbook/target.js';
import { LogbookWorld, TOKEN } from '../../conformance/logbook/world.js';
import { openEngine } from './bench-bridge.js';

it('a kind that only the registry knows is tested, read and written from end to end', async () => {
  const [tickets, bookings] = [new LogbookWorld(), new LogbookWorld()];
  const [source, target] = [await tickets.serve(), await bookings.serve()];
  const databaseUrl = await createDatabase();
  const engine = await openEngine(databaseUrl, {
    ...{ zammadUrl: source.url, kimaiUrl: target.url, startFrom: '2026-11-01', secondsPerUnit: 60 },
    ...{ activities: { '': 'task' }, users: { ann: 'ann' }, customers: { 'customer:': 'job' } },
    systems: {
      kinds: {
        sources: { ...CONNECTORS.sources, logbook: createLogbookSource },
        targets: { ...CONNECTORS.targets, bookings: createLogbookTarget },
      },
      ...{ source: 'logbook', target: 'bookings', token: TOKEN },
    },
  });
  try {
    const at = tickets.now();
    tickets.tickets.set('1', { id: '1', title: 'Printer', updatedAt: at });
    tickets.entries.set('2', {
      ...{ id: '2', ticketId: '1', minutes: '30', personId: 'ann', at, updatedAt: at },
    });
    for (const connectorId of ['zammad', 'kimai']) {
      const { checkId } = await engine.activities.checkConnector({ connectorId });
      expect(await findCheck({ db: engine.db, tx: null }, checkId)).toMatchObject({ ok: true });
    }
    await engine.run(true);
    expect(await engine.openConflicts()).toEqual([]);
    expect([...bookings.rows.values()]).toMatchObject([{ person: 'ann', job: 'job', task: 'task' }]);
  } finally {
    await engine.close();
    await Promise.all([source.close(), target.close()]);
    await dropDatabase(databaseUrl);
  }
});
