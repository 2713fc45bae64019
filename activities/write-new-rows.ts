import { roundingAfterWrite } from '../domain/rounding.js';
import { inTransaction } from '../db/sql.js';
import { storeOutcomes } from '../db/stores/bridge-entries.js';
import { finishCreates, type Created } from '../db/stores/finish-creates.js';
import { type LedgerRow, type WriteStep } from '../db/stores/ledger.js';
import { markSent, renewSent } from '../db/stores/ledger-claims.js';
import { stageAnswers } from '../db/stores/stage-timesheets.js';
import { lockTicketsOf } from '../db/stores/ticket-locks.js';
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
  !row.replan &&
  row.intent.step.kind === 'create' &&
  row.intent.step.linkId === null &&
  row.intent.step.acceptedSeconds === 0 &&
  row.intent.then.length === 0;

/** Nothing goes out later than this part of its lease after its mark: the rest of the lease is for the answer. */
const RENEW_AFTER = 0.25;

/**
 * Writes a group of new rows of one person, one after the other, with the bookkeeping around them done once: all
 * are `sent` on the books before the first goes out, and what came back is kept in one transaction. A crash in between
 * leaves rows that are looked up by their markers, like any other lost answer.
 */
export async function writeNewRows(writer: LedgerWriter, group: readonly LedgerRow[]): Promise<GroupResult> {
  try {
    for (const row of group) await writer.ensureTags(row.intent.step);
  } catch (failure) {
    for (const row of group) await writer.release(row);
    return { results: [], failure };
  }
  const sending = await Sending.begin(writer, group);
  for (const row of group) await sending.send(row);
  const results = [...sending.results, ...(await keep(writer, sending.answered))];
  return { results, failure: sending.failure };
}

/** One group on its way. */
class Sending {
  readonly results: WriteResult[] = [];
  readonly answered: Answered[] = [];
  failure: unknown = null;

  private constructor(
    private readonly writer: LedgerWriter,
    private readonly group: readonly LedgerRow[],
    private ours: ReadonlySet<string>,
    private markedAt: number,
  ) {}

  static async begin(writer: LedgerWriter, group: readonly LedgerRow[]): Promise<Sending> {
    const { deps, outside } = writer;
    const markedAt = deps.now().getTime();
    const ours = await markSent(outside, group, deps.unknownWaitSeconds);
    return new Sending(writer, group, ours, markedAt);
  }

  async send(row: LedgerRow): Promise<void> {
    const { writer } = this;
    const { step } = row.intent;
    if (step.kind !== 'create' || !this.ours.has(row.id)) return;
    if (this.failure !== null) return writer.release(row);
    if (!(await this.stillOurs(row))) return;
    try {
      const record = await writer.target.createTimesheet(step.desired);
      writer.answers.answered();
      this.answered.push({ row, step, record });
    } catch (error) {
      await this.afterFailure(row, error);
    }
    writer.deps.heartbeat({ row: row.id });
  }

  /**
   * A slow target may take longer over a group than a lease lasts: then somebody else would look a row up that was not
   * sent yet, and both would write it. So leases are renewed on the way, and a row that was taken over is left alone.
   */
  private async stillOurs(row: LedgerRow): Promise<boolean> {
    const { deps, outside } = this.writer;
    const now = deps.now().getTime();
    if (now - this.markedAt < deps.unknownWaitSeconds * 1_000 * RENEW_AFTER) return true;
    const left = this.group.filter(({ id }) => this.ours.has(id));
    this.ours = await renewSent(outside, left, deps.unknownWaitSeconds);
    this.markedAt = now;
    return this.ours.has(row.id);
  }

  private async afterFailure(row: LedgerRow, error: unknown): Promise<void> {
    try {
      this.results.push(await this.writer.afterFailure(row, error));
      this.failure = this.writer.answers.outage;
    } catch (stopping) {
      this.failure = stopping;
    }
  }
}

/** In one transaction; when that fails (somebody linked one of the leads), each by itself. */
async function keep(writer: LedgerWriter, answered: readonly Answered[]): Promise<WriteResult[]> {
  if (answered.length === 0) return [];
  try {
    await keepTogether(writer, answered);
    return answered.map(({ row }) => writer.result(row, 'written'));
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
    await lockTicketsOf(
      session,
      bridgeId,
      answered.map(({ row }) => row.leadId),
    );
    const replan = await finishCreates(session, target, answered.map(createdOf));
    const changedSince = await stageAnswers(
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
    for (const { row, record } of answered)
      if (replan.has(row.id) || changedSince.has(record.externalId)) await writer.lookAgain(session, row);
  });

const createdOf = ({ row, step, record }: Answered): Created => ({
  ledgerId: row.id,
  claim: row.claim,
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
