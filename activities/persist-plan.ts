import type { ReconcileInput as BooksInput } from '../domain/reconcile-input.js';
import type { Cause } from '../domain/cause.js';
import { desiredKey } from '../domain/desired.js';
import { RESTORED } from '../domain/guards.js';
import type { EntryOutcome, Plan, Step } from '../domain/plan.js';
import { provisionKey } from '../domain/provision.js';
import { notifyChange } from '../db/notify.js';
import type { Session } from '../db/sql.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { storePlanned } from '../db/stores/bridge-entries.js';
import type { BridgeContext } from '../db/stores/bridge-rules.js';
import { storeAsk, vanishUnasked } from '../db/stores/conflicts.js';
import {
  dropUnplanned,
  planIntents,
  type AcceptStep,
  type Intent,
  type WriteStep,
} from '../db/stores/ledger.js';
import { planProvisions } from '../db/stores/provisions.js';
import { stopRestored } from '../db/stores/guard-holds.js';
import { noteLinkChange } from '../db/stores/link-changes.js';
import { noteUntold } from '../db/stores/untold-conflicts.js';
import { rebaseRows, storeAgreement, tieRow, untieMissing } from '../db/stores/links.js';
import { insertNewLinks, noteFirstAdoptions } from '../db/stores/new-links.js';
import { endOvertaken } from './carry-out.js';
import { labelsOf } from './conflict-labels.js';

export type Persisted = {
  readonly asked: number;
  readonly planned: number;
  readonly agreed: number;
  /** Cases whose facts moved or that vanished: their processes are told after the commit. */
  readonly touchedConflicts: readonly string[];
};

/** What was looked at; `held` are the ids of those entries that had something new. */
type Considered = Pick<BooksInput, 'entries'> & { readonly held: readonly string[] };

type AgreeStep = Extract<Step, { kind: 'adopt' | 'accept' }>;

const isWrite = (step: Step): step is WriteStep =>
  step.kind === 'create' || step.kind === 'update' || step.kind === 'delete';
const isAgree = (step: Step): step is AgreeStep => step.kind === 'adopt' || step.kind === 'accept';

/**
 * Keeps a plan: what is agreed becomes links, what is to be written becomes ledger rows, what is asked becomes
 * conflicts, and every entry gets its state. In shadow mode only questions and states are kept.
 */
export async function persistPlan(
  session: Session,
  context: BridgeContext,
  books: Considered,
  plan: Plan,
  cause: Cause,
): Promise<Persisted> {
  const { bridgeId, mode } = context.rules;
  const considered = books.entries.map(({ entry }) => entry.id);
  const { now, later } = splitDeferred(plan.steps);
  let planned = 0;
  if (mode === 'live') {
    await agreeAll(session, context, now, cause);
    const intents = plan.steps.filter(isWrite).map((step) => intentOf(step, later));
    await dropUnplanned(session, bridgeId, considered, intents);
    planned = await planIntents(
      session,
      { bridgeId, targetConnectorId: context.targetConnectorId },
      intents,
      cause,
    );
    await planProvisions(
      session,
      { bridgeId, targetConnectorId: context.targetConnectorId },
      plan.steps.flatMap((step) =>
        step.kind === 'provision' ? [{ ...step, desiredKey: provisionKey(step.provision) }] : [],
      ),
      cause,
    );
    await writeAudit(
      session,
      now.map((step) => auditOfAgreement(bridgeId, step, cause)),
    );
  }
  if (plan.steps.some((step) => step.kind === 'ask' && step.facts.subject === RESTORED))
    await stopRestored(session, bridgeId);
  const touched = await keepQuestions(session, context, books, plan, cause, considered);
  await noteUntold(session, touched);
  await storePlanned(session, bridgeId, books.held, [...plan.outcomes, ...leftThoughDeleted(books, plan)]);
  return {
    asked: plan.steps.filter((step) => step.kind === 'ask').length,
    planned,
    agreed: plan.outcomes.filter((outcome) => outcome.state === 'agreed').length,
    touchedConflicts: touched,
  };
}

/**
 * A plan says where entries stand that are there. One that was deleted, and whose row somebody chose to leave in the target,
 * stands there as well: the sum names what is left of it.
 */
function leftThoughDeleted({ entries }: Considered, { steps }: Plan): readonly EntryOutcome[] {
  const deleted = new Set(
    entries.filter(({ entry }) => entry.deletedAt !== null).map(({ entry }) => entry.id),
  );
  return steps.flatMap((step) =>
    step.kind === 'skip'
      ? step.entryIds
          .filter((id) => deleted.has(id))
          .map((entryId) => ({ entryId, state: 'skipped' as const, why: step.why, subjects: [] }))
      : [],
  );
}

/**
 * An agreement that a decision makes together with a write holds only once the write is done
 * (a deduction from another row: both or none).
 */
function splitDeferred(steps: readonly Step[]): {
  now: AgreeStep[];
  later: ReadonlyMap<string, AcceptStep[]>;
} {
  const writing = new Set(
    steps.filter(isWrite).flatMap((step) => (step.by.kind === 'decision' ? [step.by.decisionId] : [])),
  );
  const now: AgreeStep[] = [];
  const later = new Map<string, AcceptStep[]>();
  for (const step of steps.filter(isAgree)) {
    const decisionId = step.by.kind === 'decision' ? step.by.decisionId : null;
    if (step.kind === 'accept' && decisionId !== null && writing.has(decisionId))
      later.set(decisionId, [...(later.get(decisionId) ?? []), step]);
    else now.push(step);
  }
  return { now, later };
}

