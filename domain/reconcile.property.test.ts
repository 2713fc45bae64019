import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asks, bridge, decisionOn, entry, input, row } from './books.test-support.js';
import type { ReconcileInput } from './reconcile-input.js';
import { sumsByLead } from './sums.js';
import { applyPlan, emptyWorld, totalInKimai, totalInZammad, type World } from './oracle.test-support.js';
import type { Plan } from './plan.js';
import { reconcile } from './reconcile.js';

// Tiny alphabets, so that equal and nearly equal rows, days and tickets meet often.
const seconds = fc.constantFrom(600, 900, 1800, -300, -900);
const pick = fc.nat({ max: 5 });
const booking = fc.record({
  do: fc.constant('book' as const),
  ticket: fc.constantFrom('50', '51'),
  seconds,
  hour: fc.constantFrom(8, 9, 14),
});
const sourceEdit = fc.record({ do: fc.constant('edit' as const), pick, seconds });
const sourceDeletion = fc.record({ do: fc.constant('delete' as const), pick });
const sync = fc.constant({ do: 'sync' } as const);
const targetEdit = fc.record({
  do: fc.constant('retime' as const),
  pick,
  seconds: fc.constantFrom(600, 1800),
});
const targetDeletion = fc.record({ do: fc.constant('remove' as const), pick });
const exporting = fc.record({ do: fc.constant('export' as const), pick });
const typing = fc.record({
  do: fc.constant('type' as const),
  seconds: fc.constantFrom(600, 1800),
  hour: fc.constantFrom(8, 9),
});
const deciding = fc.record({ do: fc.constant('decide' as const), pick, choice: pick });

type Act =
  | (typeof booking extends fc.Arbitrary<infer T> ? T : never)
  | (typeof sourceEdit extends fc.Arbitrary<infer T> ? T : never)
  | (typeof sourceDeletion extends fc.Arbitrary<infer T> ? T : never)
  | (typeof targetEdit extends fc.Arbitrary<infer T> ? T : never)
  | (typeof targetDeletion extends fc.Arbitrary<infer T> ? T : never)
  | (typeof exporting extends fc.Arbitrary<infer T> ? T : never)
  | (typeof typing extends fc.Arbitrary<infer T> ? T : never)
  | (typeof deciding extends fc.Arbitrary<infer T> ? T : never)
  | { readonly do: 'sync' };

const DELETED_AT = '2026-11-22T00:00:00Z';

const inputOf = (world: World, policies: Parameters<typeof bridge>[0] = {}): ReconcileInput =>
  input({
    entries: world.entries,
    rows: world.rows,
    links: world.links,
    bridge: bridge(policies),
    rest: { decisions: world.decisions },
  });

function act(world: World, one: Act, policies: Parameters<typeof bridge>[0]): void {
  const replaceEntry = (at: number, change: Partial<World['entries'][number]>): void => {
    world.entries = world.entries.map((old, index) =>
      index === at % world.entries.length ? { ...old, ...change } : old,
    );
  };
  const replaceRow = (at: number, change: Partial<World['rows'][number]>): void => {
    world.rows = world.rows.map((old, index) =>
      index === at % world.rows.length && old.deletedAt === null ? { ...old, ...change } : old,
    );
  };
  switch (one.do) {
    case 'book': {
      const id = world.entries.length + 1;
      const bookedAt = `2026-11-20T${`${one.hour}`.padStart(2, '0')}:00:00Z`;
      world.entries.push(
        entry(id, { ticketId: one.ticket, ticketNumber: `500${one.ticket}`, seconds: one.seconds, bookedAt }),
      );
      break;
    }
    case 'edit':
      replaceEntry(one.pick, { seconds: one.seconds });
      break;
    case 'delete':
      replaceEntry(one.pick, { deletedAt: DELETED_AT });
      break;
    case 'retime': {
      const old = world.rows[one.pick % world.rows.length];
      if (!old || old.exported) return;
      replaceRow(one.pick, {
        seconds: one.seconds,
        end: new Date(Date.parse(old.begin) + one.seconds * 1000).toISOString(),
      });
      break;
    }
    case 'remove':
      if (!world.rows[one.pick % world.rows.length]?.exported)
        replaceRow(one.pick, { deletedAt: DELETED_AT });
      break;
    case 'export':
      replaceRow(one.pick, { exported: true });
      break;
    case 'type': {
      const begin = `2026-11-20T${`${one.hour}`.padStart(2, '0')}:00:00Z`;
      world.rows.push(row(world.nextRow++, { begin, seconds: one.seconds, description: '#50050 von Hand' }));
      break;
    }
    case 'decide': {
      const open = asks(reconcile(inputOf(world, policies)));
      const asked = open[one.pick % open.length];
      const possible =
        asked?.facts.choices.filter((choice) => choice.blocked === null && choice.choice !== 'map') ?? [];
      const chosen = possible[one.choice % possible.length];
      if (!asked || !chosen) return;
      const parameters = chosen.targetId === null ? {} : { targetId: chosen.targetId };
      const decision = { ...decisionOn(asked, chosen.choice, parameters), id: `d${world.decisions.length}` };
      world.decisions = [...world.decisions.filter((known) => known.subject !== decision.subject), decision];
      break;
    }
    case 'sync':
      applyPlan(world, reconcile(inputOf(world, policies)));
      break;
    default:
      one satisfies never;
  }
}

