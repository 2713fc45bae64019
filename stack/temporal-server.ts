import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Connection } from '@temporalio/client';
import { LOOPBACK, portFree, PortTaken } from './ports.js';
import { goneWithin, runsWith, sleep } from './processes.js';

export type TemporalServerOptions = {
  /** The `temporal` program, see temporal-binary.ts. */
  readonly executable: string;
  readonly port: number;
  /** Left out: no UI. */
  readonly uiPort?: number;
  /** Keeps the server's database. Left out: everything is forgotten when the server ends. */
  readonly dataDir?: string;
  readonly log?: (line: string) => void;
};

export type TemporalServer = {
  readonly pid: number;
  readonly address: string;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Measured on two cores: with the default of 20 polls a second every step of a workflow waits 50 ms, and every
 * timer below one second lasts one second.
 */
const DYNAMIC_CONFIG = [
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxTimeShift="50ms"',
] as const;

/** Twice the starts a second of the default, and still safe against the end of the process at any moment. */
const SQLITE_PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'] as const;

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

const databaseFile = (dataDir: string): string => join(dataDir, 'temporal.db');
const pidFile = (dataDir: string): string => join(dataDir, 'temporal.pid');

/** The arguments of `temporal` for a server that only this machine reaches. */
export function serverArguments(options: Omit<TemporalServerOptions, 'executable' | 'log'>): string[] {
  return [
    'server',
    'start-dev',
    ...['--ip', LOOPBACK, '--port', String(options.port), '--log-level', 'error'],
    ...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
    ...(options.dataDir === undefined ? [] : ['--db-filename', databaseFile(options.dataDir)]),
    ...(options.dataDir === undefined ? [] : SQLITE_PRAGMAS.flatMap((pragma) => ['--sqlite-pragma', pragma])),
    ...DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value]),
  ];
}

/**
 * Starts Temporal's development server and waits until it answers. A server that a killed parent left behind on the
 * same folder is stopped first.
 * @throws PortTaken, or an Error with the end of the server's output.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { dataDir } = options;
  if (dataDir !== undefined) await stopOrphanTemporal(dataDir);
  for (const port of [options.port, options.uiPort]) {
    if (port !== undefined && !(await portFree(port))) throw new PortTaken(port);
  }
  const child = spawn(options.executable, serverArguments(options), {
    detached: true, // its own process group: a Ctrl-C of the terminal must not reach it before the worker
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const tail = followOutput(child, options.log);
  if (dataDir !== undefined) writeFileSync(pidFile(dataDir), String(child.pid ?? ''));
  const address = `${LOOPBACK}:${options.port}`;
  await waitForAnswer(child, address, tail);
  return { pid: child.pid ?? 0, address, exited, stop: () => stopServer(child, exited) };
}

/**
 * Stops a server that still runs on the folder because its parent was killed. It has no lock on its database: two
 * of them on one file would spoil it.
 */
export async function stopOrphanTemporal(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const file = pidFile(dataDir);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (pid && runsWith(pid, databaseFile(dataDir))) {
    process.kill(pid, 'SIGTERM');
    if (!(await goneWithin(pid, STOP_WITHIN_MS))) process.kill(pid, 'SIGKILL');
  }
  rmSync(file);
}

function followOutput(child: ChildProcess, log?: (line: string) => void): () => string {
  const lines: string[] = [];
  child.once('error', (cause) => lines.push(cause.message));
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 40) lines.shift();
      log?.(line);
    });
  }
  return () => lines.join('\n');
}

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

async function waitForAnswer(child: ChildProcess, address: string, tail: () => string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if (hasEnded(child)) throw new Error(`Temporal did not start:\n${tail()}`);
    if (await namespaceAnswers(address)) return;
    if (Date.now() > until) throw new Error(`Temporal does not answer on ${address}:\n${tail()}`);
    await sleep(50);
  }
}

/** Whether a server there knows the namespace: the port opens a moment before the namespace exists. */
export async function namespaceAnswers(address: string, namespace = 'default'): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 500, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (hasEnded(child)) return;
  child.kill('SIGTERM');
  const harder = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(harder);
}
