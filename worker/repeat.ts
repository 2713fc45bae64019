export type Repeated = {
  /** Ends the repetition; resolves when the pass in hand is over. */
  stop(): Promise<void>;
};

/**
 * Runs a task, waits, and runs it again, never two at a time. `onError` hears of a failure; the next pass comes
 * all the same.
 */
export function repeat(
  everyMs: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
): Repeated {
  const stopping = new AbortController();
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      await task().catch(onError);
      await pause(everyMs, stopping.signal);
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

/** Waits, or returns at once when the signal says so. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
