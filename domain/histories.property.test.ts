import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asks } from './books.test-support.js';
import { EVENING, anyHistory, anySetting, play, type Played } from './histories.test-support.js';
import { totalInZammad } from './oracle.test-support.js';
import type { Plan } from './plan.js';
import { reconcile } from './reconcile.js';
import { sumsByLead } from './sums.js';

/*
 * Any bridge, any history: several customers and people, gaps, rules, quiet periods, closed months, a Kimai that
 * forbids overlaps, lost answers, merges and moves, edits and exports on both sides, and people who decide.
 */
const RUNS = { numRuns: 400 };

const holds = (check: (played: Played) => void): void =>
  fc.assert(
    fc.property(anySetting, anyHistory, (setting, history) => {
      const played = play(setting, history);
      played.settle();
      check(played);
    }),
    RUNS,
  );

const moves = (plan: Plan): readonly string[] =>
  plan.steps.flatMap(({ kind, leadId }) =>
    ['create', 'update', 'delete', 'adopt', 'accept'].includes(kind) ? [`${kind} ${leadId}`] : [],
  );

it('I32 comes to rest whatever people do: then a run writes nothing and moves no base', () => {
  holds((played) => expect(moves(played.plan(EVENING))).toEqual([]));
}, 60_000);

it('I33 writes nothing twice, lost answers and all: each marker stands on one row at most', () => {
  holds(({ world }) => {
    const marks = world.rows
      .filter((one) => one.deletedAt === null)
      .flatMap((one) => one.description?.match(/\[tb-[^\]]+\]/g) ?? []);
    expect(new Set(marks).size).toBe(marks.length);
  });
}, 60_000);

it('I31 the sum comes out: what differs is rounding, accepted, or open', () => {
  holds((played) => {
    const given = played.input(EVENING);
    const plan = reconcile(given);
    const openLeads = new Set(
      plan.steps.filter(({ kind }) => kind !== 'in_sync').map(({ leadId }) => leadId),
    );
    const sums = sumsByLead({
      ...given,
      startFrom: given.bridge.startFrom,
      outcomes: plan.outcomes,
      openLeads,
    });
    expect(sums.filter((sum) => sum.broken !== 0)).toEqual([]);
    expect(sums.reduce((sum, one) => sum + one.source, 0)).toBe(totalInZammad(played.world));
  });
}, 60_000);

it('I18 every entry stands in one state, and waits only behind what is asked', () => {
  holds((played) => {
    const plan = played.plan(EVENING);
    const there = played.world.entries.filter((one) => one.deletedAt === null).map((one) => one.id);
    expect(plan.outcomes.map((one) => one.entryId).sort()).toEqual(there.sort());
    const asked = asks(plan).map((step) => step.facts.subject);
    expect(new Set(asked).size).toBe(asked.length);
    for (const one of plan.outcomes) {
      expect(one.state === 'waiting').toBe(one.subjects.length > 0);
      for (const subject of one.subjects) expect(asked).toContain(subject);
    }
  });
}, 60_000);

it('I28 never touches an exported row, and books nothing on a closed day', () => {
  fc.assert(
    fc.property(anySetting, anyHistory, (setting, history) => {
      const frozen = new Map<string, string>();
      play(setting, history, ({ world }) => {
        for (const known of world.rows.filter(({ exported }) => exported)) {
          const text = JSON.stringify(known);
          expect(frozen.get(known.externalId) ?? text).toBe(text);
          frozen.set(known.externalId, text);
        }
        const written = world.rows.filter(({ description }) => description?.includes('[tb-'));
        const { closedUntil } = setting;
        if (closedUntil !== null) expect(written.filter(({ day }) => day <= closedUntil)).toEqual([]);
      });
    }),
    RUNS,
  );
}, 60_000);

it('I15 gives the same plan for any order of the input', () => {
  const sorted = (plan: Plan) => [...plan.steps, ...plan.outcomes].map((one) => JSON.stringify(one)).sort();
  fc.assert(
    fc.property(anySetting, anyHistory, (setting, history) => {
      const given = play(setting, history).input();
      const turned = {
        ...given,
        entries: [...given.entries].reverse(),
        links: [...given.links].reverse(),
        rows: [...given.rows].reverse(),
        decisions: [...given.decisions].reverse(),
      };
      expect(sorted(reconcile(turned))).toEqual(sorted(reconcile(given)));
    }),
    RUNS,
  );
}, 60_000);
