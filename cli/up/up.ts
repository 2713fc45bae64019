import { join } from 'node:path';
import { readCliConfig } from '../../config/cli.js';
import { readUpConfig } from '../../config/up.js';
import { FolderInUse, takeLock } from '../../stack/lock.js';
import { StartFailed, Supervisor } from '../../stack/supervisor.js';
import { connectApi, type ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import { openInstallation, type Installation } from '../installation.js';
import { Logs } from './logs.js';
import { prepareDemo, type Demo } from './prepare-demo.js';
import { startStack, type Start } from './start-stack.js';
import { welcome } from './welcome.js';

export type UpOptions = {
  readonly demo: boolean;
  readonly data?: string | undefined;
  readonly say: (line: string) => void;
};

/** A second Ctrl-C within a moment is a double tap; a later one means "now". */
const IMPATIENT_AFTER_MS = 1_000;

/**
 * Starts everything on this machine and stays until it is told to stop.
 * @returns the exit code: 0 after Ctrl-C or SIGTERM, 1 when something could not go on.
 * @throws CommandFailed when it cannot start.
 */
export async function up(options: UpOptions): Promise<number> {
  const environment = { ...process.env, ...(options.data && { TIMEBRIDGE_DATA: options.data }) };
  const config = readUpConfig(environment);
  const release = lock(config.dataDir, `http://127.0.0.1:${config.port}`);
  const say = (line: string): void => options.say(line);
  try {
    const installation = openInstallation(config.dataDir, options.demo);
    explainKind(installation, options.demo, say);
    const logs = new Logs(join(config.dataDir, 'logs'));
    const supervisor = new Supervisor({ say, log: (unit, line) => logs.write(unit, line) });
    stopOnSignals(supervisor, say);
    await run({ config, installation, supervisor, say });
    return await supervisor.ended;
  } finally {
    release();
  }
}

/** Ready, or stopped again: whatever fails on the way takes down what was started before it. */
async function run(start: Start): Promise<void> {
  const since = Date.now();
  try {
    const addresses = await startStack(start);
    start.say(`Ready after ${((Date.now() - since) / 1000).toFixed(1)} s`);
    const { dataDir, port } = start.config;
    const api = connectApi(readCliConfig({ TIMEBRIDGE_DATA: dataDir, TIMEBRIDGE_PORT: String(port) }));
    if (start.installation.demo) await prepareDemo(demoOf(start, api));
    await welcome(start, api, addresses);
  } catch (cause) {
    if (start.supervisor.stopping) return;
    await start.supervisor.stop(1);
    throw cause instanceof StartFailed ? new CommandFailed(cause.message, 'start_failed') : cause;
  }
}

function demoOf({ config, say }: Start, api: ApiClient): Demo {
  const address = (port: number): string => `http://127.0.0.1:${port}`;
  return { api, zammad: address(config.zammadPort), kimai: address(config.kimaiPort), say };
}

function lock(dataDir: string, apiUrl: string): () => void {
  try {
    return takeLock(dataDir, apiUrl);
  } catch (cause) {
    throw cause instanceof FolderInUse ? new CommandFailed(cause.message, 'folder_in_use') : cause;
  }
}

function explainKind(installation: Installation, wantsDemo: boolean, say: (line: string) => void): void {
  if (installation.demo === wantsDemo) return;
  say(
    installation.demo
      ? `${installation.dataDir} holds a demo, so its Zammad and Kimai are started too`
      : `${installation.dataDir} holds a real installation, so no demo is started`,
  );
}

function stopOnSignals(supervisor: Supervisor, say: (line: string) => void): void {
  let since = 0;
  const stop = (): void => {
    if (!supervisor.stopping) {
      since = Date.now();
      say('Stopping …');
      void supervisor.stop(0);
    } else if (Date.now() - since > IMPATIENT_AFTER_MS) supervisor.killAll();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('exit', () => supervisor.killAll());
  // A closed terminal makes every write fail, which would end us before the others have stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
