import { randomInt } from 'node:crypto';
import { portFree } from '../../../stack/ports.js';

/** Below what the kernel gives to connections of its own (from 32768 on Linux). */
const [LOWEST, HIGHEST] = [25_000, 32_000];

/** A port that stays free while the one who listens there is dead: a connection of somebody else may not take it meanwhile. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await portFree(port)) return port;
  }
}
