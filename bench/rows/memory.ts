import type { BenchContext, BenchRow, Finding } from '../finding.js';
import { connectBridge } from '../stage/bridge.js';
import { startInstallation } from '../stage/installation.js';
import { measureRun } from '../stage/measure-run.js';
import { startSystems } from '../stage/systems.js';

/* The memory of API and worker while a large first sync goes on: every entry is read, planned, written and linked. */

const ENTRIES = 100_000;

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const entries = quick ? ENTRIES / 20 : ENTRIES;
  const installation = await startInstallation();
  const systems = await startSystems({ entries, kimai: 'empty' });
  try {
    const { id } = await connectBridge(installation, systems, 'memory');
    const stored = () => installation.count('select pg_database_size(current_database())');
    const before = await stored();
    say(`first sync of ${entries} entries`);
    const { usage, calls, events, wallMs } = await measureRun(installation, systems, id);
    return [
      {
        ...{ id: 'memory', what: `API + worker while ${entries} entries are first synced`, unit: 'MB' },
        ...{ goal: { atMost: 400 }, values: [usage.api.peakMb + usage.worker.peakMb] },
        ...{ usage, calls, eventsPerEntry: events / entries },
        note: `${Math.round((entries / wallMs) * 1000)} entries a second meanwhile`,
      },
      {
        ...{
          id: 'storage',
          what: 'PostgreSQL for each entry: facts, link, ledger, audit, indexes',
          unit: 'kB',
        },
        ...{ goal: null, values: [((await stored()) - before) / 1000 / entries] },
      },
    ];
  } finally {
    await systems.stop();
    await installation.stop();
  }
}

export const memoryRow: BenchRow = { name: 'memory', run: measured };
