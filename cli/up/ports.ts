import { portFree } from '../../stack/ports.js';
import { sleep } from '../../stack/processes.js';
import { CommandFailed } from '../failure.js';

/** A port that will be needed, and the setting that changes it. */
export type NeededPort = { readonly port: number; readonly setting: string; readonly what: string };

/**
 * Makes sure that nobody listens where we are about to.
 * @param waitMs how long a port may still be busy: after a crash the processes of the last start are just ending.
 * @throws CommandFailed that names every taken port and how to change it.
 */
export async function assertPortsFree(needed: readonly NeededPort[], waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  let taken = await takenOf(needed);
  while (taken.length > 0 && Date.now() < until) {
    await sleep(100);
    taken = await takenOf(taken);
  }
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, what, setting }) => `  port ${port} (${what}): set ${setting} to another one`,
  );
  throw new CommandFailed(
    `Somebody else listens where Timebridge wants to:\n${lines.join('\n')}`,
    'port_taken',
  );
}

async function takenOf(needed: readonly NeededPort[]): Promise<readonly NeededPort[]> {
  const free = await Promise.all(needed.map(({ port }) => portFree(port)));
  return needed.filter((_port, index) => !free[index]);
}
