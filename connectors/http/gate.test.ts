import { describe, expect, it } from 'vitest';
import { Gate } from './gate.js';

describe('a gate', () => {
  it('lets tasks in one after the other, in the order they came', async () => {
    const gate = new Gate(1);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((number) => gate.run(async () => void order.push(number))));
    expect(order).toEqual([1, 2, 3]);
  });

  it('gives the place free when a task fails', async () => {
    const gate = new Gate(1);
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(async () => 'in')).toBe('in');
  });

  it('lets go of one that is cancelled while it waits', async () => {
    const gate = new Gate(1);
    const controller = new AbortController();
    let release = (): void => undefined;
    const first = gate.run(() => new Promise<void>((resolve) => (release = resolve)));
    const waiting = gate.run(async () => 'never', controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    release();
    await first;
    expect(await gate.run(async () => 'in')).toBe('in');
  });

  it('starts no more tasks in a second than it was told', async () => {
    let clock = 0;
    const gate = new Gate(4, 100, () => clock);
    const started: number[] = [];
    const tasks = [1, 2, 3].map((number) => gate.run(async () => void started.push(number)));
    await Promise.all(tasks);
    expect(started).toEqual([1, 2, 3]);
    clock = 10_000;
    await gate.run(async () => void started.push(4));
    expect(started).toEqual([1, 2, 3, 4]);
  });

  it('lets go of one that is cancelled while it is held back', async () => {
    const gate = new Gate(4, 0.001);
    const controller = new AbortController();
    await gate.run(async () => undefined);
    const held = gate.run(async () => 'never', controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(held).rejects.toThrow();
  });
});
