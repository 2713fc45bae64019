import { launch, type RunningUnit, type Unit } from './unit.js';

export type SupervisorOptions = {
  /** For the person at the terminal. */
  readonly say: (line: string) => void;
  /** Each line that a unit writes. */
  readonly log: (unit: string, line: string) => void;
};

const READY_WITHIN_MS = 60_000;
/** A unit that ends more often than this within the window is not started again: everything stops. */
const RESTARTS = 5;
const RESTART_WINDOW_MS = 60_000;

/** A unit did not become ready, or everything was stopped while it started. */
export class StartFailed extends Error {
  override name = 'StartFailed';
}

/**
 * Keeps units running: starts them when told, starts one again that ends by itself, and stops all of them, the last
 * one first. Nothing of it survives: units end with this process, whatever ends it.
 */
export class Supervisor {
  readonly #running = new Map<string, RunningUnit>();
  readonly #failures = new Map<string, number[]>();
  #stopping = false;
  #end: (code: number) => void = () => undefined;
  /** Settles with an exit code when all units have stopped. */
  readonly ended = new Promise<number>((resolve) => {
    this.#end = resolve;
  });

  constructor(private readonly options: SupervisorOptions) {}

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Starts a unit and gives the line by which it said that it is ready. @throws StartFailed */
  async start(unit: Unit): Promise<string> {
    if (this.#stopping) throw new StartFailed('stopped');
    const running = launch(unit, (line) => this.options.log(unit.name, line));
    this.#running.set(unit.name, running);
    const line = await this.#readyLine(running);
    void running.gone.then((how) => this.#onGone(running, how));
    return line;
  }

  /** Stops everything; `ended` settles with `code`. A second call changes nothing. */
  async stop(code: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    for (const running of [...this.#running.values()].reverse()) await running.stop();
    this.#end(code);
  }

  /** For a person who cannot wait, and for the very end of the process. */
  killAll(): void {
    for (const running of this.#running.values()) running.kill();
  }

  async #readyLine(running: RunningUnit): Promise<string> {
    const { name, readyWithinMs = READY_WITHIN_MS } = running.unit;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const what = `was not ready within ${readyWithinMs / 1000} s`;
      timer = setTimeout(() => reject(new StartFailed(report(running, what))), readyWithinMs);
    });
    const died = running.gone.then((how) => {
      throw new StartFailed(this.#stopping ? `${name}: stopped` : report(running, how));
    });
    died.catch(() => undefined);
    try {
      return await Promise.race([running.ready, died, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #onGone(running: RunningUnit, how: string): Promise<void> {
    if (this.#stopping) return;
    const { unit } = running;
    const now = Date.now();
    const recent = [...(this.#failures.get(unit.name) ?? []), now].filter(
      (at) => now - at < RESTART_WINDOW_MS,
    );
    this.#failures.set(unit.name, recent);
    if (recent.length > RESTARTS) {
      this.options.say(
        `${report(running, how)}\nIt ended ${recent.length} times within a minute: stopping everything`,
      );
      return this.stop(1);
    }
    this.options.say(`${unit.name} ${how}; starting it again`);
    try {
      await this.start(unit);
      this.options.say(`${unit.name} runs again`);
    } catch (cause) {
      if (this.#stopping) return;
      this.options.say(cause instanceof Error ? cause.message : String(cause));
      await this.stop(1);
    }
  }
}

function report(running: RunningUnit, what: string): string {
  const lines = running.tail().map((line) => `    ${line}`);
  return [`${running.unit.name} ${what}`, ...(lines.length > 0 ? ['  Its last lines:', ...lines] : [])].join(
    '\n',
  );
}
