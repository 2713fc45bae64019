import type { ConflictKind } from './conflict.js';
import { monthOf } from './entry-date.js';
import { customerKey } from './gaps.js';
import { subjectOfLead } from './lead-case.js';
import type { Plan, Step, StepKind } from './plan.js';
import { findCustomer, findProject, type Provision, type ProvisionDoubt } from './provision.js';
import type { Reason } from './reason.js';
import type { BookedEntry } from './reconcile-input.js';
import type { CatalogueItem } from './staged.js';
import type { Day, Seconds } from './time-entry.js';

type Counted = { readonly count: number; readonly seconds: Seconds };

/** One kind of step for one customer in one month; seconds are what Kimai gains, loses or has, or what waits. */
export type PreviewLine = Counted & {
  readonly month: string;
  readonly customerKey: string;
  readonly customerName: string | null;
  readonly kind: StepKind;
};

export type PreviewQuestion = Counted & {
  readonly kind: ConflictKind;
  /** Code of the reason, e.g. `missing_old`. */
  readonly cause: string;
  readonly entryCount: number;
};

export type PreviewGap = {
  readonly kind: ConflictKind;
  readonly key: string;
  readonly name: string;
  readonly entryCount: number;
  readonly seconds: Seconds;
};

/** Who the target would get; `makes` is `nothing` where both are there, and `doubt` says why a person is asked. */
type PreviewProvision = {
  readonly key: string;
  readonly name: string;
  readonly makes: 'customer' | 'project' | 'nothing' | 'question';
  readonly doubt: ProvisionDoubt | null;
  readonly entryCount: number;
  readonly seconds: Seconds;
};

export type PreviewSample = {
  readonly kind: StepKind;
  readonly sourceId: string;
  readonly ticketNumber: string;
  readonly ticketTitle: string;
  readonly customerName: string | null;
  readonly personName: string;
  readonly day: Day;
  readonly seconds: Seconds;
  readonly why: Reason;
};

/** Open cases that the plan settles by itself, by who settles them and what that does; `ask`: still for people. */
export type PreviewOpenCases = {
  readonly by: 'policy' | 'rule' | 'decision';
  readonly kind: StepKind;
  readonly count: number;
};

/** What a run would do, before it does it. */
export type PreviewSummary = {
  readonly entryCount: number;
  readonly entrySeconds: Seconds;
  readonly oldestDay: Day | null;
  readonly beforeStart: Counted;
  readonly steps: readonly (Counted & { readonly kind: StepKind })[];
  readonly lines: readonly PreviewLine[];
  readonly questions: readonly PreviewQuestion[];
  readonly gaps: readonly PreviewGap[];
  readonly provisions: readonly PreviewProvision[];
  readonly samples: readonly PreviewSample[];
  readonly openCases: readonly PreviewOpenCases[];
  /** Written entries that today's mappings and description would change; 0 unless that was asked for. */
  readonly reapplied: Counted;
};

const MOST_SAMPLES = 200;
/** So that a thousand equal steps do not hide the rare ones. */
const SAMPLES_ALIKE = 20;

type ProvisionStep = Extract<Step, { kind: 'provision' }>;
type Provisioned = { readonly provision: Provision; readonly entryIds: Set<string>; seconds: Seconds };
type Ask = Extract<Step, { kind: 'ask' }>;
type Question = { readonly facts: Ask['facts']; readonly entryIds: Set<string>; seconds: Seconds };

/** Sums up the plans of all batches of one preview; pure, batch by batch, keeping nothing of the entries. */
export class PreviewTally {
  readonly #steps = new Map<StepKind, { count: number; seconds: Seconds }>();
  readonly #lines = new Map<string, PreviewLine>();
  readonly #questions = new Map<string, Question>();
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

  /** `open`: the subjects that people are asked about before the plan. */
  constructor(private readonly open: ReadonlySet<string> = new Set()) {}

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
      lines: [...this.#lines.values()].toSorted(
        (a, b) =>
          b.month.localeCompare(a.month) ||
          a.customerKey.localeCompare(b.customerKey) ||
          a.kind.localeCompare(b.kind),
      ),
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
    const seconds = secondsOf(step, byId);
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

const plus = (sum: Counted, seconds: Seconds): { count: number; seconds: Seconds } => ({
  count: sum.count + 1,
  seconds: sum.seconds + seconds,
});

/** The time of the row that is changed or asked about, whether or not the time itself changes. */
const timeOf = (step: Step): Seconds =>
  step.kind === 'update' ? step.row.seconds : step.kind === 'ask' ? (step.facts.target?.seconds ?? 0) : 0;

/** What Kimai gains or loses by a write; for what is not written, the time it is about. */
function secondsOf(step: Step, byId: ReadonlyMap<string, BookedEntry>): Seconds {
  const time = (ids: readonly string[]): Seconds =>
    ids.reduce((sum, id) => sum + (byId.get(id)?.entry.seconds ?? 0), 0);
  switch (step.kind) {
    case 'create':
      return step.desired.seconds;
    case 'update':
      return step.desired.seconds - step.row.seconds;
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

function questionsByCause(questions: readonly Question[]): readonly PreviewQuestion[] {
  const causes = new Map<string, PreviewQuestion>();
  for (const { facts, entryIds, seconds } of questions) {
    const key = `${facts.kind}/${facts.why.code}`;
    const known = causes.get(key) ?? {
      kind: facts.kind,
      cause: facts.why.code,
      count: 0,
      entryCount: 0,
      seconds: 0,
    };
    causes.set(key, { ...known, ...plus(known, seconds), entryCount: known.entryCount + entryIds.size });
  }
  return [...causes.values()].toSorted((a, b) => Math.abs(b.seconds) - Math.abs(a.seconds));
}

const gapsByName = (questions: readonly Question[]): readonly PreviewGap[] =>
  questions
    .flatMap(({ facts, entryIds, seconds }) =>
      facts.gap === null
        ? []
        : [
            {
              kind: facts.kind,
              key: facts.gap.key,
              name: facts.gap.name,
              entryCount: entryIds.size,
              seconds,
            },
          ],
    )
    .toSorted((a, b) => b.seconds - a.seconds);

function provisionLine(
  key: string,
  { provision, entryIds, seconds }: Provisioned,
  catalogue: readonly CatalogueItem[],
): PreviewProvision {
  const line = { key, name: provision.customer.name, doubt: null, entryCount: entryIds.size, seconds };
  const customer = findCustomer(
    provision,
    catalogue.filter(({ kind }) => kind === 'customer'),
  );
  if (customer.kind === 'absent') return { ...line, makes: 'customer' };
  if (customer.kind === 'doubt') return { ...line, makes: 'question', doubt: customer.doubt };
  const its = catalogue.filter(
    ({ kind, parentId }) => kind === 'project' && parentId === customer.item.externalId,
  );
  const project = findProject(provision, its);
  if (project.kind === 'doubt') return { ...line, makes: 'question', doubt: project.doubt };
  return { ...line, makes: project.kind === 'found' ? 'nothing' : 'project' };
}
