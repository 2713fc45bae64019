import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readLock } from '../../../stack/lock.js';
import { portFree } from '../../../stack/ports.js';
import { sleep } from '../../../stack/processes.js';
import { DATA_DIR, DEMO, GRACE_SECONDS, type Installation } from './addresses.js';

const READY = 'Ctrl-C stops everything';
/** With a build from nothing on a busy machine; the start itself takes a tenth of it. */
const READY_WITHIN_MS = 240_000;
const STOPPED_WITHIN_MS = 60_000;

/**
 * Starts an installation, the one with the demo if none is named, as `npm start` does, on the data folder as it lies there. It does not end
 * with the caller, because one test stops it and starts it again: `stopInstallation` ends it.
 * @returns what it has said.
 */
export async function startInstallation({
  dataDir,
  outputFile,
  ports,
  args,
}: Installation = DEMO): Promise<string> {
  mkdirSync(dirname(outputFile), { recursive: true });
  const saidBefore = existsSync(outputFile) ? statSync(outputFile).size : 0;
  const output = openSync(outputFile, 'a');
  const child = spawn(process.execPath, ['scripts/timebridge.mjs', 'up', '--data', dataDir, ...args], {
    env: {
      ...process.env,
      ...ports,
      TIMEBRIDGE_GRACE_SECONDS: GRACE_SECONDS,
      // Both systems of the tests are on this machine.
      TIMEBRIDGE_ALLOW_LOOPBACK: 'true',
    },
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  child.unref();
  const said = () => readFileSync(outputFile).subarray(saidBefore).toString('utf8');
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`The installation ended while it started:\n${said()}`);
      return said().includes(READY);
    },
    READY_WITHIN_MS,
    () => `The installation did not become ready:\n${said()}`,
  );
  return said();
}

/** The link that logs the first administrator in once, from what the start has said. */
export function firstLoginLink(said: string): string {
  const link = /Timebridge\s+(http\S+)/.exec(said)?.[1];
  if (link === undefined) throw new Error(`No link was printed:\n${said}`);
  return link;
}

/** Stops it as a service manager does, and makes sure that nothing of it listens any more. */
export async function stopInstallation({ dataDir, ports }: Installation = DEMO): Promise<void> {
  const lock = readLock(dataDir);
  if (lock) {
    process.kill(lock.pid, 'SIGCONT'); // a test that broke off may have left it halted
    process.kill(lock.pid, 'SIGTERM');
  }
  await until(
    () => readLock(dataDir) === undefined,
    STOPPED_WITHIN_MS,
    () => 'The installation did not stop',
  );
  for (const [name, port] of Object.entries(ports)) {
    if (!(await portFree(Number(port)))) throw new Error(`${name}: somebody still listens on ${port}`);
  }
}

/** Ends the worker without a chance to clean up; the installation starts it again by itself. */
export function killWorker(): void {
  process.kill(workerPid(), 'SIGKILL');
}

/** The worker's process id at this moment. */
export const workerPid = (): number => childOf(upPid(), 'dist/worker/main.js');

/**
 * What happens while a part of the installation is gone: nobody starts it again, and every call to it is refused at
 * once. Afterwards it is started again, as it is whenever it ends by itself.
 */
export async function whileDown(part: 'api' | 'temporal', act: () => Promise<void>): Promise<void> {
  const up = upPid();
  const unit = childOf(up, part === 'api' ? 'dist/api/main.js' : 'dist/stack/main.js temporal');
  process.kill(up, 'SIGSTOP');
  try {
    // Temporal's server is a process of its own below its unit, which ends with it.
    process.kill(part === 'api' ? unit : childOf(unit, 'server start-dev'), 'SIGKILL');
    await act();
  } finally {
    process.kill(up, 'SIGCONT');
  }
}

function upPid(): number {
  const lock = readLock(DATA_DIR);
  if (!lock) throw new Error('The installation does not run');
  return lock.pid;
}

/** The process below another whose command line holds this text. */
function childOf(parent: number, command: string): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'args='], {
    encoding: 'utf8',
  });
  for (const line of processes.split('\n')) {
    const [pid, above] = line.trim().split(/\s+/, 2).map(Number);
    if (pid !== undefined && above === parent && line.includes(command)) return pid;
  }
  throw new Error(`Process ${parent} runs no ${command}`);
}

async function until(met: () => boolean, withinMs: number, otherwise: () => string): Promise<void> {
  const end = Date.now() + withinMs;
  while (!met()) {
    if (Date.now() > end) throw new Error(otherwise());
    await sleep(100);
  }
}
