import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SUPERVISED } from '../config/parent.js';

/** A Node program that runs as long as the installation does. */
export type Unit = {
  readonly name: string;
  /** Arguments for Node: the program's file and what follows it. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The line by which it says that it is ready. */
  readonly ready: RegExp;
  readonly readyWithinMs?: number;
  /** After this it is killed. */
  readonly stopWithinMs?: number;
};

export type RunningUnit = {
  readonly unit: Unit;
  readonly pid: number | undefined;
  /** The ready line; never settles when the unit ends before. */
  readonly ready: Promise<string>;
  /** How it ended, in words. */
  readonly gone: Promise<string>;
  /** The last lines it wrote. */
  tail(): readonly string[];
  stop(): Promise<void>;
  kill(): void;
};

const STOP_WITHIN_MS = 10_000;
const TAIL_LINES = 15;

/** The C library keeps an arena for each of many threads; with two of them the worker holds some 17 MB less. */
const MEMORY = { MALLOC_ARENA_MAX: '2' };

/**
 * Starts a unit in a process group of its own, so that a Ctrl-C of the terminal reaches only the one who stops all
 * in the right order. The open pipe at its standard input is how it notices that we are gone, see config/parent.ts.
 */
export function launch(unit: Unit, log: (line: string) => void): RunningUnit {
  const child = spawn(process.execPath, unit.args, {
    env: { ...MEMORY, ...process.env, ...unit.env, ...SUPERVISED },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  child.stdin.on('error', () => undefined);
  const gone = new Promise<string>((resolve) => {
    child.once('error', (cause) => resolve(cause.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
  const lines: string[] = [];
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > TAIL_LINES) lines.shift();
        log(line);
        if (unit.ready.test(line)) resolve(line);
      });
    }
  });
  return {
    unit,
    pid: child.pid,
    ready,
    gone,
    tail: () => [...lines],
    stop: () => stop(child, gone, unit.stopWithinMs ?? STOP_WITHIN_MS),
    kill: () => signalGroup(child, 'SIGKILL'),
  };
}

async function stop(child: ChildProcess, gone: Promise<string>, withinMs: number): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const harder = setTimeout(() => signalGroup(child, 'SIGKILL'), withinMs);
  await gone;
  clearTimeout(harder);
  signalGroup(child, 'SIGKILL'); // what it may have left behind in its group
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    return; // gone already
  }
}
