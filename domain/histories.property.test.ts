import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ZONE, asks } from './books.test-support.js';
import { groupBy } from './group-by.js';
import {
  anyHistory,
  anyRefusedHistory,
  anySourceHistory,
  anyWordsHistory,
  REFUSED,
} from './histories/acts.js';
import { play, type Played } from './histories/played.js';
import { notesIn } from './histories/rows.js';
import { holds, holdsAtRest, patience, runs } from './histories/runs.js';
import { anySetting } from './histories/settings.js';
import type { Link } from './link.js';
import { lineOfStep } from './oracle/lines.js';
import { wallClock, msOf } from './oracle/calendar.js';
import type { Plan, Step } from './plan.js';
import { reconcile } from './reconcile.js';
import { sumsByLead } from './sums.js';
import type { TimeEntry } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

/*
 * Any bridge, any history: what people do in both systems and in Timebridge, in any order (histories/acts.ts), with
 * answers that are lost, writes that are refused, and settings that change in the middle.
 */
const WRITING: readonly string[] = ['create', 'update', 'delete'];
const MOVING: readonly string[] = [...WRITING, 'adopt', 'accept', 'map'];

const moves = (plan: Plan): readonly string[] =>
  plan.steps.filter(({ kind }) => MOVING.includes(kind)).map((step) => lineOfStep(step, ZONE));

const thereIn = (played: Played): readonly Timesheet[] =>
  played.kimai.rows.filter(({ deletedAt }) => deletedAt === null);

it('I32 comes to rest whatever people do: then a run writes nothing and moves no base', patience, () => {
  holdsAtRest(100, (played) => expect(moves(played.plan())).toEqual([]));
});

/** Choices by which people have a second row written on purpose. */
const WRITE_AGAIN: readonly string[] = [
  'create',
  'create_again',
  'it_is_not_there',
  'write_again',
  'retry',
  'edit_and_retry',
  'book_correction',
];

it('I33 writes nothing twice: one row for a lead, whatever answers were lost', patience, () => {
  holdsAtRest(100, (played) => {
    const again = new Set(
      played.decisions
        .filter(({ choice }) => WRITE_AGAIN.includes(choice))
        .map(({ subject }) => subject.replace('lead:', '')),
    );
    const leads = thereIn(played).flatMap(({ externalId }) => {
      const lead = played.worker.made.get(externalId);
      return lead === undefined || again.has(lead) ? [] : [lead];
    });
    expect(leads).toEqual([...new Set(leads)]);
  });
});

/** A step that a guard holds back is not in the plan; of a deleted lead no outcome tells that it waits either. */
function heldByGuard(plan: Plan, links: readonly Link[]): readonly string[] {
  if (!asks(plan).some(({ facts }) => facts.kind === 'guard')) return [];
  const told = new Set(plan.steps.map(({ leadId }) => leadId));
  return links.map(({ leadId }) => leadId).filter((leadId) => !told.has(leadId));
}

it('I31 the sum comes out: what differs is rounding, accepted, or open', patience, () => {
  holdsAtRest(100, (played) => {
    const given = played.input();
    const plan = reconcile(given);
    const openLeads = new Set([
      ...plan.steps.filter(({ kind }) => kind !== 'in_sync').map(({ leadId }) => leadId),
      ...heldByGuard(plan, given.links),
    ]);
    const { startFrom } = given.bridge;
    const sums = sumsByLead({ ...given, startFrom, outcomes: plan.outcomes, openLeads });
    expect(sums.filter((sum) => sum.broken !== 0)).toEqual([]);
    const inZammad = given.entries
      .filter(({ entry, frozen }) => entry.deletedAt === null && frozen.entryDate >= startFrom)
      .reduce((sum, { entry }) => sum + (entry.seconds ?? 0), 0);
    expect(sums.reduce((sum, one) => sum + one.source, 0)).toBe(inZammad);
  });
});

it('I18 every entry stands in one state, and waits only behind what is asked', patience, () => {
  holds(100, (setting, history) => {
    const played = play(setting, history);
    const plan = played.plan();
    const there = played.zammad.entries.filter(({ entry }) => entry.deletedAt === null);
    expect(plan.outcomes.map((one) => one.entryId).sort()).toEqual(there.map(({ entry }) => entry.id).sort());
    const asked = asks(plan).map((step) => step.facts.subject);
    expect(new Set(asked).size).toBe(asked.length);
    for (const one of plan.outcomes) {
      expect(one.state === 'waiting').toBe(one.subjects.length > 0);
      for (const subject of one.subjects) expect(asked).toContain(subject);
    }
  });
});

