import { contractWorld as contractKimai, emptyWorld as emptyKimai, type KimaiWorld } from '../kimai/index.js';
import { BadControl } from '../kit/index.js';
import { contractWorld, emptyWorld } from '../zammad/contract-worlds.js';
import type { ZammadWorld } from '../zammad/index.js';
import { demoKimai } from './demo/kimai-world.js';
import { demoZammad } from './demo/zammad-world.js';

/** Both systems of one world. */
export type Worlds = { readonly zammad: ZammadWorld; readonly kimai: KimaiWorld };

export const WORLD_NAMES = ['empty', 'contract', 'demo'] as const;

function demo(now: Date): Worlds {
  const zammad = demoZammad(now);
  return { zammad, kimai: demoKimai(now, zammad) };
}

const WORLDS: Readonly<Record<string, (now: Date) => Worlds>> = {
  empty: (now) => ({ zammad: emptyWorld(now), kimai: emptyKimai() }),
  contract: (now) => ({ zammad: contractWorld(now), kimai: contractKimai() }),
  demo,
};

/**
 * Makes a world by name, dated relative to `now`; the same instant gives the same world.
 * @throws BadControl that names the worlds there are
 */
export function createWorld(name: string, now: Date): Worlds {
  const make = Object.hasOwn(WORLDS, name) ? WORLDS[name] : undefined;
  if (!make) throw new BadControl(`There is no world "${name}"; worlds: ${WORLD_NAMES.join(', ')}.`);
  return make(now);
}
