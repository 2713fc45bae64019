import fc from 'fast-check';
import { asks, bridge, decisionOn, entry, input, row } from './books.test-support.js';
import type { Decision } from './conflict.js';
import { desiredKey } from './desired.js';
import { applyPlan, emptyWorld, type World } from './oracle.test-support.js';
import type { Plan, Step } from './plan.js';
import type { Policies } from './policies.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput, Refusal } from './reconcile-input.js';
import type { Rule } from './rules.js';
import type { TimeEntry } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

const MORNING = '2026-11-23T12:00:00Z';
/** When every quiet period is over. */
export const EVENING = '2026-11-23T20:00:00Z';
const DELETED_AT = '2026-11-22T00:00:00Z';

/** How a bridge is set up; drawn once for a history. */
export type Setting = {
  readonly policies: Partial<Policies>;
  readonly allowsOverlap: boolean;
  readonly closedUntil: string | null;
  readonly rules: readonly Rule[];
};

const rule = (then: Rule['then'], when: Rule['when']): Rule => ({ id: then, revision: 1, when, then });

export const anySetting: fc.Arbitrary<Setting> = fc.record({
  policies: fc.constantFrom<Partial<Policies>>(
    {},
    { quietMinutes: 10, sourceDeletions: 'delete' },
    { sourceEdits: 'ask', newEntries: 'ask', exactMatches: 'ask', corrections: 'ask' },
    { targetEdits: 'overwrite', sourceDeletions: 'delete' },
    { targetEdits: 'keep', placement: 'day_start' },
    { marker: true, project: 'fixed', fixedProjectId: 'p1', placement: 'starts_when_booked' },
  ),
  allowsOverlap: fc.boolean(),
  closedUntil: fc.constantFrom(null, null, '2026-11-19'),
  rules: fc.constantFrom<readonly Rule[]>(
    [],
    [rule('ask', { secondsBelow: 700 }), rule('keep_target', { kinds: ['target_changed'] })],
    [rule('create', { kinds: ['missing', 'ambiguous'] }), rule('skip', { kinds: ['duplicate'] })],
  ),
});

// Tiny alphabets, so that equal and nearly equal rows, days and tickets meet often.
const pick = fc.nat({ max: 5 });
const length = fc.constantFrom(600, 630, 1800);
const acts = {
  book: fc.record({
    do: fc.constant('book' as const),
    ticket: fc.constantFrom('50', '51'),
    seconds: fc.constantFrom(600, 630, 1800, -300, -900),
    hour: fc.constantFrom(8, 9, 14),
    day: fc.constantFrom('19', '20'),
    person: fc.constantFrom('4', '4', '5', '99'),
    type: fc.constantFrom('3', '3', '5', null),
  }),
  edit: fc.record({ do: fc.constant('edit' as const), pick, seconds: fc.constantFrom(600, 1800, -300) }),
  retype: fc.record({ do: fc.constant('retype' as const), pick, type: fc.constantFrom('3', '5') }),
  move: fc.record({
    do: fc.constant('move' as const),
    ticket: fc.constantFrom('50', '51'),
    to: fc.constantFrom('7', '8', '66'),
  }),
  merge: fc.record({ do: fc.constant('merge' as const), ticket: fc.constantFrom('50', '51') }),
  delete: fc.record({ do: fc.constant('delete' as const), pick }),
  sync: fc.record({ do: fc.constant('sync' as const), lost: fc.constantFrom(0, 0, 0, 1, 2) }),
  retime: fc.record({ do: fc.constant('retime' as const), pick, seconds: length }),
  rebook: fc.record({ do: fc.constant('rebook' as const), pick, project: fc.constantFrom('p7', 'p8') }),
  remove: fc.record({ do: fc.constant('remove' as const), pick }),
  export: fc.record({ do: fc.constant('export' as const), pick }),
  type: fc.record({ do: fc.constant('type' as const), seconds: length, hour: fc.constantFrom(8, 9) }),
  decide: fc.record({ do: fc.constant('decide' as const), pick, choice: pick }),
};
type Act = {
  [K in keyof typeof acts]: (typeof acts)[K] extends fc.Arbitrary<infer T> ? T : never;
}[keyof typeof acts];

export const anyHistory: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: acts.book },
    { weight: 4, arbitrary: acts.sync },
    { weight: 3, arbitrary: acts.decide },
    { weight: 2, arbitrary: acts.edit },
    acts.retype,
    acts.move,
    acts.merge,
    acts.delete,
    acts.retime,
    acts.rebook,
    acts.remove,
    acts.export,
    acts.type,
  ),
  { minLength: 1, maxLength: 16 },
);

/** One bridge with its history: the world, and what its worker knows of refusals. */
export class Played {
  readonly world: World = emptyWorld();
  private readonly refusals: Record<string, Refusal> = {};

  constructor(private readonly setting: Setting) {}

  input(now = MORNING): ReconcileInput {
    const { policies, allowsOverlap, closedUntil, rules } = this.setting;
    const usual = bridge(policies);
    return input({
      entries: this.world.entries.map((one) => ({
        entry: one,
        frozen: { userId: one.userId, bookedAt: one.bookedAt, entryDate: one.entryDate },
        firstSeenAt: one.bookedAt,
        state: null,
      })),
      rows: this.world.rows,
      links: this.world.links,
      bridge: {
        ...usual,
        closedUntil,
        mappings: { ...usual.mappings, users: { '4': { targetId: 'k4' }, '5': { targetId: 'k5' } } },
        target: { allowsFuture: true, allowsOverlap },
      },
      rest: { decisions: this.world.decisions, rules, refusals: { ...this.refusals }, now },
    });
  }

