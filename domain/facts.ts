import { compareIds } from './booking-order.js';
import { canonicalText, type Canonical } from './canonical.js';
import { choose } from './choose.js';
import {
  CHOICES_BY_KIND,
  type Choice,
  type ChoicePreview,
  type ConflictFacts,
  type DecisionParameters,
  type Side,
} from './conflict.js';
import { standingRows } from './lead-case.js';
import type { LinkMember } from './link.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import { entryIdsOfQuestion, type Question } from './question.js';
import { reason } from './reason.js';
import type { Values } from './three-way.js';
import { MATTERING_FIELDS, type Timesheet } from './timesheet.js';

/** Everything a person is shown about a question, with what each choice would do. */
export function factsOf(planning: Planning, question: Question): ConflictFacts {
  const { about, merge } = question;
  const row = standingRows(about)[0]?.now ?? null;
  const agreed = about.link ? about.rows[0]?.linked.targetBase : undefined;
  const source = sourceSide(question);
  return {
    kind: question.kind,
    subject: question.subject,
    version: versionOf(planning, question),
    why: question.why,
    entryIds: entryIdsOfQuestion(question),
    base: merge && agreed ? valuesSide(merge.base, agreed) : null,
    source,
    target: row ? valuesSide(merge?.now ?? row, row) : null,
    targetRowId: row?.externalId ?? null,
    candidates: question.candidates,
    differing: merge?.differing ?? [],
    secondsAtStake: question.secondsAtStake,
    gap: null,
    choices: offered(question).flatMap((choice) => previewsOf(planning, question, choice)),
  };
}

/** What is exported and has no difference in time can only be left as it was billed. */
const offered = ({ kind, secondsAtStake }: Question): readonly Choice[] =>
  kind === 'locked' && secondsAtStake === 0 ? ['leave'] : CHOICES_BY_KIND[kind];

function sourceSide({ about, merge, booking }: Question): Side {
  const { entry, frozen } = about.lead;
  return {
    seconds: about.stands ? about.seconds : null,
    day: frozen.entryDate,
    begin: frozen.bookedAt,
    userId: merge?.wanted.userId ?? booking?.userId ?? null,
    projectId: merge?.wanted.projectId ?? booking?.projectId ?? null,
    activityId: merge?.wanted.activityId ?? booking?.activityId ?? null,
    description: entry.ticketTitle,
  };
}

const valuesSide = (values: Values, row: Timesheet): Side => ({
  seconds: values.seconds,
  day: values.day,
  begin: row.begin,
  userId: values.userId,
  projectId: values.projectId,
  activityId: values.activityId,
  description: row.description,
});

/** One preview per choice, or one per thing that can be chosen with it. */
function previewsOf(planning: Planning, question: Question, choice: Choice): readonly ChoicePreview[] {
  const targets = targetsOf(question, choice);
  if (targets.length === 0) return [preview(planning, question, choice, {})];
  return targets.map((targetId) => preview(planning, question, choice, { targetId }));
}

function targetsOf(question: Question, choice: Choice): readonly string[] {
  switch (choice) {
    case 'link':
    case 'link_one':
    case 'keep_one':
    case 'it_is_there':
      return question.candidates.map((candidate) => candidate.timesheet.externalId);
    case 'deduct':
      return question.deductible.map(({ row }) => row.externalId);
    case 'apply_to':
      return (question.leftOver?.leads ?? []).map((lead) => lead.lead.entry.id);
    default:
      return [];
  }
}

function preview(
  planning: Planning,
  question: Question,
  choice: Choice,
  parameters: DecisionParameters,
): ChoicePreview {
  const chosen = choose({
    planning,
    question,
    choice,
    // A preview of *per field* shows all of them taken from Zammad; the person then narrows it.
    parameters: choice === 'per_field' ? { ...parameters, fields: allFromSource(question) } : parameters,
    cause: { by: { kind: 'policy' }, why: question.why },
  });
  const targetId = parameters.targetId ?? null;
  if (!chosen.ok) {
    return {
      choice,
      targetId,
      effect: reason('will_change_nothing'),
      desired: null,
      blocked: chosen.blocked,
    };
  }
  return { choice, targetId, effect: chosen.effect, desired: desiredOf(chosen.steps), blocked: null };
}

const allFromSource = ({ merge }: Question): Readonly<Record<string, 'source'>> =>
  Object.fromEntries((merge?.differing ?? []).map((field) => [field, 'source' as const]));

function desiredOf(steps: readonly Step[]): ChoicePreview['desired'] {
  for (const step of steps) if (step.kind === 'create' || step.kind === 'update') return step.desired;
  return null;
}

/**
 * Hash of the facts shown that matter: never of names, titles or words, so that rewording asks nobody twice.
 * A mapping that changes meanwhile is no new fact about the entry either.
 */
export function versionOf(planning: Planning, question: Question): string {
  const { input } = planning;
  const { refusal, together } = question;
  if (together.length > 0) {
    const alone = { ...question, together: [] };
    return input.hash(canonicalText([alone, ...together].map((one) => versionOf(planning, one))));
  }
  return input.hash(
    canonicalText({
      kind: question.kind,
      subject: question.subject,
      source: sourceFacts(question),
      ...targetFacts(question),
      leftOver: question.leftOver?.seconds ?? null,
      ...(question.why.code === 'reapplied' ? { booking: question.booking } : {}),
      refusal: refusal ? { code: refusal.code, sent: refusal.sent, at: refusal.at } : null,
    }),
  );
}

/**
 * Several rows for one entry are the same rows whichever of them is linked. For a missing entry rows that are merely
 * near are an offer, no fact: they come and go without asking anew.
 */
function targetFacts({ kind, about, candidates }: Question) {
  const rows = candidates.map(({ timesheet }) => timesheet);
  if (kind === 'duplicate') return { candidates: [...rows].sort(byExternalId).map(rowFacts) };
  return {
    rows: about.rows.map((row) => rowFacts(row.now)),
    agreed: about.link ? about.link.rows.map((row) => rowFacts(row.targetBase)) : null,
    candidates: kind === 'missing' ? [] : rows.map(rowFacts),
  };
}

const byExternalId = (a: Timesheet, b: Timesheet): number => compareIds(a.externalId, b.externalId);

function sourceFacts({ about }: Question): Canonical {
  const { entry, frozen } = about.lead;
  return {
    stands: about.stands,
    seconds: about.seconds,
    members: [...about.members].sort(byEntry).map((member) => [member.entryId, member.signedSeconds]),
    activityTypeId: entry.activityTypeId,
    ticketId: entry.ticketId,
    organizationId: entry.organizationId,
    ...(entry.organizationId === null ? { ticketCustomerId: entry.ticketCustomerId } : {}),
    userId: frozen.userId,
    day: frozen.entryDate,
  };
}

const byEntry = (a: LinkMember, b: LinkMember): number => compareIds(a.entryId, b.entryId);

const rowFacts = (row: Timesheet): Canonical => ({
  id: row.externalId,
  exported: row.exported,
  deleted: row.deletedAt !== null,
  ...Object.fromEntries(MATTERING_FIELDS.map((field) => [field, row[field]])),
});
