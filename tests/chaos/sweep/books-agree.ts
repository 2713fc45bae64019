import { inTransaction, rows } from '../../../db/sql.js';
import { firstBrokenAudit, sealAudit } from '../../../db/stores/audit.js';
import { readSums } from '../../../db/stores/sums.js';
import { BRIDGE } from '../../integration/engine/bench-bridge.js';
import type { ContractBridge } from '../../integration/engine/contract-bridge.js';

/**
 * What must hold when all is quiet, whoever died on the way: `minutes` stand in Kimai, each once, and the books say so.
 * @returns what does not hold, by name.
 */
export async function differencesFrom(
  minutes: readonly number[],
  bridge: ContractBridge,
): Promise<Readonly<Record<string, unknown>>> {
  const { db, activities } = bridge.engine;
  const session = { db, tx: null };
  // What the keeper does each minute: it starts and tells the processes that a dead worker left.
  await activities.openConflicts({ bridgeId: BRIDGE });
  while ((await inTransaction(db, sealAudit)) > 0);
  const sheets = await bridge.timesheets();
  const kimai = sheets.map(({ duration }) => duration / 60).sort((a, b) => a - b);
  const markers = sheets.map(({ description }) => /\[tb-[^\]]+\]/.exec(description ?? '')?.[0]);
  const { brokenSeconds } = await inTransaction(db, (tx) => readSums(tx, BRIDGE));
  const wrong: Record<string, unknown> = {
    kimai: JSON.stringify(kimai) === JSON.stringify(minutes) ? [] : kimai,
    doubled: markers.filter((marker, at) => markers.indexOf(marker) !== at),
    broken: brokenSeconds === 0 ? [] : [brokenSeconds],
    audit: [await firstBrokenAudit(session)].filter((broken) => broken !== null),
    ...(await leftovers(bridge)),
  };
  return Object.fromEntries(
    Object.entries(wrong).filter(([, which]) => Array.isArray(which) && which.length > 0),
  );
}

/** What must not be left: each by a query that gives the rows at fault. */
async function leftovers({ engine }: ContractBridge): Promise<Record<string, readonly object[]>> {
  const of = (sql: string) => rows({ db: engine.db, tx: null }, sql);
  return {
    ledger: await of(
      `select id, state, operation from ledger where state in ('planned', 'claimed', 'sent') order by id`,
    ),
    runs: await of(`select id from sync_runs where state = 'running'`),
    decisions: await of(`select id, state from decisions where state in ('grace', 'applying')`),
    untold: await of('select id from conflicts where untold_since is not null'),
    unstarted: await of(`select id from conflicts where state <> 'closed' and workflow_started_at is null`),
    // A write that was sent stands in exactly one audit record, however its worker ended.
    audited: await of(
      `with told as (select (r ->> 'ledgerId')::bigint as id from audit_logs a join audit_details d on d.audit_id = a.id,
         jsonb_array_elements(d.details -> 'rows') r where a.action = 'page.written')
       select l.id, l.state, (select count(*) from told t where t.id = l.id) as records from ledger l
       where l.answered_at is not null and l.sent_at is not null
         and (select count(*) from told t where t.id = l.id) <> 1`,
    ),
  };
}
