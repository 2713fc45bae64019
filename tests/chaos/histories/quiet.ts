import { Client, Connection } from '@temporalio/client';
import { startRun } from '../../../api/runs/start-run.contract.js';
import { CommandFailed } from '../../../cli/failure.js';
import { inTransaction, rows, type Session } from '../../../db/sql.js';
import { sealAudit } from '../../../db/stores/audit.js';
import type { Installation } from '../stage/installation.js';

const LOOK_EVERY_MS = 300;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What keeps an installation from being quiet: each a query that gives what is still under way. */
const UNDER_WAY: Readonly<Record<string, string>> = {
  runs: `select id, phase, started_at from sync_runs where state = 'running'`,
  writes: `select id, state, operation, not_before, lease_until from ledger where state in ('planned', 'claimed', 'sent')`,
  decisions: `select id, state, conflict_id from decisions where state in ('grace', 'applying')`,
  bulks: `select id, state from bulk_decisions where state not in ('done', 'withdrawn')`,
  undos: `select id, state from undos where state <> 'done'`,
  deliveries: `select id, ticket_id from webhook_deliveries where signalled_at is null`,
  untold: `select id, state from conflicts where untold_since is not null`,
  // A bridge that is off keeps its marks until it is on again.
  dirty: `select time_entry_id from bridge_entries e join bridges b on b.id = e.bridge_id where dirty and b.mode <> 'off'`,
  cases: `select id, state from conflicts where state in ('deciding', 'applying')`,
  paused: `select id, health from connectors where health <> 'ok'`,
};

/**
 * Waits until nothing is under way any more: by what the rows and Temporal say, for at most `withinMs`.
 * @returns what is still under way then; empty when it is quiet.
 */
export async function untilQuiet(
  installation: Installation,
  session: Session,
  withinMs: number,
): Promise<Record<string, readonly object[]>> {
  const until = Date.now() + withinMs;
  for (;;) {
    const left = await underWay(installation, session);
    if (Object.keys(left).length === 0 || Date.now() > until) return left;
    await sleep(LOOK_EVERY_MS);
  }
}

async function underWay(
  installation: Installation,
  session: Session,
): Promise<Record<string, readonly object[]>> {
  const left: Record<string, readonly object[]> = {};
  for (const [name, sql] of Object.entries(UNDER_WAY)) {
    const found = await rows(session, sql);
    if (found.length > 0) left[name] = found;
  }
  if (Object.keys(left).length > 0) return left;
  const processes = await strayProcesses(installation, session);
  return processes.length === 0 ? {} : { processes };
}

/** Processes that nobody waits for any more, and open cases that have none: each of them is one too many. */
async function strayProcesses(
  installation: Installation,
  session: Session,
): Promise<readonly { readonly workflow: string; readonly fault: string }[]> {
  const connection = await Connection.connect({ address: installation.temporalAddress });
  try {
    const running = new Set<string>();
    const query = `ExecutionStatus = 'Running'`;
    for await (const { workflowId } of new Client({ connection }).workflow.list({ query }))
      running.add(workflowId);
    const open = await rows<{ id: string }>(session, `select id from conflicts where state <> 'closed'`);
    const wanted = new Set(open.map(({ id }) => `conflict/${id}`));
    const fault = (workflow: string, what: string) => ({ workflow, fault: what });
    return [
      ...[...running]
        .filter((id) => !wanted.has(id) && !id.startsWith('temporal-sys'))
        .map((id) => fault(id, 'runs although nothing waits for it')),
      ...[...wanted]
        .filter((id) => !running.has(id))
        .map((id) => fault(id, 'does not run although its case is open')),
    ];
  } finally {
    await connection.close();
  }
}

/**
 * A full comparison that ends as completed: the state in which the books are held against each other. It is not asked for
 * while it cannot come to its end: a system is paused, or another run goes on.
 */
export async function compareFully(
  installation: Installation,
  session: Session,
  bridgeId: string,
  withinMs: number,
): Promise<void> {
  const until = Date.now() + withinMs;
  let why = 'no run was started';
  for (; Date.now() < until; await sleep(LOOK_EVERY_MS)) {
    const hindrance = await hindranceToRun(session, bridgeId);
    if (hindrance !== null) {
      why = hindrance;
      continue;
    }
    const before = (await newestRun(session, bridgeId))?.id ?? '0';
    try {
      await installation.api().call(startRun, { params: { bridgeId }, body: { full: true } });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      why = error.message;
    }
    const run = await endOfRunAfter(session, { bridgeId, before, until });
    if (run?.state === 'completed' && run.full) return;
    why = run === undefined ? why : `the newest run is ${run.state} ${JSON.stringify(run.error)}`;
  }
  throw new Error(`no full comparison came to its end: ${why}`);
}

async function hindranceToRun(session: Session, bridgeId: string): Promise<string | null> {
  const [paused] = await rows<{ id: string }>(session, `select id from connectors where health <> 'ok'`);
  if (paused !== undefined) return `${paused.id} is paused`;
  return (await newestRun(session, bridgeId))?.state === 'running' ? 'another run goes on' : null;
}

type RunRow = {
  readonly id: string;
  readonly state: string;
  readonly full: boolean;
  readonly error: unknown;
};

const newestRun = async (session: Session, bridgeId: string): Promise<RunRow | undefined> =>
  (
    await rows<RunRow>(
      session,
      `select id, state, full_comparison as "full", error from sync_runs where bridge_id = $1 order by id desc limit 1`,
      [bridgeId],
    )
  )[0];

async function endOfRunAfter(
  session: Session,
  { bridgeId, before, until }: { readonly bridgeId: string; readonly before: string; readonly until: number },
): Promise<RunRow | undefined> {
  const patience = Math.min(until, Date.now() + 10_000);
  while (Date.now() < until) {
    const run = await newestRun(session, bridgeId);
    const fresh = run !== undefined && Number(run.id) > Number(before);
    if (fresh && run.state !== 'running') return run;
    if (!fresh && Date.now() > patience) return undefined;
    await sleep(150);
  }
  return undefined;
}

/** Chains what the sealer has not yet chained. */
export async function sealAll(session: Session): Promise<void> {
  while ((await inTransaction(session.db, sealAudit)) > 0);
}
