import { monthOf } from './entry-date.js';
import { customerKey } from './gaps.js';
import { subjectOfLead } from './lead-case.js';
import type { Plan, Step, StepKind } from './plan.js';
import { predictedSeconds } from './predicted-seconds.js';
import {
  gapsByName,
  inOrder,
  plus,
  provisionLine,
  questionsByCause,
  type AskedSoFar,
  type Provisioned,
} from './preview-lines.js';
import type { PreviewLine, PreviewOpenCases, PreviewSample, PreviewSummary } from './preview-shape.js';
import type { BookedEntry } from './reconcile-input.js';
import type { CatalogueItem } from './staged.js';
import type { TargetRounding } from './target-rounding.js';
import type { Day, Seconds } from './time-entry.js';

const MOST_SAMPLES = 200;
/** So that a thousand equal steps do not hide the rare ones. */
const SAMPLES_ALIKE = 20;

type ProvisionStep = Extract<Step, { kind: 'provision' }>;
type Ask = Extract<Step, { kind: 'ask' }>;

/** Sums up the plans of all batches of one preview; pure, batch by batch, keeping nothing of the entries. */
export class PreviewTally {
  readonly #steps = new Map<StepKind, { count: number; seconds: Seconds }>();
  readonly #lines = new Map<string, PreviewLine>();
  readonly #questions = new Map<string, AskedSoFar>();
  readonly #samples: PreviewSample[] = [];
  readonly #alike = new Map<string, number>();
  readonly #provisions = new Map<string, Provisioned>();
  readonly #behindGaps = new Set<string>();
  readonly #settled = new Map<string, PreviewOpenCases>();
  readonly #seen = new Set<string>();
  #reapplied = { count: 0, seconds: 0 };
  #beforeStart = { count: 0, seconds: 0 };
  #entries = { count: 0, seconds: 0 };
  #oldestDay: Day | null = null;

  /**
   * `open`: the subjects that people are asked about before the plan. `rounding`: what the target makes of the time
   * that it is sent.
   */
  constructor(
    private readonly open: ReadonlySet<string> = new Set(),
    private readonly rounding: TargetRounding | null = null,
  ) {}

  /** One batch: the entries that were handed to the reconciliation, and its plan. */
  add(entries: readonly BookedEntry[], plan: Plan): void {
    const byId = new Map(entries.map((booked) => [booked.entry.id, booked]));
    for (const outcome of plan.outcomes) this.#countEntry(byId.get(outcome.entryId), outcome.state);
    for (const step of plan.steps) {
      if (step.kind === 'ask' && step.facts.gap !== null) this.#countGap(step, byId);
      else if (step.kind === 'provision') this.#countProvision(step, byId);
      else this.#countStep(step, byId);
      this.#countOpenCase(step);
    }
  }

