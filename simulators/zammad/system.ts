import {
  BadControl,
  type Call,
  type Clock,
  type Reply,
  type Router,
  type System,
  WorldStore,
} from '../kit/index.js';
import type { Act } from './act.js';
import { ZammadApi } from './api.js';
import { zammadControls } from './controls.js';
import { configure } from './installation.js';
import { prepareOrders } from './row-index.js';
import { SearchIndex } from './search-index.js';
import { rootPage, ticketPage } from './ticket-page.js';
import { WebhookSender } from './webhooks/sender.js';
import { isStoredWorld, restored, stored, type StoredWorld } from './world-file.js';
import type { ZammadWorld } from './world.js';

export type ZammadOptions = {
  readonly clock: Clock;
  /** File that keeps the world; without it the world lives in memory. */
  readonly file?: string;
  /** Name of the world to begin with when there is no file yet. */
  readonly world: string;
  /** Makes a world by name. Throws `BadControl` that names the known ones. */
  readonly createWorld: (name: string, now: Date) => ZammadWorld;
  /** What `POST /__control/chapter` does. */
  readonly playChapter?: (chapter: number) => Promise<unknown>;
};

/** One simulated Zammad. */
export class ZammadSystem implements System {
  readonly name = 'zammad';
  readonly controls: Router;
  readonly sender: WebhookSender;
  readonly #options: ZammadOptions;
  readonly #store: WorldStore<StoredWorld>;
  readonly #index = new SearchIndex();
  readonly #api: ZammadApi;
  #world: ZammadWorld;

  constructor(options: ZammadOptions) {
    this.#options = options;
    this.#store = new WorldStore<StoredWorld>({
      ...(options.file === undefined ? {} : { file: options.file }),
      initial: () => stored(this.#make(options.world)),
      isWorld: isStoredWorld,
    });
    this.#world = restored(this.#store.world);
    this.#adopt(this.#world);
    const world = (): ZammadWorld => this.#world;
    const now = (): string => options.clock.now().toISOString();
    this.sender = new WebhookSender({ world, now, saved: () => this.#store.touch() });
    this.#api = new ZammadApi({ world, now, index: this.#index, committed: (act) => this.#committed(act) });
    this.controls = zammadControls({
      world,
      now,
      sender: this.sender,
      changed: () => this.#changed(),
      playChapter:
        options.playChapter ?? (async () => Promise.reject(new BadControl('This world has one chapter.'))),
    });
    this.sender.resume();
  }

  handle(call: Call): Reply | Promise<Reply> {
    if (call.method === 'GET' && call.path === '/') return rootPage(this.#world);
    const ticket = call.method === 'GET' ? /^\/ticket\/zoom\/(\d+)$/.exec(call.path) : null;
    return ticket ? ticketPage(this.#world, Number(ticket[1])) : this.#api.handle(call);
  }

  counts(): Readonly<Record<string, number>> {
    const { users, organizations, tickets, articles, entries, types } = this.#world;
    return Object.fromEntries(
      Object.entries({ users, organizations, tickets, articles, entries, types }).map(([name, rows]) => [
        name,
        Object.keys(rows).length,
      ]),
    );
  }

  settings(): unknown {
    return { ...this.#world.settings, installation: this.#world.installation, world: this.#world.name };
  }

  /** Changes settings and installation, as a settings file has them. @throws BadControl for what is unknown */
  configure(settings: unknown): void {
    configure(this.#world, settings);
    this.#changed();
  }

  reset(world: string): void {
    const next = this.#make(world);
    // What is under way ends by itself: a delivery whose ticket is gone is discarded.
    void this.sender.reset();
    this.#adopt(next);
  }

  async flush(): Promise<void> {
    await this.sender.reset();
    await this.#store.flush();
  }

  #make(name: string): ZammadWorld {
    return this.#options.createWorld(name, this.#options.clock.now());
  }

  #adopt(world: ZammadWorld): void {
    this.#world = world;
    this.#store.replace(stored(world));
    this.#index.rebuild(world);
    prepareOrders(world);
  }

  #changed(): void {
    this.#index.rebuild(this.#world);
    this.#store.touch();
  }

  #committed(act: Act): void {
    this.#store.touch();
    const delayMs = this.#world.installation.search_index?.delay_ms ?? 0;
    for (const ticketId of act.events.keys()) this.#index.queue(ticketId, Date.parse(act.at) + delayMs);
    for (const ticketId of act.destroyed) this.#index.remove(ticketId);
    this.sender.enqueue(act);
  }
}
