import type { TimeTarget } from '../connectors/port.js';
import { SyncError } from '../domain/errors.js';
import type { Timesheet } from '../domain/timesheet.js';
import { inTransaction, type Session } from '../db/sql.js';
import { markEntriesDirty, storeOutcomes } from '../db/stores/bridge-entries.js';
import type { BridgeContext } from '../db/stores/bridge-rules.js';
import { type LedgerRow, type WriteStep } from '../db/stores/ledger.js';
import {
  ClaimLost,
  endIntent,
  markSent,
  noteLookup,
  noteUnknown,
  releaseIntent,
} from '../db/stores/ledger-claims.js';
import { noteLinkChange } from '../db/stores/link-changes.js';
import { markTimesheetDeleted, stageAnswers } from '../db/stores/stage-timesheets.js';
import { lockTicketsOf } from '../db/stores/ticket-locks.js';
import type { ActivityDeps } from './deps.js';
import { buryRow, storeRows } from './fetch-target.js';
import { agreeWrite } from './agree-write.js';
import { settleUndoneLead } from './settle-undo.js';
import { agree } from './persist-plan.js';
import { TargetAnswers } from './target-answers.js';
import { asSent, rowStillAsPlanned, rowIsAsDesired } from './fresh-row.js';

export type WriteResult = {
  readonly ledgerId: string;
  /** `unknown`: sent without an answer, or taken over by somebody else. */
  readonly outcome: 'written' | 'refused' | 'dropped' | 'unknown';
};

const LOOKUPS_BEFORE_WRITING_AGAIN = 2;
/** A row that was sent this often, never answered and never stored: the target fails at this very row. */
const MOST_SENDS = 5;

/** Why a row ended unwritten, in the target's words. */
type Refused = { readonly code: string; readonly quoted: readonly string[]; readonly status: number | null };

/** Whom a row's write concerns: its lead, its members, and the leads that are agreed together with it. */
const entriesOf = ({ leadId, intent: { step, then } }: LedgerRow): readonly string[] => [
  ...new Set([leadId, ...step.members.map((m) => m.entryId), ...then.map((s) => s.leadId)]),
];

/** Sent without a marker and never answered: nothing can be searched, only people can look. */
const UNKNOWN_OUTCOME: Refused = { code: 'unknown_outcome', quoted: [], status: null };
const NEVER_ANSWERED: Refused = { code: 'never_answered', quoted: [], status: null };

/**
 * What the target answered: the row as it is now, or null when it is gone. `agreed`: the row as it was sent, when it was
 * found later instead of answered; what differs by then somebody changed, and is no rounding.
 */
type Answer = { readonly record: Timesheet | null; readonly agreed?: Timesheet };

/**
 * Carries out one ledger row: at most once as far as anybody can tell. A row that was sent and never answered is
 * looked up, twice, before it is sent again (books.md, "Writing").
 */
export class LedgerWriter {
  readonly #tagsReady = new Set<string>();
  readonly answers: TargetAnswers;

  constructor(
    readonly deps: ActivityDeps,
    readonly context: BridgeContext,
    readonly target: TimeTarget,
  ) {
    this.answers = new TargetAnswers(context.targetConnectorId);
  }

  /** Rejects with a SyncError whose reaction is not about this one row; the row is then untouched or `sent`. */
  async write(row: LedgerRow): Promise<WriteResult> {
    const { step } = row.intent;
    if (row.state === 'sent' && step.kind === 'create') {
      const found = await this.lookUp(row, step);
      if (found === 'wait') return this.result(row, 'unknown');
      if (found === 'unknown') return this.askWhatBecameOf(row, step);
      if (found !== 'absent')
        return this.finish(row, { record: found, agreed: asSent(found, step.desired) }, null);
    }
    if (row.state === 'sent' && row.attempts >= MOST_SENDS) return this.park(row, NEVER_ANSWERED);
    if (this.isClosed(row))
      return this.drop(row, { code: 'closed_until', day: this.context.rules.closedUntil ?? '' });
    if (step.kind === 'create') return this.send(row, () => this.create(step), null);
    return this.change(row, step);
  }

