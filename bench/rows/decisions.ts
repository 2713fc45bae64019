import { randomUUID } from 'node:crypto';
import { decideBulk } from '../../api/bulk/decide-bulk.contract.js';
import { decideConflict } from '../../api/conflicts/decide-conflict.contract.js';
import { rows } from '../../db/sql.js';
import { sleep } from '../../stack/processes.js';
import { percentile, type BenchContext, type BenchRow, type Finding } from '../finding.js';
import { connectBridge, runBridge } from '../stage/bridge.js';
import { startInstallation, type Installation } from '../stage/installation.js';
import { startSystems, total, type Systems } from '../stage/systems.js';

/* People decide: how soon after the grace time it is in Kimai, one by one and a thousand at once. */

const SINGLES = 60;
const SINGLES_A_SECOND = 3;
const BULK = 1_000;
const WITHIN_MS = 120_000;

type Stage = { readonly installation: Installation; readonly systems: Systems };
type Case = { readonly id: string; readonly version: string };

/** Open cases that have their process, the oldest first. */
const openCases = ({ installation: { db } }: Stage, limit: number): Promise<Case[]> =>
  rows<Case>(
    { db, tx: null },
    `select id, version from conflicts where state = 'open' and workflow_started_at is not null order by id limit $1`,
    [limit],
  );

/** Decides one case after another at a steady pace. @returns the ids of the decisions. */
async function decideOneByOne({ installation }: Stage, cases: readonly Case[]): Promise<string[]> {
  const decided = cases.map(async ({ id, version }, at) => {
    await sleep((at * 1_000) / SINGLES_A_SECOND);
    const decisionId = randomUUID();
    const body = { decisionId, version, choice: 'create' } as const;
    await installation.api.call(decideConflict, { params: { conflictId: id }, body });
    return decisionId;
  });
  return Promise.all(decided);
}

/** Waits until Kimai has answered the writes of these decisions. @returns how long after the grace time, in ms. */
async function writtenAfterGrace(
  { installation: { db } }: Stage,
  decisionIds: readonly string[],
): Promise<number[]> {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    const found = await rows<{ late: number }>(
      { db, tx: null },
      `select (extract(epoch from l.answered_at - d.apply_after) * 1000)::float8 as late
       from decisions d join ledger l on l.decision_id = d.id where d.id = any($1::uuid[]) and l.state = 'done'`,
      [[...decisionIds]],
    );
    if (found.length === decisionIds.length) return found.map(({ late }) => late);
    if (Date.now() > until)
      throw new Error(`${decisionIds.length - found.length} decisions were not written`);
    await sleep(100);
  }
}

async function single(stage: Stage, count: number): Promise<Finding> {
  const late = await writtenAfterGrace(stage, await decideOneByOne(stage, await openCases(stage, count)));
  return {
    ...{ id: 'decision', what: 'a decision in Kimai after the grace time, p95', unit: 'ms' },
    ...{ goal: { atMost: 500 }, values: [percentile(late, 0.95)] },
    note: `p50 ${percentile(late, 0.5).toFixed(0)} ms over ${count} decisions, ${SINGLES_A_SECOND} a second`,
  };
}

type Bulk = { readonly acceptedMs: number; readonly writtenMs: number };

/** One choice for many cases; accepted means that each decision is on record, not only that the request was taken. */
async function decideMany(stage: Stage, cases: readonly Case[]): Promise<Bulk> {
  const { api, db } = stage.installation;
  const bulkId = randomUUID();
  const since = performance.now();
  const items = cases.map(({ id, version }) => ({ conflictId: id, version }));
  await api.call(decideBulk, { body: { bulkId, choice: 'create', items } });
  const read = async () =>
    (
      await rows<{ graced: boolean; written: string; late: number | null }>(
        { db, tx: null },
        `select apply_after is not null as graced, (select count(*) from ledger l join decisions d on d.id = l.decision_id
             where d.bulk_id = b.id and l.state = 'done') as written,
           (extract(epoch from (select max(l.answered_at) from ledger l join decisions d on d.id = l.decision_id
             where d.bulk_id = b.id and l.state = 'done') - apply_after) * 1000)::float8 as late
         from bulk_decisions b where id = $1`,
        [bulkId],
      )
    )[0];
  let acceptedMs = NaN;
  for (;;) {
    const now = await read();
    if (now?.graced === true && Number.isNaN(acceptedMs)) acceptedMs = performance.now() - since;
    if (Number(now?.written ?? 0) === cases.length) return { acceptedMs, writtenMs: now?.late ?? NaN };
    if (performance.now() - since > WITHIN_MS)
      throw new Error(`only ${now?.written} of ${cases.length} were written`);
    await sleep(50);
  }
}

async function bulk(stage: Stage, count: number, say: BenchContext['say']): Promise<readonly Finding[]> {
  const { installation, systems } = stage;
  const points: { size: number; cost: number }[] = [];
  for (const size of [count * 0.1, count * 0.3]) {
    say(`${size} cases decided at once`);
    const { writtenMs } = await decideMany(stage, await openCases(stage, size));
    points.push({ size, cost: writtenMs });
  }
  say(`${count} cases decided at once, single decisions meanwhile`);
  const all = await openCases(stage, count + SINGLES / 3);
  await systems.clearTally();
  const stop = installation.meter();
  const [{ acceptedMs, writtenMs }, late] = await Promise.all([
    decideMany(stage, all.slice(0, count)),
    decideOneByOne(stage, all.slice(count)).then((ids) => writtenAfterGrace(stage, ids)),
  ]);
  const usage = stop();
  const { zammad, kimai } = await systems.tally();
  return [
    {
      ...{ id: 'bulk-accepted', what: `${count} in bulk accepted`, unit: 's' },
      goal: { atMost: 5 },
      values: [acceptedMs / 1000],
    },
    {
      ...{ id: 'bulk-written', what: `… all in Kimai after the grace time`, unit: 's' },
      ...{ goal: { atMost: 30 }, values: [writtenMs / 1000], usage },
      calls: { zammad: total(zammad), kimai: total(kimai) },
      growth: { points: [...points, { size: count, cost: writtenMs }], unit: 'ms' },
    },
    {
      ...{ id: 'bulk-meanwhile', what: '… single decisions meanwhile, p95', unit: 'ms' },
      ...{ goal: { atMost: 1_000 }, values: [percentile(late, 0.95)] },
    },
  ];
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const count = quick ? BULK / 10 : BULK;
  const entries = count * 1.4 + SINGLES * 2;
  const installation = await startInstallation();
  const systems = await startSystems({ entries, kimai: 'empty' });
  try {
    const stage: Stage = { installation, systems };
    const { id } = await connectBridge(installation, systems, 'decisions', { newEntries: 'ask' });
    say(`asking about ${entries} entries`);
    await runBridge(installation, id);
    const waiting = 'select count(*) from conflicts where workflow_started_at is null';
    while ((await installation.count(waiting)) > 0) await sleep(200);
    return [await single(stage, SINGLES), ...(await bulk(stage, count, say))];
  } finally {
    await systems.stop();
    await installation.stop();
  }
}

export const decisionsRow: BenchRow = { name: 'decisions', run: measured };
