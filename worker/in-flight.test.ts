import { expect, it } from 'vitest';
import { inFlight } from './in-flight.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('does each item once, never more at a time than allowed', async () => {
  const done: number[] = [];
  let now = 0;
  let peak = 0;
  await inFlight(4, [...Array(25).keys()], async (item) => {
    peak = Math.max(peak, (now += 1));
    await tick();
    now -= 1;
    done.push(item);
  });
  expect(done.sort((a, b) => a - b)).toEqual([...Array(25).keys()]);
  expect(peak).toBe(4);
});

it('stops taking items after a failure, and reports it', async () => {
  const done: number[] = [];
  const work = inFlight(2, [...Array(25).keys()], async (item) => {
    await tick();
    if (item === 3) throw new Error('no answer');
    done.push(item);
  });
  await expect(work).rejects.toThrow('no answer');
  expect(done.length).toBeLessThan(6);
});
