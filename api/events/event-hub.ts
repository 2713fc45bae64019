import type { ServerResponse } from 'node:http';
import pg from 'pg';
import { CHANGE_CHANNEL } from '../../db/notify.js';

const BEAT_MS = 15_000;
const PING_MS = 20_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** A reader that lets this much pile up is cut; it connects again and reads everything anew. */
const MAX_BUFFERED_BYTES = 262_144;

type Listener = { readonly response: ServerResponse; readonly sessionId: string | null };

/**
 * Hands the database's notifications on to every open page. One connection listens for the whole process; while it is
 * being replaced events may be lost, so each new connection tells the pages to read again (`resync`).
 */
export class EventHub {
  readonly #listeners = new Set<Listener>();
  readonly #beat: NodeJS.Timeout;
  #client: pg.Client | undefined;
  #stopped = false;

  constructor(
    readonly databaseUrl: string,
    /** Which of these sessions still live; streams of the others are ended. */
    readonly liveSessions: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  ) {
    this.#beat = setInterval(() => void this.#onBeat(), BEAT_MS).unref();
  }

  /** Resolves once it listens for the first time; keeps trying for as long as it takes. */
  start(): Promise<void> {
    return new Promise((resolve) => void this.#listenForEver(resolve));
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
    listener.response.once('close', () => this.#listeners.delete(listener));
    listener.response.write('retry: 2000\n\nevent: resync\ndata: {}\n\n');
  }

  get size(): number {
    return this.#listeners.size;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#beat);
    for (const { response } of this.#listeners) response.end();
    await this.#client?.end().catch(() => undefined);
  }

  async #listenForEver(onFirst: () => void): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!this.#stopped) {
      const listened = await this.#listenOnce(onFirst);
      waitMs = listened ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS);
      if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  /** Returns when the connection is lost: whether it ever listened. */
  async #listenOnce(onListening: () => void): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'timebridge-events',
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.once('end', () => resolve());
      client.on('error', () => resolve()); // without a listener it would end the process
    });
    let ping: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      client.on('notification', ({ payload }) => this.#write(`event: change\ndata: ${payload ?? '{}'}\n\n`));
      await client.query(`listen ${client.escapeIdentifier(CHANGE_CHANNEL)}`);
      this.#client = client;
      onListening();
      this.#write('event: resync\ndata: {}\n\n');
      ping = setInterval(() => void client.query('select 1').catch(() => undefined), PING_MS).unref();
      await lost;
      return true;
    } catch {
      return false;
    } finally {
      clearInterval(ping);
      await client.end().catch(() => undefined);
    }
  }

  async #onBeat(): Promise<void> {
    this.#write(': beat\n\n');
    const listeners = [...this.#listeners];
    const ids = [...new Set(listeners.map(({ sessionId }) => sessionId).filter((id) => id !== null))];
    if (ids.length === 0) return;
    // A database that does not answer ends nobody's session.
    const live = await this.liveSessions(ids).catch(() => null);
    if (live === null) return;
    for (const { sessionId, response } of listeners) {
      if (sessionId !== null && !live.has(sessionId)) response.end();
    }
  }

  #write(text: string): void {
    for (const { response } of this.#listeners) {
      if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
      else response.write(text);
    }
  }
}