it('I28 never touches a locked row, and books nothing on a closed day', patience, () => {
  holds(100, (setting, history) => {
    // The list of timesheets itself throws when a locked row is written to.
    const played = play(setting, history);
    const days = played.written.flatMap(({ step, closedUntil }) =>
      daysOf(step).filter((day) => closedUntil !== null && day <= closedUntil),
    );
    expect(days).toEqual([]);
  });
});

function daysOf(step: Step): readonly string[] {
  if (step.kind === 'create') return [step.desired.day];
  if (step.kind === 'update') return [step.row.day, step.desired.day];
  return step.kind === 'delete' ? [step.row.day] : [];
}

it(
  'I26 plans no new row where Kimai would refuse it: for an overlap, or an end in the future',
  patience,
  () => {
    holds(100, (setting, history) => {
      const exact = { ...setting, kimai: { ...setting.kimai, roundsTo: 60 } };
      // Where a row stands that was not read, Kimai alone knows.
      const read = history.filter((act) => act.do !== 'forget');
      expect(play(exact, read).worker.surprises).toEqual([]);
    });
  },
);

it('I15 gives the same plan for any order of the input', patience, () => {
  const sorted = (plan: Plan) => [...plan.steps, ...plan.outcomes].map((one) => JSON.stringify(one)).sort();
  holds(100, (setting, history) => {
    const given = play(setting, history).input();
    const turned = <T>(list: readonly T[]): readonly T[] => {
      const middle = Math.floor(list.length / 2);
      return [...list.slice(middle), ...list.slice(0, middle)].reverse();
    };
    const other = {
      ...given,
      entries: turned(given.entries),
      links: turned(given.links),
      rows: turned(given.rows),
      decisions: turned(given.decisions),
    };
    expect(sorted(reconcile(other))).toEqual(sorted(reconcile(given)));
  });
});

it(
  'I38 what people wrote into a timesheet survives every write, their tags and billable too',
  patience,
  () => {
    fc.assert(
      fc.property(anySetting, anyWordsHistory, (setting, history) => {
        for (const { step } of play(setting, history).written) {
          if (step.kind !== 'update') continue;
          expect(notesIn(step.desired.description)).toEqual(
            expect.arrayContaining([...notesIn(step.row.description)]),
          );
          expect([...step.desired.tags].sort()).toEqual([...step.row.tags].sort());
          expect(step.desired.billable).toBeNull();
        }
      }),
      runs(200),
    );
  },
);

it('I27 sends only what differs, and what it sends makes the row what it should be', patience, () => {
  holds(100, (setting, history) => {
    for (const { step } of play(setting, history).written) {
      if (step.kind !== 'update') continue;
      const { row, changes, desired } = step;
      const { userId, projectId, activityId } = row;
      const clock = (instant: string | null): string =>
        wallClock(msOf(instant ?? ''), ZONE).replace(' ', 'T');
      const is = {
        userId,
        projectId,
        activityId,
        begin: clock(row.begin),
        end: clock(row.end),
        description: row.description ?? '',
      };
      const { begin, end, description } = desired;
      const becomes = {
        userId: desired.userId,
        projectId: desired.projectId,
        activityId: desired.activityId,
        begin,
        end,
        description,
      };
      expect({ ...is, ...changes }).toEqual(becomes);
      for (const [field, value] of Object.entries(changes)) expect(is).not.toHaveProperty(field, value);
    }
  });
});

const KEEPING: readonly string[] = [
  'keep_target',
  'keep',
  'skip',
  'leave',
  'leave_undone',
  'accept_deletion',
  'credit_outside',
  'link',
  'link_one',
  'it_is_there',
  'apply_to',
];

it('I13 whoever keeps what Kimai has writes nothing', patience, () => {
  holds(100, (setting, history) => {
    const played = play(setting, history);
    const keeping = played.decisions.filter(({ choice }) => KEEPING.includes(choice)).map(({ id }) => id);
    const written = played
      .plan()
      .steps.filter(
        ({ kind, by }) => WRITING.includes(kind) && by.kind === 'decision' && keeping.includes(by.decisionId),
      );
    expect(written).toEqual([]);
  });
});

