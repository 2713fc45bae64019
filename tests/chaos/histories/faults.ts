import type { Random } from '../../../simulators/worlds/demo/random.js';
import type { Company } from '../stage/company.js';
import { VICTIMS, type Installation, type Victim } from '../stage/installation.js';
import type { Tally } from './tally.js';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Longest that an answer is held back: well below the wait after which a write counts as unknown. */
const MOST_DELAY_MS = 1_200;
const MOST_SKEW_MS = 20 * 60_000;

/** What goes wrong around an installation. Everything is over when `heal` has returned. */
export class Faults {
  readonly #restarts = new Set<Promise<void>>();
  readonly #down = new Set<Victim>();

  constructor(
    private readonly installation: Installation,
    private readonly company: Company,
    private readonly random: Random,
    private readonly tally: Tally,
  ) {}

  /** One thing that goes wrong. */
  async act(): Promise<void> {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.3) return this.#kill();
    if (dice < 0.75) return this.#breakCalls();
    if (dice < 0.88) return this.#muddleWebhooks();
    if (dice < 0.95) return this.#takeDown();
    return this.#skewClock();
  }

  /** Ends every fault, and waits until everything runs again. */
  async heal(): Promise<void> {
    await Promise.all(this.#restarts);
    for (const system of ['zammad', 'kimai'] as const) {
      await this.company.control(system, 'DELETE', '/faults');
      await this.company.control(system, 'POST', '/down', { down: false });
      await this.company.control(system, 'POST', '/clock', { offsetMs: 0 });
    }
    await this.company.control('zammad', 'DELETE', '/webhook-faults');
  }

  async #kill(): Promise<void> {
    const { installation, random, tally } = this;
    const victim = random.pick(VICTIMS);
    const awayMs = random.between(0, 2_000);
    if (this.#down.has(victim)) return;
    this.#down.add(victim);
    tally.note(`kill −9: ${victim.replace(/-\d$/, '')}`, `${victim}, back after ${awayMs} ms`);
    await installation.kill(victim);
    const restart = sleep(awayMs)
      .then(() => installation.restart(victim))
      .then(() => void this.#down.delete(victim));
    this.#restarts.add(restart);
    restart.then(
      () => void this.#restarts.delete(restart),
      () => undefined,
    );
  }

  async #breakCalls(): Promise<void> {
    const { random, tally } = this;
    const system = random.chance(0.65) ? 'kimai' : 'zammad';
    const then = random.pick([
      { kind: 'drop' },
      { kind: 'drop_after_write' },
      { kind: 'drop_after_write' },
      { kind: 'status', status: random.pick([500, 502, 503, 504]) },
      { kind: 'status', status: 429, retryAfter: '1' },
      { kind: 'delay', ms: random.between(50, MOST_DELAY_MS) },
      { kind: 'slow_body', ms: random.between(50, MOST_DELAY_MS) },
      { kind: 'truncate' },
    ]);
    const writes = system === 'kimai' && random.chance(0.6);
    const method = random.pick(['POST', 'PATCH', 'DELETE']);
    const match = { path: '^/api', ...(writes ? { method, path: '^/api/timesheets' } : {}) };
    const order = { match, skip: random.between(0, 2), times: random.between(1, 3), then };
    await this.company.control(system, 'POST', '/faults', order);
    const what = then.kind === 'status' ? `${then.kind} ${then.status}` : then.kind;
    tally.note(`${system}: ${what}`, `${order.times} × after ${order.skip} of ${method} ${match.path}`);
  }

  async #muddleWebhooks(): Promise<void> {
    const { random, tally } = this;
    const fault = random.pick(['duplicate', 'reorder', 'lose']);
    const times = random.between(1, 3);
    await this.company.control('zammad', 'POST', '/webhook-faults', { [fault]: times });
    tally.note(`webhooks: ${fault}`, `${times} ×`);
  }

  async #takeDown(): Promise<void> {
    const { company, random, tally } = this;
    const system = random.pick(['kimai', 'zammad']);
    const mode = random.pick(['status', 'connection']);
    const awayMs = random.between(300, 3_000);
    if (system !== 'kimai' && system !== 'zammad') return;
    await company.control(system, 'POST', '/down', { down: true, mode });
    tally.note(`${system}: down`, `${mode}, for ${awayMs} ms`);
    const back = sleep(awayMs)
      .then(() => company.control(system, 'POST', '/down', { down: false }))
      .then(() => void this.#restarts.delete(back));
    this.#restarts.add(back);
  }

  async #skewClock(): Promise<void> {
    const { random, tally } = this;
    const system = random.chance(0.5) ? 'kimai' : 'zammad';
    const offsetMs = random.between(-MOST_SKEW_MS, MOST_SKEW_MS);
    await this.company.control(system, 'POST', '/clock', { offsetMs });
    tally.note(`${system}: clock`, `${Math.round(offsetMs / 1_000)} s off`);
  }
}
