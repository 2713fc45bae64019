import { roundingAfterWrite } from '../domain/rounding.js';
import { inTransaction } from '../db/sql.js';
import { storeOutcomes } from '../db/stores/bridge-entries.js';
import { finishCreates, markAllSent, type Created } from '../db/stores/finish-creates.js';
import type { LedgerRow, WriteStep } from '../db/stores/ledger.js';
import { stageTimesheets } from '../db/stores/stage-timesheets.js';
import type { Timesheet } from '../domain/timesheet.js';
import type { LedgerWriter, WriteResult } from './ledger-writer.js';

type CreateStep = Extract<WriteStep, { kind: 'create' }>;
type Answered = { readonly row: LedgerRow; readonly step: CreateStep; readonly record: Timesheet };

/** What a group of writes came to; `failure` stopped it, and the rows after it were not sent. */
export type GroupResult = { readonly results: readonly WriteResult[]; readonly failure: unknown };

/** The plain case of a first sync: a new row for a lead that has no link, never sent before. */
export const isPlainCreate = (row: LedgerRow): boolean =>
  row.state === 'claimed' &&
  row.undoId === null &&
  row.intent.step.kind === 'create' &&
  row.intent.step.linkId === null &&
  row.intent.then.length === 0;

/**
 * Writes a group of new rows of one person, one after the other, with the bookkeeping around them done once: all
 * are `sent` on the books before the first goes out, and what came back is kept in one transaction. A crash in between
 * leaves rows that are looked up by their markers, like any other lost answer.
 */
export async function writeNewRows(writer: LedgerWriter, group: readonly LedgerRow[]): Promise<GroupResult> {
  const { deps } = writer;
  const results: WriteResult[] = [];
  const answered: Answered[] = [];
  let failure: unknown = null;
  for (const row of group) await writer.ensureTags(row.intent.step);
  const sent = await markAllSent(
    writer.outside,
    group.map(({ id }) => id),
    deps.unknownWaitSeconds,
  );
  for (const row of group) {
    const { step } = row.intent;
    if (step.kind !== 'create' || !sent.has(row.id)) continue;
    if (failure !== null) {
      await writer.release(row);
      continue;
    }
    try {
      answered.push({ row, step, record: await writer.target.createTimesheet(step.desired) });
    } catch (error) {
      try {
        results.push(await writer.afterFailure(row, error));
      } catch (stopping) {
        failure = stopping;
      }
    }
    deps.heartbeat({ row: row.id });
  }
  results.push(...(await keep(writer, answered)));
  return { results, failure };
}

/** In one transaction; when that fails (somebody linked one of the leads), each by itself. */
async function keep(writer: LedgerWriter, answered: readonly Answered[]): Promise<WriteResult[]> {
  if (answered.length === 0) return [];
  try {
    await keepTogether(writer, answered);
    return answered.map(({ row, record }) => writer.result(row, 'written', record));
  } catch {
    const results: WriteResult[] = [];
    for (const { row, record } of answered) results.push(await writer.finish(row, { record }, null));
    return results;
  }
}

const keepTogether = (writer: LedgerWriter, answered: readonly Answered[]): Promise<void> =>
  inTransaction(writer.deps.db, async (session) => {
    const { context } = writer;
    const { bridgeId } = context.rules;
    const target = { bridgeId, targetConnectorId: context.targetConnectorId };
    const replan = await finishCreates(session, target, answered.map(createdOf));
    await stageTimesheets(
      session,
      context.targetConnectorId,
      answered.map(({ record }) => record),
    );
    await storeOutcomes(
      session,
      bridgeId,
      answered.flatMap(({ step }) =>
        step.members.map(({ entryId }) => ({
          entryId,
          state: 'agreed' as const,
          why: step.why,
          subjects: [],
        })),
      ),
    );
    for (const { row } of answered) if (replan.has(row.id)) await writer.lookAgain(session, row);
  });

const createdOf = ({ row, step, record }: Answered): Created => ({
  ledgerId: row.id,
  leadId: step.leadId,
  sourceBase: step.sourceBase,
  members: step.members,
  record,
  roundingSeconds: roundingAfterWrite({
    sent: step.desired.seconds,
    returned: record.seconds,
    otherRows: 0,
    members: step.members.reduce((sum, member) => sum + member.signedSeconds, 0),
    accepted: 0,
    before: 0,
  }),
});
