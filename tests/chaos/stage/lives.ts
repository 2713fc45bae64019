import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Installation } from './installation.js';

/** One installation after the other over a database cluster of their own. */
export class Lives {
  readonly #folder = mkdtempSync(join(tmpdir(), 'timebridge-chaos-test-'));
  #installation: Installation | undefined;

  constructor() {
    chmodSync(this.#folder, 0o755); // PostgreSQL may run as another user, who must be able to pass
  }

  /** The one that lives, or a new one. */
  async current(): Promise<Installation> {
    this.#installation ??= await Installation.start(this.#folder);
    return this.#installation;
  }

  /** The next one begins anew. */
  async end(): Promise<void> {
    const ending = this.#installation;
    this.#installation = undefined;
    await ending?.stop();
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