  /** `catalogue` are the target's customers and projects: what is there already is taken and not made. */
  summary(catalogue: readonly CatalogueItem[] = []): PreviewSummary {
    const questions = [...this.#questions.values()];
    return {
      entryCount: this.#entries.count,
      entrySeconds: this.#entries.seconds,
      oldestDay: this.#oldestDay,
      beforeStart: this.#beforeStart,
      steps: [...this.#steps].map(([kind, counted]) => ({ kind, ...counted })),
      lines: inOrder(this.#lines.values()),
      questions: questionsByCause(questions),
      gaps: gapsByName(questions),
      provisions: [...this.#provisions].map(([key, one]) => provisionLine(key, one, catalogue)),
      samples: this.#samples,
      openCases: [...this.#settled.values()],
      reapplied: this.#reapplied,
    };
  }

  #countEntry(booked: BookedEntry | undefined, state: string): void {
    if (!booked) return;
    const seconds = booked.entry.seconds ?? 0;
    if (state === 'before_start') {
      this.#beforeStart = plus(this.#beforeStart, seconds);
      return;
    }
    this.#entries = plus(this.#entries, seconds);
    const { entryDate } = booked.frozen;
    if (this.#oldestDay === null || entryDate < this.#oldestDay) this.#oldestDay = entryDate;
  }

  #countStep(step: Step, byId: ReadonlyMap<string, BookedEntry>): void {
    const lead = byId.get(step.leadId);
    const seconds = secondsOf(step, byId, this.rounding);
    this.#count(step.kind, lead, seconds);
    if (step.kind === 'ask') this.#question(step, seconds);
    if (step.why.code === 'reapplied') this.#reapplied = plus(this.#reapplied, timeOf(step));
    if (lead) this.#sample(step, lead, seconds);
  }

  /** Each case once, by its first step: a decision may take several. */
  #countOpenCase(step: Step): void {
    const subject = step.kind === 'ask' ? step.facts.subject : subjectOfLead(step.leadId);
    if (!this.open.has(subject) || this.#seen.has(subject)) return;
    this.#seen.add(subject);
    const by = step.by.kind;
    const key = `${by}/${step.kind}`;
    this.#settled.set(key, { by, kind: step.kind, count: (this.#settled.get(key)?.count ?? 0) + 1 });
  }

  /** An entry may wait behind several gaps and is counted once in hours; each gap counts all of its own. */
  #countGap(step: Ask, byId: ReadonlyMap<string, BookedEntry>): void {
    this.#question(step, step.facts.secondsAtStake);
    this.#countBehind('ask', step.facts.entryIds, byId);
    const lead = byId.get(step.leadId);
    if (lead) this.#sample(step, lead, step.facts.secondsAtStake);
  }

  /** A customer comes up in as many batches as it has tickets. */
  #countProvision(step: ProvisionStep, byId: ReadonlyMap<string, BookedEntry>): void {
    const { key, provision, entryIds, seconds } = step;
    const known = this.#provisions.get(key) ?? { provision, entryIds: new Set<string>(), seconds: 0 };
    for (const id of entryIds) known.entryIds.add(id);
    known.seconds += seconds;
    this.#provisions.set(key, known);
    this.#countBehind('provision', entryIds, byId);
    const lead = byId.get(step.leadId);
    if (lead) this.#sample(step, lead, seconds);
  }

  #countBehind(kind: StepKind, entryIds: readonly string[], byId: ReadonlyMap<string, BookedEntry>): void {
    for (const entryId of entryIds) {
      if (this.#behindGaps.has(entryId)) continue;
      this.#behindGaps.add(entryId);
      const booked = byId.get(entryId);
      this.#count(kind, booked, booked?.entry.seconds ?? 0);
    }
  }

  #count(kind: StepKind, lead: BookedEntry | undefined, seconds: Seconds): void {
    this.#steps.set(kind, plus(this.#steps.get(kind) ?? { count: 0, seconds: 0 }, seconds));
    if (!lead) return;
    const month = monthOf(lead.frozen.entryDate);
    const customer = customerKey(lead.entry);
    const key = `${month}|${customer}|${kind}`;
    const line = this.#lines.get(key) ?? {
      month,
      customerKey: customer,
      customerName: lead.entry.organizationName ?? lead.entry.ticketCustomerName,
      kind,
      count: 0,
      seconds: 0,
    };
    this.#lines.set(key, { ...line, ...plus(line, seconds) });
  }

  #question({ facts }: Ask, seconds: Seconds): void {
    const known = this.#questions.get(facts.subject) ?? { facts, entryIds: new Set<string>(), seconds: 0 };
    for (const id of facts.entryIds) known.entryIds.add(id);
    known.seconds += seconds;
    this.#questions.set(facts.subject, known);
  }

  #sample(step: Step, { entry, frozen }: BookedEntry, seconds: Seconds): void {
    const key = `${step.kind}/${step.why.code}`;
    const alike = this.#alike.get(key) ?? 0;
    if (this.#samples.length >= MOST_SAMPLES || alike >= SAMPLES_ALIKE) return;
    this.#alike.set(key, alike + 1);
    this.#samples.push({
      kind: step.kind,
      sourceId: entry.sourceId,
      ticketNumber: entry.ticketNumber,
      ticketTitle: entry.ticketTitle,
      customerName: entry.organizationName ?? entry.ticketCustomerName,
      personName: entry.userName,
      day: frozen.entryDate,
      seconds,
      why: step.why,
    });
  }
}

/** The time of the row that is changed or asked about, whether or not the time itself changes. */
const timeOf = (step: Step): Seconds =>
  step.kind === 'update' ? step.row.seconds : step.kind === 'ask' ? (step.facts.target?.seconds ?? 0) : 0;

/** What Kimai gains or loses by a write; for what is not written, the time it is about. */
function secondsOf(
  step: Step,
  byId: ReadonlyMap<string, BookedEntry>,
  rounding: TargetRounding | null,
): Seconds {
  const time = (ids: readonly string[]): Seconds =>
    ids.reduce((sum, id) => sum + (byId.get(id)?.entry.seconds ?? 0), 0);
  switch (step.kind) {
    case 'create':
      return predictedSeconds(step.desired, rounding);
    case 'update':
      return predictedSeconds(step.desired, rounding) - step.row.seconds;
    case 'delete':
      return -step.row.seconds;
    case 'adopt':
    case 'accept':
      return step.rows.reduce((sum, row) => sum + row.seconds, 0);
    case 'ask':
      return step.facts.secondsAtStake;
    case 'skip':
    case 'wait':
    case 'provision':
      return time(step.entryIds);
    case 'in_sync':
      return time([step.leadId]);
    case 'map':
      return 0;
    default:
      return step satisfies never;
  }
}