  /** Our own lock: days up to `closed_until` are not written, whatever the target would allow. */
  isClosed({ intent: { step } }: LedgerRow): boolean {
    const { closedUntil } = this.context.rules;
    if (closedUntil === null) return false;
    return dayOf(step) <= closedUntil || (step.kind !== 'create' && step.row.day <= closedUntil);
  }

  async lookUp(
    row: LedgerRow,
    step: Extract<WriteStep, { kind: 'create' }>,
  ): Promise<Timesheet | 'absent' | 'wait' | 'unknown'> {
    if (row.marker === null) return 'unknown';
    const { userId, day } = step.desired;
    const [found] = await this.target.findByMarker(row.marker, { userId, day });
    if (found !== undefined) return found;
    if (row.lookups + 1 >= LOOKUPS_BEFORE_WRITING_AGAIN) return 'absent';
    await noteLookup(this.outside, row, this.deps.lookupPauseSeconds);
    return 'wait';
  }

  /** A change or a deletion begins with a fresh read: bulk exports do not move Kimai's modification time. */
  async change(row: LedgerRow, step: Exclude<WriteStep, { kind: 'create' }>): Promise<WriteResult> {
    const now = await this.target.readTimesheet(step.row.externalId);
    if (now === null) {
      if (step.kind === 'delete') return this.finish(row, { record: null }, step.row);
      await buryRow(this.deps, row.targetConnectorId, step.row.externalId);
      return this.drop(row, { code: 'row_gone' });
    }
    if (row.state === 'sent' && step.kind === 'update' && rowIsAsDesired(now, step.desired))
      return this.finish(row, { record: now }, step.row);
    if (!rowStillAsPlanned(now, step.row)) {
      await storeRows(this.deps, row.targetConnectorId, [now]);
      return this.drop(row, { code: now.exported ? 'row_exported' : 'row_changed' });
    }
    if (step.kind === 'update')
      return this.send(
        row,
        async () => ({ record: await this.target.updateTimesheet(now.externalId, step.changes) }),
        now,
      );
    return this.send(
      row,
      async () => {
        await this.target.deleteTimesheet(now.externalId);
        return { record: null };
      },
      now,
    );
  }

  async create(step: Extract<WriteStep, { kind: 'create' }>): Promise<Answer> {
    return { record: await this.target.createTimesheet(step.desired) };
  }

  /**
   * `sent` is on the books before the request goes out; what comes back decides. What a newer plan does not want, or wants
   * otherwise, does not go out (again).
   */
  async send(row: LedgerRow, request: () => Promise<Answer>, before: Timesheet | null): Promise<WriteResult> {
    if (row.replan && row.undoId === null) return this.drop(row, { code: 'planned_anew' });
    await this.ensureTags(row.intent.step);
    if (!(await this.markSent([row])).has(row.id)) return this.result(row, 'unknown');
    let answer: Answer;
    try {
      answer = await request();
      this.answers.answered();
    } catch (error) {
      return this.afterFailure(row, error);
    }
    return this.finish(row, answer, before);
  }

  async afterFailure(row: LedgerRow, error: unknown): Promise<WriteResult> {
    if (!(error instanceof SyncError) || error.code === 'outcome_unknown') {
      await noteUnknown(this.outside, row);
      this.answers.lost(error);
      return this.result(row, 'unknown');
    }
    if (error.reaction !== 'park_record') {
      await releaseIntent(this.outside, row);
      throw error;
    }
    this.answers.answered(error);
    const answer = {
      code: error.info.refusal ?? 'refused',
      quoted: error.info.quoted ?? [],
      status: error.info.status ?? null,
    };
    return this.park(row, answer);
  }

  /** Reads the person's day, so that the row is among the candidates if it was written after all. */
  async askWhatBecameOf(
    row: LedgerRow,
    { desired }: Extract<WriteStep, { kind: 'create' }>,
  ): Promise<WriteResult> {
    const { userId, day } = desired;
    const around = await this.target.listTimesheets({ userId, fromDay: day, toDay: day }, null);
    await storeRows(this.deps, row.targetConnectorId, around.items);
    return this.park(row, UNKNOWN_OUTCOME);
  }

  /** The row ends without a write that we know of, and a person is asked. */
  async park(row: LedgerRow, answer: Refused): Promise<WriteResult> {
    return this.end(row, 'refused', async (session) => {
      await endIntent(session, row, { state: 'refused', answer, before: null, externalId: null });
      await this.afterEnd(session, row);
    });
  }

