import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as yup from 'yup';
import { isAlive } from './processes.js';

const Lock = yup
  .object({
    pid: yup.number().integer().required(),
    /** When the process began, in the kernel's own count; tells it from a later one with the same id. */
    began: yup.string().defined(),
    /** Where the API of that installation answers. */
    apiUrl: yup.string().required(),
  })
  .required();

export type Lock = yup.InferType<typeof Lock>;

/** Somebody runs on this data folder already. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
  constructor(
    readonly dataDir: string,
    readonly lock: Lock,
  ) {
    super(
      `Timebridge runs already on ${dataDir} (process ${lock.pid}, ${lock.apiUrl}).\n` +
        'Stop that one first, or give this one a folder of its own: --data DIR',
    );
  }
}

const lockFile = (dataDir: string): string => join(dataDir, 'running.json');

/**
 * Makes this process the only one on the data folder; the returned function gives it back.
 * A lock whose process is gone counts for nothing.
 * @throws FolderInUse
 */
export function takeLock(dataDir: string, apiUrl: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = lockFile(dataDir);
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid), apiUrl });
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    }
    const lock = readLock(dataDir);
    if (lock) throw new FolderInUse(dataDir, lock);
    rmSync(file, { force: true });
  }
}

/** Who runs on the data folder at this moment, if anybody does. */
export function readLock(dataDir: string): Lock | undefined {
  try {
    const lock = Lock.validateSync(JSON.parse(readFileSync(lockFile(dataDir), 'utf8')));
    return isAlive(lock.pid) && beganAt(lock.pid) === lock.began ? lock : undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces. Empty where there is no /proc. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
