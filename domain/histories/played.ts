import { ZONE, bridge, decisionOn, input as inputOf } from '../books.test-support.js';
import type { ChoicePreview, Decision } from '../conflict.js';
import { desiredKey } from '../desired.js';
import { Kimai, iso } from '../oracle/kimai.js';
import { expectPlan, type Expected } from '../oracle/oracle.js';
import { Worker, type Fault } from '../oracle/worker.js';
import type { Plan, Step } from '../plan.js';
import type { Mappings } from '../policies.js';
import { reconcile } from '../reconcile.js';
import type { ReconcileInput } from '../reconcile-input.js';
import { roundingAfterWrite } from '../rounding.js';
import type { Act } from './acts.js';
import { changeRow, type RowAct } from './rows.js';
import type { Setting } from './settings.js';
import { undoIn } from './undoing.js';
import { Zammad, measured } from './zammad.js';

const MORNING = Date.parse('2026-11-23T12:00:00Z');
const DAY_MS = 86_400_000;
const DELETED_AT = '2026-11-22T00:00:00Z';

const ABOUT_A_TRY: readonly string[] = ['rejected', 'unknown_outcome', 'reverted'];

type Asked = Extract<Step, { kind: 'ask' }>;
const isAsked = (step: Step): step is Asked => step.kind === 'ask';

/** One installation with its history: both systems as plain lists, an honest worker, and people. */
export class Played {
  readonly zammad = new Zammad();
  readonly kimai: Kimai;
  readonly worker: Worker;
  decisions: readonly Decision[] = [];
  setting: Setting;
  /** Steps that reached Kimai, with what was in force then. */
  readonly written: { readonly step: Step; readonly closedUntil: string | null }[] = [];
  nowMs = MORNING;
  private mappings: Mappings;
  /** Rows that were not read: they are missing from what is handed in. */
  private readonly unread = new Set<string>();
  /** Leads whose rows shall follow today's settings, until they rest or are skipped. */
  private readonly reapplying = new Set<string>();
  private readonly seen = new Map<string, string>();
  /** Candidates of what is asked, as the inbox shows them: spoken for while only another ticket is looked at. */
  private readonly shown = new Map<string, Asked>();
  private readonly decided: Decision[] = [];

  constructor(setting: Setting) {
    this.setting = setting;
    this.kimai = new Kimai({ ...setting.kimai, zone: ZONE });
    this.worker = new Worker(this.kimai, { zone: ZONE, keyOf: desiredKey, roundingOf: roundingAfterWrite });
    const usual = bridge().mappings;
    this.mappings = { ...usual, users: { '4': { targetId: 'k4' }, '5': { targetId: 'k5' } } };
  }

  get now(): string {
    return iso(this.nowMs);
  }

  /** Both books, or as much of them as one ticket needs. */
  input(ticketId: string | null = null): ReconcileInput {
    const { policies, rules, startFrom, closedUntil, firstRun, orderNumbers, kimai } = this.setting;
    const entries = this.zammad.entries
      .filter(({ entry }) => ticketId === null || entry.ticketId === ticketId)
      .map((one) => (this.reapplying.has(one.entry.id) ? { ...one, reapply: true } : one));
    const ids = new Set(entries.map(({ entry }) => entry.id));
    const links = this.worker.links.filter(
      ({ leadId, members }) => ids.has(leadId) || members.some(({ entryId }) => ids.has(entryId)),
    );
    const elsewhere = this.worker.links.filter((link) => !links.includes(link));
    const spokenFor = [...this.shown.values()]
      .filter(({ facts }) => !facts.entryIds.some((id) => ids.has(id)))
      .flatMap(({ facts }) => facts.candidates.map(({ timesheet }) => timesheet.externalId));
    const linked = elsewhere.flatMap(({ rows }) => rows.map(({ externalId }) => externalId));
    return inputOf({
      entries,
      links,
      rows: this.kimai.rows.filter(({ externalId }) => !this.unread.has(externalId)),
      bridge: bridge(policies, {
        startFrom,
        closedUntil,
        mappings: this.mappings,
        target: { allowsFuture: kimai.allowsFuture, allowsOverlap: kimai.allowsOverlap },
      }),
      rest: {
        now: this.now,
        decisions: this.decisions,
        rules,
        refusals: this.refusals(),
        firstRun,
        orderNumbers,
        linkedElsewhere: new Set([...linked, ...spokenFor]),
      },
    });
  }