  /** Ledger, link, row and states move together; from here on the books agree. */
  async finish(row: LedgerRow, answer: Answer, before: Timesheet | null): Promise<WriteResult> {
    const { step, then } = row.intent;
    return this.end(row, 'written', async (session) => {
      const { replan } = await endIntent(session, row, {
        state: 'done',
        answer: answer.record,
        before,
        externalId: answer.record?.externalId ?? null,
      });
      const answered = answer.record === null ? [] : [answer.record];
      const changedSince = (await stageAnswers(session, row.targetConnectorId, answered)).size > 0;
      if (changedSince) await this.lookAgain(session, row);
      if (step.kind === 'delete' && answer.record === null)
        await markTimesheetDeleted(
          session,
          row.targetConnectorId,
          step.row.externalId,
          this.deps.now().toISOString(),
        );
      if (row.undoId !== null) return settleUndoneLead(session, row.undoId, row.leadId);
      const { leadId, runId, decisionId, id: ledgerId } = row;
      const change = { bridgeId: row.bridgeId, leadId, kind: 'write', by: step.by } as const;
      await noteLinkChange(session, { ...change, ledgerId, runId, decisionId });
      await agreeWrite(session, this.context, step, answer.agreed ?? answer.record);
      for (const accepted of then) await agree(session, this.context, accepted, { runId, decisionId });
      const settled = [...new Set([step, ...then].flatMap((s) => s.members.map((m) => m.entryId)))];
      await storeOutcomes(
        session,
        row.bridgeId,
        settled.map((entryId) => ({ entryId, state: 'agreed', why: step.why, subjects: [] })),
      );
      if (replan || settled.length === 0 || answer.agreed !== undefined) await this.lookAgain(session, row);
    });
  }

  /** All that ends a row in one transaction. When somebody else took it over, nothing of it: they say how it ends. */
  async end(
    row: LedgerRow,
    outcome: WriteResult['outcome'],
    work: (session: Session) => Promise<void>,
  ): Promise<WriteResult> {
    try {
      await inTransaction(this.deps.db, async (session) => {
        await lockTicketsOf(session, row.bridgeId, entriesOf(row));
        await work(session);
      });
    } catch (error) {
      if (error instanceof ClaimLost) return this.result(row, 'unknown');
      throw error;
    }
    return this.result(row, outcome);
  }

  async drop(row: LedgerRow, why: Readonly<Record<string, string>>): Promise<WriteResult> {
    return this.end(row, 'dropped', async (session) => {
      await endIntent(session, row, { state: 'dropped', answer: why, before: null, externalId: null });
      await this.afterEnd(session, row);
    });
  }

  /** Back to the plan: nothing of it went out. */
  async release(row: LedgerRow): Promise<void> {
    await releaseIntent(this.outside, row);
  }

  /** Nothing was written: the entry is planned again, or the undoing of its lead knows what is left. */
  async afterEnd(session: Session, row: LedgerRow): Promise<void> {
    if (row.undoId === null) await this.lookAgain(session, row);
    else await settleUndoneLead(session, row.undoId, row.leadId);
  }

  async lookAgain(session: Session, row: LedgerRow): Promise<void> {
    await markEntriesDirty(session, row.bridgeId, entriesOf(row));
  }

  async ensureTags(step: WriteStep): Promise<void> {
    if (step.kind === 'delete') return;
    for (const tag of step.desired.tags) {
      if (this.#tagsReady.has(tag)) continue;
      await this.target.ensureTag(tag);
      this.#tagsReady.add(tag);
    }
  }

  result(row: LedgerRow, outcome: WriteResult['outcome']): WriteResult {
    return { ledgerId: row.id, outcome };
  }

  /** Those of the rows that are still ours; from now on an answer may take `unknownWaitSeconds`. */
  markSent(group: readonly LedgerRow[]): Promise<ReadonlySet<string>> {
    return markSent(this.outside, group, this.deps.unknownWaitSeconds);
  }

  get outside(): Session {
    return { db: this.deps.db, tx: null };
  }
}

const dayOf = (step: WriteStep): string => (step.kind === 'delete' ? step.row.day : step.desired.day);
