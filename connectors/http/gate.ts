import { setTimeout as sleep } from 'node:timers/promises';

/** Lets at most `limit` tasks run at a time and start in a second, in the order they came. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** When the next task may start, by the clock. */
  private nextStart = 0;

  constructor(
    private readonly limit: number,
    private readonly perSecond: number = Number.POSITIVE_INFINITY,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Runs the task when its turn comes; rejects with the signal's reason when it is aborted while it waits. */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.enter(signal);
    try {
      await this.pace(signal);
      return await task();
    } finally {
      this.leave();
    }
  }

  private async pace(signal: AbortSignal | undefined): Promise<void> {
    if (!Number.isFinite(this.perSecond)) return;
    const now = this.now();
    const start = Math.max(now, this.nextStart);
    this.nextStart = start + 1_000 / this.perSecond;
    if (start > now) await sleep(start - now, undefined, signal === undefined ? {} : { signal });
  }

  private enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.running < this.limit) {
      this.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        this.waiting.splice(this.waiting.indexOf(admit), 1);
        reject(reasonOf(signal));
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.waiting.push(admit);
    });
  }

  /** Hands the place on, so that a newcomer cannot overtake those who wait. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}

const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('cancelled', { cause: signal?.reason });