  plan = (ticketId: string | null = null): Plan => reconcile(this.input(ticketId));

  expected = (ticketId: string | null = null): Expected =>
    expectPlan(this.input(ticketId), { seen: this.seen, sent: this.worker.sent });

  /** Runs until nothing moves any more: a correction may go from lead to lead over a few runs. */
  settle(): void {
    this.unread.clear();
    this.nowMs += DAY_MS;
    for (let run = 0; run < 8; run += 1) this.sync(null, []);
  }

  sync(ticketId: string | null, faults: readonly Fault[]): void {
    const given = this.input(ticketId);
    const { steps, outcomes } = reconcile(given);
    const looked = new Set(given.entries.map(({ entry }) => entry.id));
    for (const [subject, { facts }] of this.shown)
      if (facts.entryIds.every((id) => looked.has(id))) this.shown.delete(subject);
    for (const step of steps.filter(isAsked)) this.shown.set(step.facts.subject, step);
    const { closedUntil } = this.setting;
    for (const { entryId, state } of outcomes)
      if (state === 'agreed' || state === 'skipped') this.reapplying.delete(entryId);
    for (const step of this.worker.carryOut(steps, faults, this.now)) {
      this.written.push({ step, closedUntil });
      this.reapplying.delete(step.leadId);
    }
    this.decisions = this.decisions.filter(({ id }) => !this.worker.refused.has(id));
    for (const step of steps) {
      if (step.kind === 'map') this.map(step.gap, step.key, step.targetId);
      if (step.kind === 'provision') this.remap('customers', step.key, `p-${step.key}`);
    }
  }

  do(act: Act): void {
    switch (act.do) {
      case 'sync':
        return this.sync(null, act.faults);
      case 'syncTicket':
        return this.sync(act.ticket, act.faults);
      case 'decide':
        return this.decide(act);
      case 'undo':
        return this.undo(act);
      case 'later':
        this.nowMs += act.minutes * 60_000;
        return;
      case 'setPolicies':
        this.setting = { ...this.setting, policies: act.policies };
        return;
      case 'setRules':
        this.setting = { ...this.setting, rules: act.rules };
        return;
      case 'close':
        this.setting = { ...this.setting, closedUntil: act.until };
        return;
      case 'remap':
        return this.remap(act.kind, act.key, act.to);
      case 'reapply':
        for (const { leadId, closed } of this.worker.links) if (!closed) this.reapplying.add(leadId);
        return;
      case 'forget': {
        const row = this.kimai.rows[act.pick % Math.max(1, this.kimai.rows.length)];
        if (row) this.unread.add(row.externalId);
        return;
      }
      case 'book': {
        const { ticket: ticketId, person: userId, type: activityTypeId, seconds } = act;
        const bookedAt = `${act.day}T${act.time}Z`;
        return this.zammad.book(
          { ticketId, userId, activityTypeId, seconds, bookedAt },
          this.setting.secondsPerUnit,
        );
      }
      case 'correct': {
        const of = this.zammad.entries[act.pick % Math.max(1, this.zammad.entries.length)]?.entry;
        if (!of) return;
        const bookedAt = `2026-11-21T${of.bookedAt.slice(11)}`;
        return this.zammad.book({ ...of, seconds: act.seconds, bookedAt }, this.setting.secondsPerUnit);
      }
      case 'edit':
      case 'retype':
      case 'orphan':
      case 'rehome':
      case 'moveTicket':
      case 'retitle':
      case 'mergeTicket':
      case 'deleteEntry':
      case 'deleteTicket':
      case 'restoreBackup':
        return this.changeZammad(act);
      default:
        return this.changeKimai(act);
    }
  }

