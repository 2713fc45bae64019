import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { takeUnaudited, type EndedWrite } from '../db/stores/ledger-audit.js';
import { countInRun } from '../db/stores/runs.js';
import type { ApplyInput } from './contract.js';
import type { ActivityDeps } from './deps.js';
import type { WasClaimed } from './write-claimed.js';

/** On whose behalf rows ended, and in which run. */
type Account = { readonly actor: AuditRecord['actor']; readonly runId: string | null };

/**
 * One audit record for what a page wrote, with the ledger rows it covers; counters of the run. Writes whose worker
 * died before it could record them are found here too, and recorded by what their rows say.
 */
export const recordWrites = (
  deps: ActivityDeps,
  input: ApplyInput,
  page: readonly WasClaimed[],
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    const ended = await takeUnaudited(session, input.bridgeId);
    const mine = new Set(page.map(({ id }) => id));
    const accounts = new Map<string, { readonly account: Account; readonly writes: EndedWrite[] }>();
    for (const write of ended) {
      const account = mine.has(write.ledgerId) ? accountOfPage(input) : accountOfRow(write);
      const key = JSON.stringify(account);
      const known = accounts.get(key) ?? { account, writes: [] };
      known.writes.push(write);
      accounts.set(key, known);
    }
    for (const { account, writes } of accounts.values())
      await record(session, input.bridgeId, account, writes);
  });

/** What a person asked for stands under the id of the decision, bulk or undo; who that was is recorded there. */
function accountOfPage({ scope, cause: { runId, decisionId } }: ApplyInput): Account {
  if (scope.kind === 'bulk') return { actor: { kind: 'person', id: scope.bulkId }, runId };
  if (scope.kind === 'undo') return { actor: { kind: 'person', id: scope.undoId }, runId };
  return { actor: actorOf(decisionId), runId };
}

const accountOfRow = ({ runId, decisionId, undoId }: EndedWrite): Account => ({
  actor: actorOf(undoId ?? decisionId),
  runId,
});

const actorOf = (id: string | null): AuditRecord['actor'] =>
  id === null ? { kind: 'policy', id } : { kind: 'person', id };

async function record(
  session: Session,
  bridgeId: string,
  { actor, runId }: Account,
  writes: readonly EndedWrite[],
): Promise<void> {
  const count = (state: EndedWrite['state']): number =>
    writes.filter((write) => write.state === state && write.operation !== 'provision').length;
  await writeAudit(session, [
    {
      bridgeId,
      runId,
      actor,
      action: 'page.written',
      subject: { kind: 'bridge', id: bridgeId },
      version: null,
      details: {
        rows: writes.map(({ ledgerId, state, digest }) => ({ ledgerId, outcome: OUTCOMES[state], digest })),
      },
    },
  ]);
  // A run counts time entries here; who was made for them is counted where that is told.
  await countInRun(session, runId, {
    written: count('done'),
    refused: count('refused'),
    dropped: count('dropped'),
  });
  await notifyChange(session, 'runs', runId === null ? [] : [runId]);
}

const OUTCOMES = { done: 'written', refused: 'refused', dropped: 'dropped' } as const;
