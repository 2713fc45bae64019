import type { LedgerRow } from '../db/stores/ledger.js';
import { releaseClaimed } from '../db/stores/ledger-claims.js';
import type { LedgerWriter, WriteResult } from './ledger-writer.js';
import { isPlainCreate, writeNewRows, type GroupResult } from './write-new-rows.js';

/** New rows of one person that share their bookkeeping; as many may need a look-up after a crash. */
const GROUP_SIZE = 50;
/** Towards the end groups are small, so that nobody waits long for the last of them. */
const LAST_GROUPS = { withinMs: 5_000, size: 10 } as const;
/**
 * What is not begun by then goes back to the plan: well within the lease of what was claimed, and who stops a run waits
 * for it.
 */
const BEGINNING_MS = 30_000;
/** A run's counters and the audit trail follow after this many rows. */
const RECORD_EVERY = 600;

/** What is remembered of a row that was claimed: in its time there are thousands, each with both books' facts. */
export type WasClaimed = Pick<LedgerRow, 'id' | 'decisionId'>;

export type Claims = {
  /** For how many people it writes at a time; each one's rows go one after the other. */
  readonly people: number;
  /** Rows that are ready, of people for whom nobody writes at the moment. */
  claim(): Promise<LedgerRow[]>;
  /** Called once, when there is something to write. */
  begin(): Promise<void>;
  /** Takes down what became of the rows so far. */
  record(rows: readonly WasClaimed[]): Promise<void>;
};

/** What was claimed and what it came to; `failure` stopped it, and what was not sent went back to the plan. */
export type Written = GroupResult & { readonly rows: readonly WasClaimed[] };

/**
 * Claims rows and writes them, one person's in their order and several people side by side. Whoever is through claims
 * more, so that the target never waits for the slowest of a page. The first failure stops new rows from starting.
 */
export async function writeClaimed(writer: LedgerWriter, claims: Claims): Promise<Written> {
  const desk = new Desk(writer, claims);
  await Promise.all(Array.from({ length: claims.people }, () => desk.work()));
  return desk.close();
}

class Desk {
  readonly #rows: WasClaimed[] = [];
  readonly #results: WriteResult[] = [];
  readonly #queues: LedgerRow[][] = [];
  readonly #beginUntil: number;
  #failure: unknown = null;
  #claiming: Promise<void> | null = null;
  /** The last claim brought rows, so the next one may; or somebody's rows came to an end since: more may follow them. */
  #mayBeMore = true;
  #recorded = 0;

  constructor(
    private readonly writer: LedgerWriter,
    private readonly claims: Claims,
  ) {
    this.#beginUntil = Date.now() + BEGINNING_MS;
  }

  /** One person after the other, until nobody's rows are left. */
  async work(): Promise<void> {
    try {
      for (let queue = await this.next(); queue !== undefined; queue = await this.next()) {
        await this.writeQueue(queue);
        this.#mayBeMore = true;
      }
    } catch (failure) {
      this.#failure ??= failure;
    }
  }

  private isOver(): boolean {
    return this.#failure !== null || Date.now() > this.#beginUntil;
  }

  private groupSize(): number {
    return Date.now() > this.#beginUntil - LAST_GROUPS.withinMs ? LAST_GROUPS.size : GROUP_SIZE;
  }

  private async next(): Promise<LedgerRow[] | undefined> {
    for (;;) {
      const queue = this.#queues.shift();
      if (queue !== undefined) return queue;
      if (this.isOver()) return undefined;
      if (this.#claiming !== null) {
        await this.#claiming;
        continue;
      }
      if (!this.#mayBeMore) return undefined;
      this.#claiming = this.claimMore().finally(() => (this.#claiming = null));
      await this.#claiming;
      await this.recordSome(); // the others have rows again by now
    }
  }

  private async claimMore(): Promise<void> {
    this.#mayBeMore = false;
    const claimed = await this.claims.claim();
    this.#mayBeMore ||= claimed.length > 0;
    if (claimed.length > 0 && this.#rows.length === 0) await this.claims.begin();
    this.#rows.push(...claimed.map(({ id, decisionId }) => ({ id, decisionId })));
    this.#queues.push(...queuesByPerson(claimed));
  }

  private async recordSome(): Promise<void> {
    if (this.#rows.length - this.#recorded < RECORD_EVERY) return;
    this.#recorded = this.#rows.length;
    await this.claims.record(this.#rows);
  }

  private async writeQueue(queue: readonly LedgerRow[]): Promise<void> {
    for (let left = queue; left.length > 0;) {
      if (this.isOver()) return this.release(left);
      const group = firstGroup(left, this.groupSize());
      left = left.slice(group.length);
      const written = await writeGroup(this.writer, group);
      this.#results.push(...written.results);
      this.#failure ??= written.failure;
    }
  }

  /** A row that was never sent goes back at once; whatever else went wrong, a sent one keeps its wait. */
  private release(rows: readonly LedgerRow[]): Promise<void> {
    return releaseClaimed(this.writer.outside, rows);
  }

  async close(): Promise<Written> {
    for (const queue of this.#queues.splice(0)) await this.release(queue);
    await this.claims.record(this.#rows);
    return { rows: this.#rows, results: this.#results, failure: this.#failure };
  }
}

function queuesByPerson(rows: readonly LedgerRow[]): LedgerRow[][] {
  const queues = new Map<string, LedgerRow[]>();
  for (const row of [...rows].sort((a, b) => Number(a.id) - Number(b.id)))
    queues.set(row.targetUserId, [...(queues.get(row.targetUserId) ?? []), row]);
  return [...queues.values()];
}

/** Plain new rows go together, at most `most` of them, everything else one by one. */
function firstGroup(queue: readonly LedgerRow[], most: number): readonly LedgerRow[] {
  const end = queue.findIndex((row) => !isPlainCreate(row));
  return queue.slice(0, Math.max(1, Math.min(end === -1 ? queue.length : end, most)));
}

/** A failure that is not about one row stops the others; that row, unless it was sent, goes back to the plan. */
async function writeGroup(writer: LedgerWriter, group: readonly LedgerRow[]): Promise<GroupResult> {
  if (group.length > 1 && !group.some((one) => writer.isClosed(one))) return writeNewRows(writer, group);
  const results: WriteResult[] = [];
  for (const [index, one] of group.entries()) {
    try {
      results.push(await writer.write(one));
      if (writer.answers.outage !== null) throw writer.answers.outage;
    } catch (failure) {
      await releaseClaimed(writer.outside, group.slice(index));
      return { results, failure };
    }
    writer.deps.heartbeat({ row: one.id });
  }
  return { results, failure: null };
}
