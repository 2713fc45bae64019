import { expect, it } from 'vitest';
import { repeat } from './repeat.js';

it('goes on after a failure, never two at a time, and ends after the pass in hand', async () => {
  let passes = 0;
  let now = 0;
  let peak = 0;
  const errors: unknown[] = [];
  const done = new Promise<void>((resolve) => {
    const loop = repeat(
      1,
      async () => {
        peak = Math.max(peak, (now += 1));
        await new Promise((next) => setImmediate(next));
        now -= 1;
        passes += 1;
        if (passes === 2) throw new Error('once');
        if (passes === 5) void loop.stop().then(resolve);
      },
      (error) => errors.push(error),
    );
  });
  await done;
  expect({ passes, peak, failures: errors.length }).toEqual({ passes: 5, peak: 1, failures: 1 });
});
