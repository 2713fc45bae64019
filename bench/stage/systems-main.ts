import { json } from '../../simulators/kit/index.js';
import { startSimulators } from '../../simulators/start.js';
import { makeBooks, type BooksSize } from './books.js';
import { TALLY } from './systems.js';

/*
 * Both simulators with the books of the bench, as a process of its own: `systems-main.ts <entries> <empty|same> <write ms>
 * <read ms>`. Says `systems ready <zammad> <kimai>`; what was called is told below TALLY.
 */
const [entries = '0', kimai = 'empty', writeMs = '0', readMs = '0'] = process.argv.slice(2);
const size: BooksSize = { entries: Number(entries), kimai: kimai === 'same' ? 'same' : 'empty' };

const systems = await startSimulators({
  ...{ world: 'contract', zammadPort: 0, kimaiPort: 0 },
  makeWorld: (_name, at) => makeBooks(size, at),
});

function delay(system: 'zammad' | 'kimai', method: string | undefined, ms: string): void {
  if (Number(ms) === 0) return;
  const match = { ...(method === undefined ? {} : { method }), path: '^/api/' };
  systems[system].faults.add({ match, skip: 0, times: Infinity, then: { kind: 'delay', ms: Number(ms) } });
}
delay('kimai', 'POST', writeMs);
delay('kimai', 'PATCH', writeMs);
delay('zammad', undefined, readMs);

systems.zammad.mount(TALLY, (call) => {
  const { zammad, kimai } = systems;
  if (call.method === 'DELETE') [zammad, kimai].forEach(({ log }) => log.clear());
  const told = (log: typeof zammad.log) => Object.fromEntries(log.tally());
  return json(200, { zammad: told(zammad.log), kimai: told(kimai.log) });
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void systems.close().then(() => process.exit(0)));
process.stdin.on('end', () => process.exit(0)).resume(); // whoever started us is gone

process.stdout.write(`systems ready ${systems.zammadUrl} ${systems.kimaiUrl}\n`);
