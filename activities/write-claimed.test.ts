import { describe, expect, test } from 'vitest';
import type { LedgerRow } from '../db/stores/ledger.js';
import type { LedgerWriter, WriteResult } from './ledger-writer.js';
import { writeClaimed } from './write-claimed.js';

/* The writing for many people at once, without the books: what is claimed is a list, what is sent is remembered. */

const rowOf = (id: number, targetUserId: string): LedgerRow =>
  // Only what is looked at here: a row that goes out by itself.
  ({ id: String(id), targetUserId, state: 'sent', decisionId: null, claim: 1 }) as unknown as LedgerRow;

/** Rows that wait, by the rule of the books: a claim brings no rows of somebody whose rows are claimed already. */
class Waiting {
  readonly #busy = new Set<string>();
  readonly sent: string[] = [];
  #atATime = 0;
  mostAtATime = 0;

  constructor(
    private rows: readonly LedgerRow[],
    private readonly limit: number,
  ) {}

  readonly claim = async (): Promise<LedgerRow[]> => {
    await tick();
    const claimed = this.rows
      .filter(({ targetUserId }) => !this.#busy.has(targetUserId))
      .slice(0, this.limit);
    this.rows = this.rows.filter((row) => !claimed.includes(row));
    for (const { targetUserId } of claimed) this.#busy.add(targetUserId);
    this.open.push(...claimed);
    return claimed;
  };

  private readonly open: LedgerRow[] = [];

  /** Takes a few turns of the loop, as a call to another system does. */
  readonly write = async (row: LedgerRow): Promise<WriteResult> => {
    this.#atATime += 1;
    this.mostAtATime = Math.max(this.mostAtATime, this.#atATime);
    for (let turn = 0; turn < 20; turn += 1) await tick();
    this.#atATime -= 1;
    this.sent.push(`${row.targetUserId}/${row.id}`);
    this.open.splice(this.open.indexOf(row), 1);
    if (!this.open.some(({ targetUserId }) => targetUserId === row.targetUserId))
      this.#busy.delete(row.targetUserId);
    return { ledgerId: row.id, outcome: 'written' };
  };
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

const written = (waiting: Waiting) =>
  writeClaimed(
    {
      write: waiting.write,
      isClosed: () => false,
      answers: { outage: null },
      deps: { heartbeat: () => undefined },
    } as unknown as LedgerWriter,
    { people: 8, claim: waiting.claim, begin: () => Promise.resolve(), record: () => Promise.resolve() },
  );

const rowsOf = (people: number, each: number, order: 'in turn' | 'one after the other') =>
  Array.from({ length: people * each }, (_, index) =>
    rowOf(index, `person ${order === 'in turn' ? index % people : Math.floor(index / each)}`),
  );

describe('rows that are written', () => {
  test('go out for eight people at a time', async () => {
    const waiting = new Waiting(rowsOf(20, 6, 'in turn'), 60);
    const { results } = await written(waiting);
    expect(results).toHaveLength(120);
    expect(waiting.mostAtATime).toBe(8);
  });

  test('go out for eight people at a time also when the first claim is full of one', async () => {
    const waiting = new Waiting(rowsOf(10, 30, 'one after the other'), 30);
    expect((await written(waiting)).results).toHaveLength(300);
    expect(waiting.mostAtATime).toBe(8);
  });

  test('go out in their order for each person, one at a time', async () => {
    const waiting = new Waiting(rowsOf(3, 40, 'in turn'), 50);
    await written(waiting);
    for (const person of ['person 0', 'person 1', 'person 2']) {
      const ids = waiting.sent
        .filter((one) => one.startsWith(person))
        .map((one) => Number(one.split('/')[1]));
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(ids).toHaveLength(40);
    }
    expect(waiting.mostAtATime).toBe(3);
  });
});
