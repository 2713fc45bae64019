import * as yup from 'yup';
import { inTransaction, rows } from '../../../db/sql.js';
import { firstBrokenAudit, sealAudit } from '../../../db/stores/audit.js';
import { readSums } from '../../../db/stores/sums.js';
import { BRIDGE } from '../../integration/engine/bench-bridge.js';
import type { ContractBridge } from '../../integration/engine/contract-bridge.js';
import type { Scenario } from './scenarios.js';

/**
 * What must hold when all is quiet, whoever died on the way: the minutes stand in Kimai, each once, and the books say so.
 * @returns what does not hold, by name.
 */
export async function differencesFrom(
  { kimai: minutes, customers }: Pick<Scenario, 'kimai' | 'customers'>,
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
    customers: customers === undefined ? [] : await unexpected(bridge, customers),
    doubled: markers.filter((marker, at) => markers.indexOf(marker) !== at),
    broken: brokenSeconds === 0 ? [] : [brokenSeconds],
    audit: [await firstBrokenAudit(session)].filter((broken) => broken !== null),
    ...(await leftovers(bridge)),
  };
  return Object.fromEntries(
    Object.entries(wrong).filter(([, which]) => Array.isArray(which) && which.length > 0),
  );
}

const NAMED = yup.array(yup.object({ name: yup.string().required() }).required()).required();

/** Customers and projects, where they are not as expected: each customer has one project. */
async function unexpected(bridge: ContractBridge, customers: readonly string[]): Promise<readonly string[]> {
  const namesOf = async (path: string) =>
    NAMED.validateSync(await bridge.kimai('GET', path)).map(({ name }) => name);
  const [made, projects] = [
    await namesOf('/customers?visible=3'),
    await namesOf('/projects?visible=3&ignoreDates=1'),
  ];
  const same = JSON.stringify(made) === JSON.stringify(customers) && projects.length === customers.length;
  return same ? [] : [...made, ...projects];
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
