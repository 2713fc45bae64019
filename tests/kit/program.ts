import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Program = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Everything it has written so far. */
  output(): string;
  /** Waits for a line; fails when the program ends before. */
  line(pattern: RegExp): Promise<string>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Starts one of our programs from its source. It has a process group of its own, as under a terminal. */
export function startProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look(line);
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  const output = () => lines.join('\n');
  return {
    child,
    pid: child.pid ?? 0,
    output,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (line: string) => {
          if (pattern.test(line)) resolve(line);
        };
        waiting.add(look);
        lines.forEach(look);
        void ended.then((how) =>
          reject(new Error(`ended with ${how} before ${String(pattern)}:\n${output()}`)),
        );
      }),
  };
}
