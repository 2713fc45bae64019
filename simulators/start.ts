import { join } from 'node:path';
import { createKimai } from './kimai/index.js';
import { BadControl, Clock, json, serve, type Simulator } from './kit/index.js';
import { createPlay } from './play/index.js';
import { demoSetup } from './worlds/demo/setup.js';
import { playSecondChapter } from './worlds/demo/second-chapter.js';
import { settingsPerSystem } from './settings.js';
import { createWorld, type Worlds } from './worlds/registry.js';
import { ZammadSystem } from './zammad/index.js';

/** How both simulators are started. Port 0 takes a free one. */
export interface SimulatorsOptions {
  /** Name of the world to begin with: empty, demo or contract. A world kept in `dataDir` goes on instead. */
  readonly world: string;
  readonly zammadPort: number;
  readonly kimaiPort: number;
  /** The address both listen on; left out, only this machine reaches them. */
  readonly host?: string;
  /** Where the worlds are kept, one file per system and world; without it they live in memory. */
  readonly dataDir?: string;
  /** Settings of both systems under their own names, such as `timesheet.mode` and `time_accounting_unit`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the simulators' clocks read at the start; they run on from there. */
  readonly now?: Date;
  /** Makes the world instead of taking one by its name. */
  readonly makeWorld?: (name: string, at: Date) => Worlds;
  /** Where the play page leads to see what a change has caused. */
  readonly timebridgeUrl?: string;
}

/** Both simulators running. */
export interface Simulators {
  readonly zammad: Simulator;
  readonly kimai: Simulator;
  readonly zammadUrl: string;
  readonly kimaiUrl: string;
  /** The page on which a newcomer plays both systems. */
  readonly playUrl: string;
  /** Stops both and writes their worlds. */
  close(): Promise<void>;
}

/** Starts both simulators in this process. @throws BadControl for an unknown world or setting. */
export async function startSimulators(options: SimulatorsOptions): Promise<Simulators> {
  const { world, dataDir, now } = options;
  const host = options.host === undefined ? {} : { host: options.host };
  const file = (system: string) =>
    dataDir === undefined ? {} : { file: join(dataDir, `${system}-${world}.jsonl`) };
  const running: Simulator[] = [];
  const close = async () => void (await Promise.all(running.map((simulator) => simulator.close())));
  const url = (name: string) => running.find((simulator) => simulator.name === name)?.url ?? '';
  const begin = now ?? new Date();
  // Both systems begin with one world, dated by one instant; a reset is dated when it happens.
  const { makeWorld = createWorld } = options;
  const make = (name: string, at: Date) => makeWorld(name, running.length === 2 ? at : begin);
  const zammadClock = Clock.startingAt(now);
  const kimaiClock = Clock.startingAt(now);
  const zammadSystem = new ZammadSystem({
    clock: zammadClock,
    world,
    ...file('zammad'),
    createWorld: (name, at) => make(name, at).zammad,
    playChapter: (chapter) => {
      if (chapter !== 2) throw new BadControl('chapter must be 2; the first one is the world itself.');
      return playSecondChapter({ zammadUrl: url('zammad'), kimaiUrl: url('kimai') });
    },
  });
  const kimaiSystem = createKimai({
    clock: kimaiClock,
    world,
    ...file('kimai'),
    createWorld: (name, at) => make(name, at).kimai,
    home: () => `${url('zammad')}/play`,
  });
  const settings = settingsPerSystem(options.settings ?? {});
  if (Object.keys(settings.zammad).length > 0) zammadSystem.configure(settings.zammad);
  if (Object.keys(settings.kimai).length > 0) kimaiSystem.changeSettings(settings.kimai);
  try {
    const zammad = await serve(zammadSystem, { ...host, port: options.zammadPort, clock: zammadClock });
    running.push(zammad);
    const kimai = await serve(kimaiSystem, { ...host, port: options.kimaiPort, clock: kimaiClock });
    running.push(kimai);
    const play = { zammadUrl: () => zammad.url, kimaiUrl: () => kimai.url, hasChapter: world === 'demo' };
    zammad.mount('/play', createPlay({ ...play, timebridgeUrl: options.timebridgeUrl ?? null }));
    if (world === 'demo') zammad.mount('/demo-setup', () => json(200, demoSetup(zammadClock.now())));
    return {
      zammad,
      kimai,
      zammadUrl: zammad.url,
      kimaiUrl: kimai.url,
      playUrl: `${zammad.url}/play`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
