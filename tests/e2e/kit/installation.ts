import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readLock } from '../../../stack/lock.js';
import { portFree } from '../../../stack/ports.js';
import { sleep } from '../../../stack/processes.js';
import { DATA_DIR, GRACE_SECONDS, OUTPUT_FILE, PORTS } from './addresses.js';

const READY = 'Ctrl-C stops everything';
/** With a build from nothing on a busy machine; the start itself takes a tenth of it. */
const READY_WITHIN_MS = 240_000;
const STOPPED_WITHIN_MS = 60_000;

/**
 * Starts the installation with the demo as `npm start` does, on the data folder as it lies there. It does not end
 * with the caller, because one test stops it and starts it again: `stopInstallation` ends it.
 * @returns what it has said.
 */
export async function startInstallation(): Promise<string> {
  mkdirSync(dirname(OUTPUT_FILE), { recursive: true });
  const saidBefore = existsSync(OUTPUT_FILE) ? statSync(OUTPUT_FILE).size : 0;
  const output = openSync(OUTPUT_FILE, 'a');
  const child = spawn(process.execPath, ['scripts/timebridge.mjs', 'up', '--data', DATA_DIR], {
    env: { ...process.env, ...PORTS, TIMEBRIDGE_GRACE_SECONDS: GRACE_SECONDS },
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  child.unref();
  const said = () => readFileSync(OUTPUT_FILE).subarray(saidBefore).toString('utf8');
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
export async function stopInstallation(): Promise<void> {
  const lock = readLock(DATA_DIR);
  if (lock) process.kill(lock.pid, 'SIGTERM');
  await until(
    () => readLock(DATA_DIR) === undefined,
    STOPPED_WITHIN_MS,
    () => 'The installation did not stop',
  );
  for (const [name, port] of Object.entries(PORTS)) {
    if (!(await portFree(Number(port)))) throw new Error(`${name}: somebody still listens on ${port}`);
  }
}

/** Ends the worker without a chance to clean up; the installation starts it again by itself. */
export function killWorker(): void {
  process.kill(workerPid(), 'SIGKILL');
}

/** The worker's process id at this moment. */
export function workerPid(): number {
  const up = readLock(DATA_DIR)?.pid;
  const processes = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'args='], {
    encoding: 'utf8',
  });
  for (const line of processes.split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/, 2).map(Number);
    if (pid !== undefined && parent === up && line.includes('dist/worker/main.js')) return pid;
  }
  throw new Error('The installation runs no worker');
}

async function until(met: () => boolean, withinMs: number, otherwise: () => string): Promise<void> {
  const end = Date.now() + withinMs;
  while (!met()) {
    if (Date.now() > end) throw new Error(otherwise());
    await sleep(100);
  }
}
