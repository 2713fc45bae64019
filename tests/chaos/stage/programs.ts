import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SUPERVISED } from '../../../config/parent.js';
import { root } from '../../../scripts/fingerprint.mjs';

let built = false;

/** Histories run the programs as they are shipped; a part that is built already is left alone. Once a process. */
export function buildPrograms(): void {
  if (built) return;
  const command = ['--import', 'tsx', join(root, 'scripts/build.ts'), 'server', 'workflows'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the programs cannot be built:\n${stdout}${stderr}`);
  built = true;
}

const TAIL_LINES = 40;
/** A busy machine takes ten times as long as an idle one. */
const READY_WITHIN_MS = 300_000;

/** One of our programs that can be killed and started again. */
export class KillableProgram {
  #child: ChildProcess | undefined;
  #ended = false;
  #lines: string[] = [];

  constructor(
    private readonly name: 'api' | 'worker',
    private readonly env: Readonly<Record<string, string>>,
    private readonly ready: RegExp,
  ) {}

  /** Resolves when it takes up work. A worker that finds no Temporal waits for it, and so do we. */
  async start(): Promise<void> {
    for (let tries = 1; !this.#ended; tries += 1) {
      if (await this.#launch()) return;
      // The API ends when its database is away at the start; whoever keeps it running starts it again.
      if (tries === 40) throw new Error(`${this.name} does not start:\n${this.#lines.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Kill −9. Resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** For good: a start that is under way gives up. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.kill();
  }

  tail(): readonly string[] {
    return this.#lines;
  }

  /** @returns false when it ended by itself before it was ready. */
  async #launch(): Promise<boolean> {
    await this.kill();
    const child = spawn(process.execPath, [join(root, 'dist', this.name, 'main.js')], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...this.env, ...SUPERVISED },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${this.name} is not ready in time`)), READY_WITHIN_MS);
      const end = (started: boolean): void => {
        clearTimeout(late);
        resolve(started);
      };
      child.once('exit', () => end(false));
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          this.#lines = [...this.#lines, line].slice(-TAIL_LINES);
          if (this.ready.test(line)) end(true);
        });
    });
  }
}