it('I30 what Kimai refused is not sent again until somebody says so', patience, () => {
  fc.assert(
    fc.property(anySetting, fc.oneof(anyRefusedHistory, anyHistory(12)), (setting, history) => {
      const played = play(setting, history);
      const before = played.worker.refusedSteps.length;
      played.do(REFUSED);
      const refused = played.worker.refusedSteps.slice(before).map((step) => lineOfStep(step, ZONE));
      const again = played.plan().steps.filter(({ kind }) => WRITING.includes(kind));
      expect(again.map((step) => lineOfStep(step, ZONE)).filter((line) => refused.includes(line))).toEqual(
        [],
      );
    }),
    runs(300),
  );
});

/** What is billed, and the words; a row that was taken away comes back under another id, and without its break. */
const content = (played: Played): readonly string[] =>
  thereIn(played)
    .map(({ userId, projectId, activityId, begin, seconds, day, description, tags, billable }) =>
      JSON.stringify({
        userId,
        projectId,
        activityId,
        begin,
        seconds,
        day,
        description: description ?? '',
        tags,
        billable,
      }),
    )
    .sort();

it(
  'I30 a run that is taken back at once leaves Kimai as it was, and no policy writes it again',
  patience,
  () => {
    holds(100, (setting, history) => {
      const played = play(
        { ...setting, kimai: { allowsFuture: true, allowsOverlap: true, roundsTo: 1 } },
        history,
      );
      const before = content(played);
      played.sync(null, []);
      const touched = played.worker.changes.filter(({ runId }) => runId === played.worker.runId);
      const locked = played.worker.links.some(({ rows }) =>
        rows.some(({ externalId }) => played.kimai.row(externalId)?.exported),
      );
      played.do({ do: 'undo', pick: 0, of: 'run' });
      if (locked || touched.some(({ undone }) => !undone)) return;
      expect(content(played)).toEqual(before);
      const leads = new Set(touched.map(({ leadId }) => leadId));
      const again = played
        .plan()
        .steps.filter(
          ({ kind, by, leadId }) => WRITING.includes(kind) && by.kind !== 'decision' && leads.has(leadId),
        );
      expect(again).toEqual([]);
    });
  },
);

it(
  'I34 while nobody touches Kimai nothing is lost: it holds the sum of Zammad, but for what is asked',
  patience,
  () => {
    fc.assert(
      fc.property(anySetting, anySourceHistory(20), (setting, history) => {
        const played = play(
          {
            ...setting,
            rules: [],
            closedUntil: null,
            startFrom: '2026-01-01',
            policies: {
              ...setting.policies,
              sourceDeletions: 'delete',
              sourceEdits: 'auto',
              newEntries: 'auto',
            },
            kimai: { ...setting.kimai, roundsTo: 60 },
          },
          history,
        );
        played.settle();
        const plan = played.plan();
        const waiting = new Set(
          plan.outcomes.filter(({ state }) => state !== 'agreed').map(({ entryId }) => entryId),
        );
        const asked = new Set(
          plan.steps.filter(({ kind }) => kind !== 'in_sync').map(({ leadId }) => leadId),
        );
        for (const link of played.worker.links) {
          if (asked.has(link.leadId) || link.members.some(({ entryId }) => waiting.has(entryId))) continue;
          const source = link.members.reduce((sum, { signedSeconds }) => sum + signedSeconds, 0);
          const target = link.rows.reduce(
            (sum, { externalId }) => sum + (played.kimai.row(externalId)?.seconds ?? 0),
            0,
          );
          expect(Math.abs(target - (link.closed ? 0 : source))).toBeLessThan(60);
        }
        const held = (id: string): number =>
          played.worker.links
            .flatMap(({ members }) => members.filter(({ entryId }) => entryId === id))
            .reduce((sum, { signedSeconds }) => sum + signedSeconds, 0);
        const restOf = (entry: TimeEntry): number => (entry.seconds ?? 0) - held(entry.id);
        const unheld = played.zammad.entries.filter(
          ({ entry }) => entry.deletedAt === null && restOf(entry) !== 0,
        );
        const groups = groupBy(unheld, ({ entry }) => entry.ticketId);
        // A correction that moved on, while its old lead is asked about, is held twice until that is settled.
        const heldByAsked = new Set(
          played.worker.links
            .filter(({ leadId }) => asked.has(leadId))
            .flatMap(({ members }) => members.map(({ entryId }) => entryId)),
        );
        for (const group of groups.values()) {
          if (group.some(({ entry }) => waiting.has(entry.id) || heldByAsked.has(entry.id))) continue;
          // What nobody holds and nobody asks about has come to nothing: corrections took all of it.
          expect(group.reduce((sum, { entry }) => sum + restOf(entry), 0)).toBe(0);
        }
      }),
      runs(120),
    );
  },
);
