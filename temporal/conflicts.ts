import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { REMINDED_AFTER_MS } from '../domain/conflict.js';
import type { AskAgent, Asked, Decided, DecideInput } from '../workflows/messages.js';
import type { conflictApproval } from '../workflows/conflict-approval.js';
import {
  ask,
  assign,
  decide,
  factsChanged,
  SEARCH_ATTRIBUTES,
  snooze,
  withdraw,
  workflowIds,
  type ConflictApprovalArgs,
} from '../workflows/messages.js';
import { conflictAttributes } from '../workflows/search-attributes.js';
import { bounded, CALL_MS, orNull } from './bounded.js';
import type { Temporal } from './connect.js';
import { TemporalCallError } from './errors.js';

/** What a conflict's process has to be started with; all of it stands in the conflict's row. */
export type ConflictRef = {
  readonly conflictId: string;
  readonly bridgeId: string;
  readonly ticketId: string | null;
  readonly kind: string;
  readonly ticketNumber?: string | null;
  /** See `ConflictApprovalArgs`. */
  readonly isNew?: boolean;
};

/** Of five. A run may start thousands of cases at once; what people wait for must not queue behind their first steps. */
const BEHIND_ALL_ELSE = 5;
const WAITS = { remindEveryMs: REMINDED_AFTER_MS, retryFirstMs: 30_000, retryMostMs: 300_000 } as const;

function startOptions(temporal: Temporal, conflict: ConflictRef) {
  const { conflictId, bridgeId, ticketId, kind, ticketNumber, isNew = false } = conflict;
  const about = ticketNumber ? `, ticket **#${ticketNumber}**` : '';
  const known = isNew ? ({ isNew } as const) : {};
  const rank = isNew ? ({ priority: { priorityKey: BEHIND_ALL_ELSE } } as const) : {};
  const args: [ConflictApprovalArgs] = [{ conflictId, bridgeId, ...WAITS, ...known }];
  return {
    taskQueue: temporal.taskQueue,
    workflowId: workflowIds.conflict(conflictId),
    workflowIdConflictPolicy: 'USE_EXISTING',
    // A process that was ended by hand is started anew; one whose case is closed finds that out and ends.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args,
    ...rank,
    typedSearchAttributes: conflictAttributes(bridgeId, ticketId, kind),
    staticSummary: `Question **${conflictId}**: ${kind}${about}`,
    staticDetails: `Bridge ${bridgeId}. A person decides in the inbox; nothing is written before.`,
  } as const;
}

/** Starts the process of an open conflict unless it is there. */
export async function startConflict(temporal: Temporal, conflict: ConflictRef): Promise<void> {
  const options = startOptions(temporal, conflict);
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof conflictApproval>('conflictApproval', options),
  );
}

/**
 * Decides a conflict. The decision's id is the id of the update: when the answer was late, asking again returns the
 * first answer instead of deciding twice.
 * @throws TemporalCallError `rejected` with a type of `DECISION_FAILURES`; `unavailable` when there was no answer
 * within `timeoutMs` (the decision may still be taken: repeat it with the same id).
 */
export async function decideConflict(
  temporal: Temporal,
  conflict: ConflictRef,
  input: DecideInput,
  timeoutMs = 8_000,
): Promise<Decided> {
  const firstMs = Math.ceil(timeoutMs / 2);
  const leftMs = timeoutMs - firstMs;
  try {
    return await update(temporal, conflict, decide, input, { updateId: input.decisionId, ms: firstMs });
  } catch (error) {
    if (!(error instanceof TemporalCallError) || error.kind !== 'unavailable') throw error;
    // Without an answer: the same id finds what became of it. With the answer "not stored in time" Temporal would
    // repeat just that for the same id; the process itself knows decisions by their own id.
    const answered = error.type !== null;
    const updateId = answered ? `${input.decisionId}-${randomUUID()}` : input.decisionId;
    return update(temporal, conflict, decide, input, { updateId, ms: leftMs });
  }
}

type UpdateCall = { readonly updateId: string; readonly ms: number };

