import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { freePort } from '../../stack/ports.js';
import { findTemporal } from '../../stack/temporal-binary.js';
import { startTemporalServer } from '../../stack/temporal-server.js';
import { historyFile, RELEASE } from './histories.js';
import { SCENARIOS } from './scenarios.js';
import { onStage, type Scenario } from './stage.js';

/*
 * Records a history for each scenario that has none in this release: `npx tsx tests/replay/record.ts`.
 * What is recorded is never recorded again to turn a red test green: see README.md. While a release has not been
 * published, `--again NAME` replaces one of its histories.
 */

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

async function record(address: string, scenario: Scenario): Promise<string> {
  return onStage(address, async (stage) => {
    const workflowId = await scenario.play(stage);
    return historyToJSON(await stage.temporal.client.workflow.getHandle(workflowId).fetchHistory());
  });
}

/** The names of workers and the paths in stack traces are this machine's and have no place in a committed file. */
const withoutMachine = (history: string): string =>
  history
    .replace(/"(identity|stackTrace)": "(?:[^"\\]|\\.)*"/g, '"$1": ""')
    .replace(/"name": "\d+@[^"]*"/g, '"name": "worker"');

/** One event a line: small, and a difference is still readable. */
function compact(history: string): string {
  const recorded: unknown = JSON.parse(history);
  const events: unknown = Reflect.get(Object(recorded), 'events');
  if (!Array.isArray(events)) throw new Error('This is no history: it has no events');
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}

async function recordMissing(again: ReadonlySet<string>): Promise<void> {
  const executable = await findTemporal({ say: (line) => console.error(line) });
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    const file = fileURLToPath(historyFile(RELEASE, name));
    if (existsSync(file) && !again.has(name)) continue;
    // A server for each, because scenarios use the fixed ids that processes have.
    const server = await startTemporalServer({ executable, port: await freePort() });
    try {
      writeFileSync(file, compact(withoutMachine(await record(server.address, scenario))));
      console.log(`recorded ${name}`);
    } finally {
      await server.stop();
    }
  }
}

const [flag, ...names] = process.argv.slice(2);
await recordMissing(new Set(flag === '--again' ? names : []));
