import type { Link, LinkedRow } from '../link.js';
import type { Step } from '../plan.js';
import type { Refusal } from '../reconcile-input.js';
import type { DesiredTimesheet, Timesheet } from '../timesheet.js';
import { sumOf } from './books.js';
import type { Kimai } from './kimai.js';
import { sentByStep } from './lines.js';

/** How one write ends: as it should, without an answer (done or not), or with a refusal. */
export type Fault = 'none' | 'lost_done' | 'lost_not_done' | 'refused';

type Write = Extract<Step, { kind: 'create' | 'update' | 'delete' }>;
type Agreement = Extract<Step, { kind: 'adopt' | 'accept' }>;

/** What was agreed about a lead, and what the link was before: what an undo takes back. */
export type Change = {
  readonly leadId: string;
  readonly runId: number;
  readonly decisionId: string | null;
  readonly before: Link | null;
  readonly write: { readonly before: Timesheet | null; readonly after: Timesheet | null } | null;
  undone: boolean;
};

/** What the worker takes from the rules: the key of what was sent, and the rounding of a link after a write. */
export type WorkerRules = {
  readonly zone: string;
  readonly keyOf: (desired: DesiredTimesheet) => string;
  readonly roundingOf: (write: {
    readonly sent: number;
    readonly returned: number;
    readonly otherRows: number;
    readonly members: number;
    readonly accepted: number;
    readonly before: number;
  }) => number;
};

/** An honest worker: carries out steps one after the other, and remembers what it agreed and what was refused. */
export class Worker {
  links: readonly Link[] = [];
  refusals: Readonly<Record<string, Refusal>> = {};
  /** Subject → what was sent when it was refused, in the oracle's words. */
  readonly sent = new Map<string, string>();
  readonly changes: Change[] = [];
  /** Rows that this worker made, with the lead they were made for. */
  readonly made = new Map<string, string>();
  /** New rows that Kimai refused although the plan looks for a free place, and waits for an end in the future. */
  readonly surprises: string[] = [];
  /** Decisions whose write was refused. */
  readonly refused = new Set<string>();
  /** What Kimai refused to do, newest last. */
  readonly refusedSteps: Step[] = [];
  runId = 0;
  private clock = 0;

  constructor(
    private readonly kimai: Kimai,
    private readonly rules: WorkerRules,
  ) {}

  /** One run: `faults` befall its writes in order. Returns the steps that reached Kimai. */
  carryOut(steps: readonly Step[], faults: readonly Fault[], now: string): readonly Step[] {
    this.runId += 1;
    const left = [...faults];
    const done: Step[] = [];
    const failed = new Set<string>();
    const writing = new Set(steps.filter(isWrite).map(decisionOf));
    for (const step of steps) {
      if (isWrite(step)) {
        if (this.write(step, left.shift() ?? 'none', now)) done.push(step);
        else failed.add(decisionOf(step) ?? '');
      } else if (isAgreement(step) && !waitsForWrite(step, writing)) this.agree(step);
    }
    // What a decision agrees beside a write holds only once that is done.
    for (const step of steps.filter(isAgreement))
      if (waitsForWrite(step, writing) && !failed.has(decisionOf(step) ?? '')) this.agree(step);
    return done;
  }

  /** Each refusal is younger than the one before it. */
  note(leadId: string, code: string, key: string, sent: string): void {
    this.clock += 1;
    const at = `2026-11-24T00:00:00.${`${this.clock}`.padStart(3, '0')}Z`;
    this.refusals = { ...this.refusals, [`lead:${leadId}`]: { code, quoted: [], sent: key, at } };
    this.sent.set(`lead:${leadId}`, sent);
  }

  /** Kept with the question that the write was to answer; a decision that came to nothing is out of force. */
  private refuse(step: Write, code: string, key: string, sent: string): void {
    const subject = step.kind === 'update' ? step.subject : undefined;
    this.note(subject?.replace('lead:', '') ?? step.leadId, code, key, sent);
    const decisionId = decisionOf(step);
    if (decisionId !== null) this.refused.add(decisionId);
    this.refusedSteps.push(step);
  }

  linkOf(leadId: string): Link | null {
    return this.links.find((link) => link.leadId === leadId) ?? null;
  }

  putLink(link: Link): void {
    const others = this.links.filter(({ leadId }) => leadId !== link.leadId);
    const taken = others.flatMap(({ rows }) => rows.map(({ externalId }) => externalId));
    const twice = link.rows.find(({ externalId }) => taken.includes(externalId));
    if (twice) throw new Error(`row ${twice.externalId} is linked twice`);
    this.links = [...others, link];
  }

  dropLink(leadId: string): void {
    this.links = this.links.filter((link) => link.leadId !== leadId);
  }

  private write(step: Write, fault: Fault, now: string): boolean {
    // Read again before it is written: a row that moved since the plan is planned again.
    if (step.kind !== 'create' && !this.isAsPlanned(step.row)) return false;
    const key = step.kind === 'delete' ? '' : this.rules.keyOf(step.desired);
    const sent = step.kind === 'delete' ? 'delete' : (sentByStep(step, this.rules.zone) ?? '');
    if (fault === 'refused') {
      this.refuse(step, 'budget', key, sent);
      return false;
    }
    const unmarked = step.kind === 'create' && step.marker === null;
    if (fault !== 'none' && unmarked) this.note(step.leadId, 'unknown_outcome', key, sent);
    if (fault === 'lost_not_done') return false;
    const before = step.kind === 'create' ? null : (this.kimai.row(step.row.externalId) ?? null);
    const answer = this.send(step, now);
    if (answer !== null && 'refused' in answer) {
      if (step.kind === 'create') this.surprises.push(`${answer.refused}: ${sent}`);
      this.refuse(step, answer.refused, key, sent);
      return false;
    }
    const after = answer?.row ?? null;
    if (step.kind === 'create' && after) this.made.set(after.externalId, step.leadId);
    if (fault === 'none') this.agreeWrite(step, before, after);
    return true;
  }

