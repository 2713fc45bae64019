import { afterEach, describe, expect, it } from 'vitest';
import { goneWithin, isAlive } from '../../stack/processes.js';
import { startProgram, type Program } from '../kit/program.js';

const GONE_MS = 10_000;
let program: Program | undefined;
afterEach(() => program?.child.kill('SIGKILL'));

async function bothRunning(): Promise<{ readonly program: Program; readonly units: readonly number[] }> {
  program = startProgram(['tests/stack/two-units.ts']);
  await program.line(/both run/);
  const units = [...program.output().matchAll(/ready (\d+)/g)].map((match) => Number(match[1]));
  expect(units.map(isAlive)).toEqual([true, true]);
  return { program, units };
}

describe('the supervisor', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends every unit on %s, the last one first', async (signal) => {
    const { program, units } = await bothRunning();
    process.kill(program.pid, signal);
    expect(await program.ended).toBe(0);
    expect(units.map(isAlive)).toEqual([false, false]);
    expect(program.output()).toMatch(/second stops[\s\S]*first stops/);
  });

  it('leaves no unit behind when it is killed without a chance to clean up', async () => {
    const { program, units } = await bothRunning();
    process.kill(program.pid, 'SIGKILL');
    expect(await Promise.all(units.map((pid) => goneWithin(pid, GONE_MS)))).toEqual([true, true]);
  });

  it('starts a unit again that was killed', async () => {
    const { program, units } = await bothRunning();
    process.kill(units[1] ?? 0, 'SIGKILL');
    await program.line(/second runs again/);
    const pids = [...program.output().matchAll(/second: ready (\d+)/g)].map((match) => Number(match[1]));
    expect(pids).toHaveLength(2);
    expect(isAlive(pids[1] ?? 0)).toBe(true);
    process.kill(program.pid, 'SIGINT');
    expect(await program.ended).toBe(0);
    expect(isAlive(pids[1] ?? 0)).toBe(false);
  });
});
