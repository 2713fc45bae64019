import type { Sequelize, Transaction } from 'sequelize';
import type { ActivityDeps } from '../../../activities/deps.js';

/** A lasting change that a process makes outside of itself: a commit, a statement by itself, a request, a signal. */
export type Effect = string;

const NEVER = new Promise<never>(() => undefined);

/**
 * Life of one worker process. Before its `diesAt`-th effect it dies as by kill −9: nothing of it goes on, neither a
 * `catch` nor a `finally` sees anything, and its transactions are rolled back when its connections are cut.
 */
export class Life {
  readonly effects: Effect[] = [];
  #end: (how: 'died') => void = () => undefined;
  /** Settles when it dies. */
  readonly death = new Promise<'died'>((resolve) => {
    this.#end = resolve;
  });
  #dead = false;
  #armed = false;
  /** The activity that is under way, for the name of an effect. */
  activity = '';

  constructor(readonly diesAt: number) {}

  /** Effects count from now on: what a test sets up before is not swept. */
  arm(): void {
    this.#armed = true;
  }

  /** An effect is about to happen. Does not return when the process dies of it, or is dead. */
  async before(effect: Effect): Promise<void> {
    await this.alive();
    if (!this.#armed) return;
    this.effects.push(`${this.activity}: ${effect}`);
    if (this.effects.length !== this.diesAt) return;
    this.#dead = true;
    this.#end('died');
    await NEVER;
  }

  get hasEnded(): boolean {
    return this.#dead;
  }

  /** The dead do nothing, not even read. */
  async alive(): Promise<void> {
    if (this.#dead) await NEVER;
  }
}

/** The same dependencies, every effect of which the life goes through. A new method is counted without being named. */
export function mortal(deps: ActivityDeps, life: Life): ActivityDeps {
  const { connectors } = deps;
  return {
    ...deps,
    db: mortalDatabase(deps.db, life),
    connectors: {
      source: async (id) => watched('source', await connectors.source(id), life),
      target: async (id) => watched('target', await connectors.target(id), life),
      system: async (id) => watched('system', await connectors.system(id), life),
      sourceAs: async (id, token) => watched('source', await connectors.sourceAs(id, token), life),
      openSealed: (id, sealed) => connectors.openSealed(id, sealed),
      reseal: (sealed, binding) => connectors.reseal(sealed, binding),
    },
    processes: watched('processes', deps.processes, life),
  };
}

/** Calls a method that is known by its name only. */
export function callMethod(of: object, name: PropertyKey, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(of, name);
  if (typeof method !== 'function') throw new Error(`there is no method ${String(name)}`);
  return Reflect.apply(method, of, args);
}

/** Names of methods that change nothing out there: dying before one of them is dying before what comes next. */
const READS = /^(check|catalogue|list|read|find|entryExists|countAll|monthTotal|customers|projectsOf|close)/;

export function watched<T extends object>(name: string, target: T, life: Life): T {
  return new Proxy(target, {
    get(of, key) {
      const member: unknown = Reflect.get(of, key);
      if (typeof member === 'object' && member !== null)
        return watched(`${name}.${String(key)}`, member, life);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        if (READS.test(String(key))) await life.alive();
        else await life.before(`${name}.${String(key)}`);
        const answer: unknown = await Reflect.apply(member, of, args);
        await life.alive();
        return answer;
      };
    },
  });
}

/** A transaction counts once, when it commits: dying anywhere inside is the same as never having begun. */
export function mortalDatabase(db: Sequelize, life: Life): Sequelize {
  const transaction = (work: (tx: Transaction) => Promise<unknown>): Promise<unknown> =>
    db.transaction(async (tx) => {
      const result = await work(tx);
      await life.before('commit');
      return result;
    });
  const query = async (sql: string, options: { readonly transaction?: unknown }): Promise<unknown> => {
    const reads = /^\s*select\b/i.test(sql);
    if (reads || options.transaction) await life.alive();
    else await life.before(sql.trim().split(/\s+/, 4).join(' '));
    const answer: unknown = await callMethod(db, 'query', [sql, options]);
    await life.alive();
    return answer;
  };
  const own = new Map<PropertyKey, unknown>([
    ['transaction', transaction],
    ['query', query],
  ]);
  return new Proxy(db, { get: (of, key): unknown => own.get(key) ?? Reflect.get(of, key) });
}
