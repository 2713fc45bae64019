/** How the clock runs: with the machine plus an offset, or standing still at an instant. */
export type ClockSetting =
  { readonly kind: 'running'; readonly offsetMs: number } | { readonly kind: 'fixed'; readonly now: string };

/** The simulator's own time. Everything that a real server would stamp comes from here. */
export class Clock {
  #setting: ClockSetting = { kind: 'running', offsetMs: 0 };
  #fixedMs = 0;

  /** A running clock that reads `start` now; without it, the machine's time. */
  static startingAt(start?: Date): Clock {
    const clock = new Clock();
    if (start) clock.runWithOffset(start.getTime() - Date.now());
    return clock;
  }

  now(): Date {
    return new Date(this.#setting.kind === 'fixed' ? this.#fixedMs : Date.now() + this.#setting.offsetMs);
  }

  /** Stands still at `at` until changed. */
  fixAt(at: Date): void {
    this.#fixedMs = at.getTime();
    this.#setting = { kind: 'fixed', now: at.toISOString() };
  }

  /** Runs with the machine's clock plus `offsetMs` milliseconds. */
  runWithOffset(offsetMs: number): void {
    this.#setting = { kind: 'running', offsetMs };
  }

  setting(): ClockSetting {
    return this.#setting;
  }
}