  private changeZammad(
    act: Extract<
      Act,
      {
        do:
          | 'edit'
          | 'retype'
          | 'orphan'
          | 'rehome'
          | 'moveTicket'
          | 'retitle'
          | 'mergeTicket'
          | 'deleteEntry'
          | 'deleteTicket'
          | 'restoreBackup';
      }
    >,
  ): void {
    const { zammad } = this;
    switch (act.do) {
      case 'edit':
        return zammad.change(act.pick, () => ({
          ...measured(act.seconds, this.setting.secondsPerUnit),
          updatedAt: iso(this.nowMs - 300_000),
        }));
      case 'retype':
        return zammad.change(act.pick, () => ({ activityTypeId: act.type }));
      case 'orphan':
        // The agent was deleted: Zammad hands the entry to its system user.
        return zammad.change(act.pick, () => ({ userId: '1', userName: '-' }));
      case 'rehome':
        return zammad.move(act.pick, act.ticket);
      case 'moveTicket':
        return zammad.changeTicket(act.ticket, { organizationId: act.to, ticketCustomerId: act.customer });
      case 'retitle':
        return zammad.changeTicket(act.ticket, { ticketTitle: 'Toner leer im Lager' });
      case 'mergeTicket':
        return zammad.changeTicket(act.ticket, { ticketMerged: true });
      case 'deleteEntry':
        return zammad.change(act.pick, () => ({ deletedAt: DELETED_AT }));
      case 'deleteTicket':
        return zammad.changeTicket(act.ticket, { deletedAt: DELETED_AT });
      case 'restoreBackup':
        return zammad.change(act.pick, () => ({ bookedAt: '2026-11-18T07:00:00Z' }));
      default:
        return act satisfies never;
    }
  }

  private changeKimai(act: RowAct): void {
    const before = this.kimai.rows;
    changeRow(this.kimai, act, this.now);
    for (const row of this.kimai.rows) if (!before.includes(row)) this.unread.delete(row.externalId);
  }

  private decide(act: Extract<Act, { do: 'decide' }>): void {
    const open = this.plan().steps.filter(isAsked);
    const asked = open[act.pick % Math.max(1, open.length)];
    const possible = asked?.facts.choices.filter(({ blocked }) => blocked === null) ?? [];
    const chosen = possible[act.choice % Math.max(1, possible.length)];
    if (!asked || !chosen) return;
    const { subject } = asked.facts;
    const id = `d${this.decided.length + 1}`;
    this.seen.set(id, this.expected().seen.get(subject) ?? 'the oracle expects no such question');
    const decision = { ...decisionOn(asked, chosen.choice, parametersOf(act, asked, chosen)), id };
    this.decisions = [...this.decisions.filter((known) => known.subject !== subject), decision];
    this.decided.push(decision);
  }

  /** With what people had decided about the case itself, and edited for a try before. */
  private refusals(): ReconcileInput['refusals'] {
    return Object.fromEntries(
      Object.entries(this.worker.refusals).map(([subject, refusal]) => {
        if (refusal.code === 'reverted') return [subject, refusal];
        const about = this.decided.filter((one) => one.subject === subject).reverse();
        const itself = about.find(({ kind }) => !ABOUT_A_TRY.includes(kind)) ?? [];
        const edited = about.find(({ choice }) => choice === 'edit_and_retry') ?? [];
        return [subject, { ...refusal, decided: [itself, edited].flat() }];
      }),
    );
  }

  private map(gap: string, key: string, targetId: string | null): void {
    const kind = ({ unmapped_activity: 'activities', unmapped_user: 'users' } as const)[gap] ?? 'customers';
    this.remap(kind, key, targetId ?? 'ignored');
  }

  private remap(kind: keyof Mappings, key: string, to: string): void {
    const { [key]: _old, ...others } = this.mappings[kind];
    const mapped = to === 'ignored' ? ({ ignored: true } as const) : { targetId: to };
    this.mappings = { ...this.mappings, [kind]: to === 'removed' ? others : { ...others, [key]: mapped } };
  }

  private undo(act: Extract<Act, { do: 'undo' }>): void {
    this.decisions = undoIn(this, act);
  }
}

function parametersOf(
  act: Extract<Act, { do: 'decide' }>,
  { facts }: Asked,
  { choice, targetId }: ChoicePreview,
): Decision['parameters'] {
  if (choice === 'map') return { targetId: act.target === 'removed' ? 'a3' : act.target };
  if (choice === 'edit_and_retry') return { edit: act.edit };
  if (choice !== 'per_field') return targetId === null ? {} : { targetId };
  const fields = facts.differing.map(
    (field, index) => [field, (act.fields >> index) % 2 === 0 ? 'source' : 'target'] as const,
  );
  return { fields: Object.fromEntries(fields) };
}

/** The history, act by act; `look` is called after each. */
export function play(setting: Setting, history: readonly Act[], look?: (played: Played) => void): Played {
  const played = new Played(setting);
  for (const act of history) {
    played.do(act);
    look?.(played);
  }
  return played;
}