/** Adopting, relinking or writing anything; an answer of `in_sync`, a question or a skip is none of it. */
const moves = (plan: Plan): readonly string[] =>
  plan.steps.flatMap(({ kind, leadId }) =>
    ['create', 'update', 'delete', 'adopt', 'accept'].includes(kind) ? [`${kind} ${leadId}`] : [],
  );

const settle = (world: World, policies: Parameters<typeof bridge>[0] = {}): void => {
  // A correction may move between leads over a few runs; then it must come to rest.
  for (let run = 0; run < 4; run += 1) applyPlan(world, reconcile(inputOf(world, policies)));
};

const anyAct = fc.oneof(
  { weight: 4, arbitrary: booking },
  { weight: 3, arbitrary: sync },
  { weight: 2, arbitrary: sourceEdit },
  { weight: 2, arbitrary: deciding },
  sourceDeletion,
  targetEdit,
  targetDeletion,
  exporting,
  typing,
);
const history = fc.array(anyAct, { minLength: 1, maxLength: 14 });

function play(acts: readonly Act[], policies: Parameters<typeof bridge>[0] = {}): World {
  const world = emptyWorld();
  for (const one of acts) act(world, one, policies);
  return world;
}

describe('whatever people do in both systems', () => {
  it('I32 a second run without changes writes nothing and moves no base', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const world = play(acts);
        settle(world);
        expect(moves(reconcile(inputOf(world)))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('I33 every marker stands on one row at most: nothing is written twice', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const world = play(acts);
        settle(world);
        const marks = world.rows
          .filter((one) => one.deletedAt === null)
          .flatMap((one) => one.description?.match(/\[tb-[^\]]+\]/g) ?? []);
        expect(new Set(marks).size).toBe(marks.length);
      }),
      { numRuns: 400 },
    );
  });

  it('I28 exported rows are never touched', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const world = emptyWorld();
        const frozen = new Map<string, string>();
        for (const one of acts) {
          act(world, one, {});
          for (const known of world.rows) {
            if (!known.exported) continue;
            const text = JSON.stringify(known);
            expect(frozen.get(known.externalId) ?? text).toBe(text);
            frozen.set(known.externalId, text);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('I31 the sum comes out: what differs is rounding, accepted, or open', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const world = play(acts);
        settle(world);
        const given = inputOf(world);
        const plan = reconcile(given);
        const openLeads = new Set(
          plan.steps.filter((step) => step.kind !== 'in_sync').map((step) => step.leadId),
        );
        const sums = sumsByLead({
          ...given,
          startFrom: given.bridge.startFrom,
          outcomes: plan.outcomes,
          openLeads,
        });
        expect(sums.filter((sum) => sum.broken !== 0)).toEqual([]);
        expect(sums.reduce((sum, one) => sum + one.source, 0)).toBe(totalInZammad(world));
      }),
      { numRuns: 400 },
    );
  });

  it('I15 the order of the input does not matter', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const given = inputOf(play(acts));
        const turned: ReconcileInput = {
          ...given,
          entries: [...given.entries].reverse(),
          links: [...given.links].reverse(),
          rows: [...given.rows].reverse(),
        };
        const sorted = (plan: Plan) => ({
          steps: plan.steps.map((step) => JSON.stringify(step)).sort(),
          outcomes: plan.outcomes.map((one) => JSON.stringify(one)).sort(),
        });
        expect(sorted(reconcile(turned))).toEqual(sorted(reconcile(given)));
      }),
      { numRuns: 300 },
    );
  });

  it('I18 every entry that is there stands in exactly one state, and waits only behind questions that are asked', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const world = play(acts);
        const plan = reconcile(inputOf(world));
        const there = world.entries.filter((one) => one.deletedAt === null).map((one) => one.id);
        expect(plan.outcomes.map((one) => one.entryId).sort()).toEqual(there.sort());
        const asked = new Set(asks(plan).map((step) => step.facts.subject));
        for (const one of plan.outcomes) {
          expect(one.state === 'waiting').toBe(one.subjects.length > 0);
          for (const subject of one.subjects) expect(asked).toContain(subject);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('while nobody touches Kimai', () => {
  it('I34 nothing is lost: Kimai holds the sum of Zammad, but for corrections that no lead can take', () => {
    const acts = fc.array(fc.oneof({ weight: 3, arbitrary: booking }, sourceEdit, sourceDeletion, sync), {
      maxLength: 14,
    });
    const policies = { sourceDeletions: 'delete' } as const;
    fc.assert(
      fc.property(acts, (given) => {
        const world = play(given, policies);
        settle(world, policies);
        const open = asks(reconcile(inputOf(world, policies)));
        const unapplied = open.reduce((sum, { facts }) => sum + facts.secondsAtStake, 0);
        expect(open.every(({ facts }) => facts.kind === 'correction')).toBe(true);
        expect(totalInKimai(world)).toBe(totalInZammad(world) - unapplied);
      }),
      { numRuns: 500 },
    );
  });
});
