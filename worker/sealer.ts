import type { Logger } from 'pino';
import { repeat, type Repeated } from './repeat.js';

const EVERY_MS = 1_000;

/** Numbers and chains new audit rows, each second. `sealAudit` takes its own lock and says how many rows it sealed. */
export function startSealer(sealAudit: () => Promise<number>, log: Logger): Repeated {
  let failing = false;
  const seal = async (): Promise<void> => {
    const sealed = await sealAudit();
    if (failing) log.info({ sealed }, 'audit rows are sealed again');
    failing = false;
  };
  // A database that is away would fill the log with one line a second; one line when it begins is enough.
  return repeat(EVERY_MS, seal, (error) => {
    if (!failing) log.warn({ err: error }, 'audit rows cannot be sealed; trying on');
    failing = true;
  });
}
