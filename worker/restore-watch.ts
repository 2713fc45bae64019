import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';

const FILE = 'audit-mark';

/** What the watch asks of the database. */
export type WatchedBooks = {
  newestAuditId(): Promise<number>;
  /** The database is older than it was; see `distrustBooks`. */
  distrust(seen: { readonly lastSeen: number; readonly newest: number }): Promise<void>;
};

/**
 * Notices that the database was restored from an older backup: the data folder, which is not restored with it, keeps how
 * far the audit trail had come. A worker without a data folder cannot tell.
 */
export class RestoreWatch {
  #kept: number;
  /** The folder takes no files: said once. */
  #unkept = false;

  constructor(
    private readonly dataDir: string,
    private readonly books: WatchedBooks,
    private readonly log: Logger,
  ) {
    this.#kept = this.#read();
  }

  /** Before anything is written. @returns whether the database is older than when it was last seen from here. */
  async compare(): Promise<boolean> {
    const newest = await this.books.newestAuditId();
    const lastSeen = this.#kept;
    if (newest >= lastSeen) return false;
    this.log.warn(
      { lastSeen, newest },
      'the database was restored from an older backup: both systems are read anew',
    );
    await this.books.distrust({ lastSeen, newest });
    this.#keep(await this.books.newestAuditId());
    return true;
  }

  /** Keeps how far the audit trail is now. */
  async follow(): Promise<void> {
    const newest = await this.books.newestAuditId();
    if (newest > this.#kept) this.#keep(newest);
  }

  #read(): number {
    const file = join(this.dataDir, FILE);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  }

  #keep(id: number): void {
    this.#kept = id;
    if (!existsSync(this.dataDir) || this.#unkept) return;
    const file = join(this.dataDir, FILE);
    try {
      writeFileSync(`${file}.new`, `${id}\n`);
      renameSync(`${file}.new`, file); // whole or not at all: a kill in between leaves the older mark
    } catch (failure) {
      this.#unkept = true;
      this.log.warn(
        { err: failure, file },
        'a restored database will not be noticed: the mark cannot be kept',
      );
    }
  }
}
