import { parseArgs } from 'node:util';
import { exitWithParent } from '../config/parent.js';
import { startCluster } from './postgres.js';
import { startTemporalServer } from './temporal-server.js';

/** What both kinds of server have in common. */
type Server = { readonly exited: Promise<void>; stop(): Promise<void> };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: '' },
    port: { type: 'string', default: '' },
    'ui-port': { type: 'string', default: '' },
    executable: { type: 'string', default: '' },
  },
});

/** Runs one server of the embedded stack, and ends with it: `postgres` or `temporal`. */
async function startServer(): Promise<Server> {
  const port = Number(values.port);
  if (positionals[0] === 'postgres') {
    const password = process.env['PGPASSWORD'] ?? '';
    return startCluster({ dir: values.dir, user: 'timebridge', password, port, log: console.error });
  }
  const uiPort = Number(values['ui-port']);
  const { executable } = values;
  return startTemporalServer({ executable, port, uiPort, dataDir: values.dir, log: console.error });
}

let server: Server | undefined;
let stopping = false;

function stop(): void {
  if (stopping) return;
  stopping = true;
  void (server?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
exitWithParent(stop);

try {
  server = await startServer();
  if (stopping) await server.stop();
  else console.log(`${positionals[0]} ready on port ${values.port}`);
  await server.exited;
  process.exit(stopping ? 0 : 1);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exit(1);
}