  private isAsPlanned(planned: Timesheet): boolean {
    return JSON.stringify(this.kimai.row(planned.externalId)) === JSON.stringify(planned);
  }

  private send(step: Write, now: string): ReturnType<Kimai['create']> | null {
    if (step.kind === 'create') return this.kimai.create(step.desired, now);
    if (step.kind === 'update') return this.kimai.update(step.row.externalId, step.changes, now);
    this.kimai.remove(step.row.externalId, now);
    return null;
  }

  /** The record as Kimai returned it is what is agreed from now on. */
  private agreeWrite(step: Write, before: Timesheet | null, after: Timesheet | null): void {
    const link = this.linkOf(step.leadId);
    const touched = step.kind === 'create' ? null : step.row.externalId;
    const others = (link?.rows ?? []).filter(({ externalId }) => externalId !== touched);
    const known = (link?.rows ?? []).find(({ externalId }) => externalId === touched);
    const accepted = acceptedAfter(step, link);
    const rounding = this.rules.roundingOf({
      sent: step.kind === 'delete' ? 0 : step.desired.seconds,
      returned: after?.seconds ?? 0,
      otherRows: sumOf(others.map(({ targetBase }) => targetBase)),
      members: step.members.reduce((sum, one) => sum + one.signedSeconds, 0),
      accepted,
      before: link?.roundingSeconds ?? 0,
    });
    this.keep(step, { before, after });
    const tied = after === null ? [] : [tiedRow(step, after, known)];
    this.putLink({
      id: `L${step.leadId}`,
      leadId: step.leadId,
      sourceBase: step.sourceBase,
      members: step.members,
      rows: [...others, ...tied].sort((a, b) => a.sequence - b.sequence),
      roundingSeconds: rounding,
      acceptedSeconds: accepted,
      closed: step.kind === 'delete' && step.closes,
    });
  }

  private agree(step: Agreement): void {
    const link = this.linkOf(step.leadId);
    const known = link?.rows ?? [];
    const given = step.rows.map((row, index): LinkedRow => {
      const old = known.find(({ externalId }) => externalId === row.externalId);
      if (step.kind === 'accept' && old) return { ...old, targetBase: row };
      const role = index === 0 ? 'main' : 'correction';
      return { externalId: row.externalId, role, sequence: index + 1, targetBase: row };
    });
    this.keep(step, null);
    this.putLink({
      id: `L${step.leadId}`,
      leadId: step.leadId,
      sourceBase: step.sourceBase,
      members: step.members,
      rows: given,
      roundingSeconds: step.kind === 'accept' ? step.roundingSeconds : (link?.roundingSeconds ?? 0),
      acceptedSeconds: step.acceptedSeconds,
      closed: step.kind === 'accept' && step.closes,
    });
  }

  /** A write that is done settles what was refused; any agreement settles what was undone. */
  private keep(step: Write | Agreement, write: Change['write']): void {
    const before = this.linkOf(step.leadId);
    const { runId } = this;
    const decisionId = decisionOf(step);
    this.changes.push({ leadId: step.leadId, runId, decisionId, before, write, undone: false });
    const subject = `lead:${step.leadId}`;
    const refusal = this.refusals[subject];
    if (write !== null || refusal?.code === 'reverted')
      this.refusals = Object.fromEntries(
        Object.entries(this.refusals).filter(([known]) => known !== subject),
      );
  }
}

const tiedRow = (step: Write, row: Timesheet, known: LinkedRow | undefined): LinkedRow => ({
  externalId: row.externalId,
  role: step.kind === 'create' ? step.role : (known?.role ?? 'main'),
  sequence: step.kind === 'create' ? step.sequence : (known?.sequence ?? 1),
  targetBase: row,
});

/** What people accepted goes with the last row of an entry without time: there is nothing left to differ. */
function acceptedAfter(step: Write, link: Link | null): number {
  if (step.kind !== 'delete') return step.acceptedSeconds;
  const isLast = (link?.rows ?? []).every(({ externalId }) => externalId === step.row.externalId);
  const hasTime = step.members.reduce((sum, one) => sum + one.signedSeconds, 0) !== 0;
  return isLast && !hasTime ? 0 : (link?.acceptedSeconds ?? 0);
}

const isWrite = (step: Step): step is Write =>
  step.kind === 'create' || step.kind === 'update' || step.kind === 'delete';
const isAgreement = (step: Step): step is Agreement => step.kind === 'adopt' || step.kind === 'accept';
const decisionOf = ({ by }: Step): string | null => (by.kind === 'decision' ? by.decisionId : null);
const waitsForWrite = (step: Agreement, writing: ReadonlySet<string | null>): boolean =>
  step.kind === 'accept' && decisionOf(step) !== null && writing.has(decisionOf(step));