/** An update of the conflict's process, which is started when it is not there. */
function update<Answer, Input>(
  temporal: Temporal,
  conflict: ConflictRef,
  definition: UpdateDefinition<Answer, [Input]>,
  input: Input,
  { updateId, ms }: UpdateCall,
): Promise<Answer> {
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof conflictApproval>(
    'conflictApproval',
    startOptions(temporal, conflict),
  );
  return bounded(temporal, ms, () =>
    temporal.client.workflow.executeUpdateWithStart(definition, {
      args: [input],
      updateId,
      startWorkflowOperation,
    }),
  );
}

/**
 * Takes a decision back while its grace time lasts.
 * @throws TemporalCallError `rejected` (`NotOpen`) or `not_found` when it is too late.
 */
export async function withdrawDecision(
  temporal: Temporal,
  input: { readonly conflictId: string; readonly decisionId: string; readonly actorId: string },
  timeoutMs = 5_000,
): Promise<void> {
  const { conflictId, decisionId, actorId } = input;
  await bounded(temporal, timeoutMs, () =>
    temporal.client.workflow.getHandle(workflowIds.conflict(conflictId)).executeUpdate(withdraw, {
      args: [{ decisionId, actorId }],
      updateId: `withdraw-${decisionId}`,
    }),
  );
}

/** Makes the process read its row again. One that is not there has nothing to read; the keeper starts what is missing. */
export async function signalFactsChanged(temporal: Temporal, conflictId: string): Promise<void> {
  const handle = temporal.client.workflow.getHandle(workflowIds.conflict(conflictId));
  await orNull(bounded(temporal, CALL_MS, () => handle.signal(factsChanged)));
}

export type Snooze = {
  readonly until: string | null;
  readonly untilChange: boolean;
  readonly actorId: string;
};

/** Hides a conflict until an instant or until its facts change; both left out: shows it again. */
export async function snoozeConflict(
  temporal: Temporal,
  conflict: ConflictRef,
  input: Snooze,
): Promise<void> {
  const options = startOptions(temporal, conflict);
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.signalWithStart<typeof conflictApproval, [Snooze]>('conflictApproval', {
      ...options,
      signal: snooze,
      signalArgs: [input],
    }),
  );
}

/** A note takes two calls to read and one to write; what takes longer is told in the history of the case. */
const ASK_MS = 20_000;

/**
 * Asks the agent of a conflict in the ticket. Each request is an update of its own: the process knows questions by their id,
 * and one that failed can be put again.
 * @throws TemporalCallError `rejected` with `NOTE_REFUSED` (details say why) or a type of `DECISION_FAILURES`;
 * `unavailable`, with the type null while it is still being tried.
 */
export const askAgent = (temporal: Temporal, conflict: ConflictRef, input: AskAgent): Promise<Asked> =>
  update(temporal, conflict, ask, input, { updateId: `ask-${input.askId}-${randomUUID()}`, ms: ASK_MS });

export type Assignment = { readonly assigneeId: string | null; readonly actorId: string };

export async function assignConflict(
  temporal: Temporal,
  conflict: ConflictRef,
  input: Assignment,
): Promise<void> {
  const options = startOptions(temporal, conflict);
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.signalWithStart<typeof conflictApproval, [Assignment]>('conflictApproval', {
      ...options,
      signal: assign,
      signalArgs: [input],
    }),
  );
}

/** More ids than this make a query that is longer than it is worth. */
const MOST_NAMED = 200;

/** How many processes of these bridges' conflicts run; compared with the number of their open rows. */
export async function countConflictProcesses(
  temporal: Temporal,
  bridgeIds: readonly string[],
): Promise<number> {
  if (bridgeIds.length === 0) return 0;
  const all = `WorkflowType = 'conflictApproval' AND ExecutionStatus = 'Running'`;
  const named = `${SEARCH_ATTRIBUTES.bridge} IN (${bridgeIds.map((id) => `'${id}'`).join(', ')})`;
  const query = bridgeIds.length > MOST_NAMED ? all : `${all} AND ${named}`;
  const { count } = await bounded(temporal, CALL_MS, () => temporal.client.workflow.count(query));
  return count;
}
