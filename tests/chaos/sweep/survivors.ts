import pg from 'pg';
import type { Sequelize } from 'sequelize';
import { createActivities } from '../../../activities/index.js';
import type { Activities } from '../../../activities/contract.js';
import type { ActivityDeps } from '../../../activities/deps.js';
import { connectDatabase } from '../../../db/connection.js';
import { callMethod, Life, mortal, type Effect } from './mortal.js';

export type Survivors = {
  readonly activities: Activities;
  /** From now on the first process dies before its `diesAt`-th effect. */
  arm(): void;
  /** What the first process did until it died. */
  effects(): readonly Effect[];
  hasDied(): boolean;
  close(): Promise<void>;
};

/** How long an activity may take in a sweep: one that hangs is a finding, not a reason to wait. */
const STUCK_AFTER_MS = 60_000;

/**
 * Activities as Temporal runs them: when the process dies in the middle of one, its connections are cut and a fresh
 * process is given the same activity again. Only the first process dies.
 */
export function survive(
  databaseUrl: string,
  depsOver: (pool: Sequelize) => ActivityDeps,
  diesAt: number,
): Survivors {
  const lives: Life[] = [];
  const pools: Sequelize[] = [];
  const begin = (dies: number): { readonly life: Life; readonly activities: Activities } => {
    const life = new Life(dies);
    const pool = connectDatabase(databaseUrl, processName(lives.length));
    lives.push(life);
    pools.push(pool);
    return { life, activities: createActivities(mortal(depsOver(pool), life)) };
  };
  let process = begin(diesAt);
  const attempt = async (name: PropertyKey, args: readonly unknown[]): Promise<unknown> => {
    const { life, activities } = process;
    life.activity = String(name);
    const work = Promise.resolve(callMethod(activities, name, args));
    const outcome = await Promise.race([work, life.death, stuck(name)]);
    if (outcome !== 'died') return outcome;
    await cutConnections(databaseUrl, processName(lives.indexOf(life)));
    if (process.life === life) process = begin(Infinity);
    return attempt(name, args);
  };
  const activities = new Proxy(process.activities, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        attempt(name, args),
  });
  return {
    activities,
    arm: () => lives[0]?.arm(),
    effects: () => lives[0]?.effects ?? [],
    hasDied: () => lives.length > 1,
    // The pools of the dead wait for connections that never come back; the others close.
    close: async () => void (await Promise.all(pools.slice(lives.length - 1).map((pool) => pool.close()))),
  };
}

const processName = (index: number): string => `sweep-${index}`;

function stuck(name: PropertyKey): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`${String(name)} hangs`)), STUCK_AFTER_MS);
    timer.unref();
  });
}

/** What the operating system does with the sockets of a process that was killed. */
export async function cutConnections(databaseUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and application_name = $1`,
    [name],
  );
  await client.end();
}