function intentOf(step: WriteStep, later: ReadonlyMap<string, AcceptStep[]>): Intent {
  const then = step.by.kind === 'decision' ? (later.get(step.by.decisionId) ?? []) : [];
  return { step, then, desiredKey: step.kind === 'delete' ? '' : desiredKey(step.desired) };
}

/** Bases that follow what moved by itself: nothing that anybody would take back. */
const NOTED: readonly string[] = ['facts_noted', 'words_noted', 'both_moved_alike'];

type AdoptStep = Extract<Step, { kind: 'adopt' }>;

/**
 * Adoptions that make the first link of their lead go together: a first run over a Kimai that was kept by hand has
 * thousands of them. Everything else goes one by one, and before them: it may let go of a row that one of them takes.
 */
async function agreeAll(
  session: Session,
  context: BridgeContext,
  steps: readonly AgreeStep[],
  cause: Cause,
): Promise<void> {
  const { bridgeId } = context.rules;
  const times = new Map<string, number>();
  for (const { leadId } of steps) times.set(leadId, (times.get(leadId) ?? 0) + 1);
  const isFirst = (step: AgreeStep): step is AdoptStep =>
    step.kind === 'adopt' &&
    step.linkId === null &&
    times.get(step.leadId) === 1 &&
    !NOTED.includes(step.why.code);
  for (const step of steps) if (!isFirst(step)) await agree(session, context, step, cause);
  const first = steps.filter(isFirst);
  if (first.length === 0) return;
  await noteFirstAdoptions(
    session,
    bridgeId,
    first.map(({ leadId, by }) => ({ leadId, by, ...cause })),
  );
  await insertNewLinks(
    session,
    { bridgeId, targetConnectorId: context.targetConnectorId },
    first.map(({ rows: records, ...step }) => ({ ...step, roundingSeconds: 0, records })),
  );
}

/** Links rows that are there, or moves both bases of a link; nothing is written to the target. */
export async function agree(
  session: Session,
  context: BridgeContext,
  step: AgreeStep,
  origin: Cause,
): Promise<void> {
  if (!NOTED.includes(step.why.code)) {
    const { bridgeId } = context.rules;
    const { leadId, kind, by } = step;
    await noteLinkChange(session, { bridgeId, leadId, kind, by, ...origin, ledgerId: null });
  }
  const linkId = await storeAgreement(session, {
    bridgeId: context.rules.bridgeId,
    targetConnectorId: context.targetConnectorId,
    leadId: step.leadId,
    sourceBase: step.sourceBase,
    members: step.members,
    acceptedSeconds: step.acceptedSeconds,
    roundingSeconds: step.kind === 'accept' ? step.roundingSeconds : null,
    closed: step.kind === 'accept' && step.closes,
  });
  // A row that a person did not choose is left where it is, and is no part of the link any more.
  await untieMissing(
    session,
    linkId,
    step.rows.map((row) => row.externalId),
  );
  if (step.kind === 'accept') {
    await rebaseRows(session, linkId, step.rows);
    return;
  }
  const link = { id: linkId, targetConnectorId: context.targetConnectorId };
  for (const [index, record] of step.rows.entries())
    await tieRow(session, link, { record, role: index === 0 ? 'main' : 'correction', sequence: index + 1 });
}

async function keepQuestions(
  session: Session,
  context: BridgeContext,
  books: Pick<BooksInput, 'entries'>,
  plan: Plan,
  cause: Cause,
  considered: readonly string[],
): Promise<string[]> {
  const { bridgeId } = context.rules;
  const entries = new Map(books.entries.map((booked) => [booked.entry.id, booked]));
  const asked = new Map<string, readonly string[]>();
  const told: string[] = [];
  const touched: string[] = [];
  for (const step of plan.steps) {
    if (step.kind !== 'ask') continue;
    asked.set(step.facts.subject, step.facts.entryIds);
    const stored = await storeAsk(session, bridgeId, cause.runId, {
      facts: step.facts,
      labels: labelsOf(step, entries),
    });
    if (stored.changed) told.push(stored.id);
    if (stored.changed && !stored.opened) touched.push(stored.id);
  }
  const unasked = await vanishUnasked(session, bridgeId, considered, asked);
  await endOvertaken(session, unasked);
  touched.push(...unasked);
  if (told.length + touched.length > 0)
    await notifyChange(session, 'conflicts', [...new Set([...told, ...touched])]);
  return touched;
}

const auditOfAgreement = (bridgeId: string, step: AgreeStep, cause: Cause): AuditRecord => ({
  bridgeId,
  runId: cause.runId,
  actor:
    step.by.kind === 'rule'
      ? { kind: 'rule', id: `${step.by.ruleId}/${step.by.revision}` }
      : step.by.kind === 'decision'
        ? { kind: 'person', id: step.by.decisionId }
        : { kind: 'policy', id: null },
  action: step.kind === 'adopt' ? 'entry.linked' : 'entry.accepted',
  subject: { kind: 'entry', id: step.leadId },
  version: null,
  details: {
    why: step.why,
    rows: step.rows.map((row) => row.externalId),
    acceptedSeconds: step.acceptedSeconds,
  },
});