  plan = (now = MORNING): Plan => reconcile(this.input(now));

  /** Runs until nothing moves any more: a correction may go from lead to lead over a few runs. */
  settle(): void {
    for (let run = 0; run < 6; run += 1) this.carryOut(this.plan(EVENING), 0);
  }

  /** Does each step as an honest Kimai and worker would; the answers of the first `lost` creates never arrive. */
  private carryOut(plan: Plan, lost: number): void {
    let left = lost;
    for (const step of plan.steps) {
      if (this.refuses(step)) continue;
      const before = this.world.links;
      applyPlan(this.world, { steps: [step], outcomes: [] });
      if (step.kind === 'create' && step.marker !== null && left > 0) {
        this.world.links = before;
        left -= 1;
      }
    }
  }

  /** A Kimai that forbids overlaps answers with a refusal, which the worker remembers. */
  private refuses(step: Step): boolean {
    if (this.setting.allowsOverlap || (step.kind !== 'create' && step.kind !== 'update')) return false;
    const own = step.kind === 'update' ? step.row.externalId : null;
    const { userId, beginAt, endAt } = step.desired;
    const overlaps = this.world.rows.some(
      (one) =>
        one.deletedAt === null &&
        one.externalId !== own &&
        one.userId === userId &&
        Date.parse(one.begin) < Date.parse(endAt) &&
        Date.parse(one.end ?? EVENING) > Date.parse(beginAt),
    );
    if (!overlaps) return false;
    if (step.kind === 'create') throw new Error(`planned row of lead ${step.leadId} overlaps`);
    const sent = desiredKey(step.desired);
    this.refusals[`lead:${step.leadId}`] = { code: 'overlap', quoted: [], sent, at: MORNING };
    return true;
  }

  do(act: Act): void {
    switch (act.do) {
      case 'book':
        return this.book(act);
      case 'edit':
        return this.changeEntry(act.pick, { seconds: act.seconds, updatedAt: '2026-11-23T11:55:00Z' });
      case 'retype':
        return this.changeEntry(act.pick, { activityTypeId: act.type });
      case 'move':
        return this.changeTicket(act.ticket, { organizationId: act.to });
      case 'merge':
        return this.changeTicket(act.ticket, { ticketMerged: true });
      case 'delete':
        return this.changeEntry(act.pick, { deletedAt: DELETED_AT });
      case 'sync':
        return this.carryOut(this.plan(), act.lost);
      case 'retime':
        return this.changeRow(act.pick, (old) => ({
          seconds: act.seconds,
          end: new Date(Date.parse(old.begin) + act.seconds * 1000).toISOString(),
        }));
      case 'rebook':
        return this.changeRow(act.pick, () => ({ projectId: act.project }));
      case 'remove':
        return this.changeRow(act.pick, () => ({ deletedAt: DELETED_AT }));
      case 'export':
        return this.changeRow(act.pick, () => ({ exported: true }));
      case 'type':
        return this.type(act);
      case 'decide':
        return this.decide(act);
      default:
        return act satisfies never;
    }
  }

  private book(act: Extract<Act, { do: 'book' }>): void {
    const known = this.world.entries.find(({ ticketId }) => ticketId === act.ticket);
    const bookedAt = `2026-11-${act.day}T${`${act.hour}`.padStart(2, '0')}:00:00Z`;
    this.world.entries.push(
      entry(this.world.entries.length + 1, {
        ticketId: act.ticket,
        ticketNumber: `500${act.ticket}`,
        seconds: act.seconds,
        bookedAt,
        userId: act.person,
        activityTypeId: act.type,
        organizationId: known ? known.organizationId : '7',
      }),
    );
  }

  private changeEntry(at: number, change: Partial<TimeEntry>): void {
    const { entries } = this.world;
    this.world.entries = entries.map((old, index) =>
      index === at % entries.length ? { ...old, ...change } : old,
    );
  }

  private changeTicket(ticketId: string, change: Partial<TimeEntry>): void {
    this.world.entries = this.world.entries.map((old) =>
      old.ticketId === ticketId ? { ...old, ...change } : old,
    );
  }

  /** Kimai lets nobody change an exported row. */
  private changeRow(at: number, changeOf: (old: Timesheet) => Partial<Timesheet>): void {
    const old = this.world.rows[at % this.world.rows.length];
    if (!old || old.exported || old.deletedAt !== null) return;
    this.world.rows = this.world.rows.map((one) => (one === old ? { ...old, ...changeOf(old) } : one));
  }

  private type(act: Extract<Act, { do: 'type' }>): void {
    const begin = `2026-11-20T${`${act.hour}`.padStart(2, '0')}:00:00Z`;
    this.world.rows.push(
      row(this.world.nextRow++, { begin, seconds: act.seconds, description: '#50050 von Hand' }),
    );
  }

  private decide(act: Extract<Act, { do: 'decide' }>): void {
    const open = asks(this.plan());
    const asked = open[act.pick % open.length];
    const possible =
      asked?.facts.choices.filter(({ choice, blocked }) => blocked === null && choice !== 'map') ?? [];
    const chosen = possible[act.choice % possible.length];
    if (!asked || !chosen) return;
    const parameters = chosen.targetId === null ? {} : { targetId: chosen.targetId };
    const decision: Decision = {
      ...decisionOn(asked, chosen.choice, parameters),
      id: `d${this.world.decisions.length}`,
    };
    const { subject } = decision;
    this.world.decisions = [...this.world.decisions.filter((known) => known.subject !== subject), decision];
  }
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
