import { compareIds } from './booking-order.js';
import { canonicalText } from './canonical.js';
import type { ConflictFacts } from './conflict.js';
import { carriesMarker, findMarkers, formatMarker } from './marker.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import { reason, type Reason } from './reason.js';
import type { Scope } from './scope.js';
import { sameInstant } from './zone.js';

/** The plan after the guards, and which steps each guard holds back. */
export type Guarded = {
  readonly steps: readonly Step[];
  readonly withheld: ReadonlyMap<string, readonly Step[]>;
};

type Guard = {
  readonly subject: string;
  readonly why: Reason;
  readonly held: readonly Step[];
  readonly facts: readonly string[];
};

const DELETES = { atLeast: 10, share: 0.01 };
const UPDATES = { atLeast: 50, share: 0.05 };

/**
 * books.md, "Guards": a plan that deletes, or reports deleted, too much at once, or updates too much, writes nothing
 * of that class until an admin says so. What a person decided is not counted again. A run counts over all its batches
 * (`guardLimits`), so that its plans do not count for themselves.
 */
export function guardPlan(planning: Planning, scope: Scope, steps: readonly Step[]): Guarded {
  const counted = planning.input.countedByRun === true ? [] : [tooManyDeletes, tooManyUpdates];
  const guards = [restored(planning, scope, steps), ...counted.map((guard) => guard(planning, steps))];
  let passed = steps;
  const withheld = new Map<string, readonly Step[]>();
  for (const guard of guards) {
    if (!guard) continue;
    const facts = factsOf(planning, guard);
    const decision = planning.decisions.get(guard.subject);
    const decided = decision?.version === facts.version ? decision : null;
    if (decided?.choice === 'go_ahead') continue;
    const left = new Set(passed);
    const held = new Set(guard.held.filter((step) => left.has(step)));
    passed = passed.filter((step) => !held.has(step));
    withheld.set(guard.subject, [...held]);
    if (decided) passed = [...passed, ...[...held].map((step) => dropped(step, decided.id))];
    else
      passed = [
        ...passed,
        { kind: 'ask', leadId: firstLead(guard), by: { kind: 'policy' }, why: guard.why, facts },
      ];
  }
  return { steps: passed, withheld };
}

const limitOf = ({ atLeast, share }: typeof DELETES, links: number): number =>
  Math.max(atLeast, links * share);

/** A plan over fewer links than this none of these guards holds back, however few links the bridge has. */
export const FEWEST_GUARDED = Math.min(DELETES.atLeast, UPDATES.atLeast) + 1;

/** What a guard over a whole run may hold back. */
export type GuardedClass = 'updates' | 'deletes';

/** How many changes and deletions one run may make by itself, measured against the links of its bridge. */
export const guardLimits = (linkCount: number): Readonly<Record<GuardedClass, number>> => ({
  updates: limitOf(UPDATES, linkCount),
  deletes: limitOf(DELETES, linkCount),
});

/** Subject of the guard that stops the whole bridge. */
export const RESTORED = 'guard:restored';

const OF_A_RUN = 'guard:run:';

/** Whether a guard is about all batches of a run, and not about one plan. */
export const isRunGuard = (subject: string): boolean => subject.startsWith(OF_A_RUN);

/** The question of a guard over all batches of a run; its held writes wait in the ledger under the subject. */
export function runGuardFacts(run: {
  readonly guarded: GuardedClass;
  readonly runId: string;
  readonly stepCount: number;
  readonly linkCount: number;
  readonly hash: (canonical: string) => string;
}): ConflictFacts {
  const { guarded, runId, stepCount, linkCount, hash } = run;
  const subject = `${OF_A_RUN}${runId}:${guarded}`;
  const why = reason(`guard_${guarded}`, {
    stepCount,
    linkCount,
    limit: Math.floor(guardLimits(linkCount)[guarded]),
  });
  return guardFacts({ subject, why, version: hash(canonicalText({ subject, stepCount })), stepCount });
}

const linkCount = ({ input }: Planning): number => input.linksOfBridge ?? input.links.length;

const byItself = (step: Step): boolean => step.by.kind !== 'decision';

function tooManyDeletes(planning: Planning, steps: readonly Step[]): Guard | null {
  const held = steps.filter((step) => byItself(step) && isDeletion(step));
  const limit = limitOf(DELETES, linkCount(planning));
  if (held.length <= limit) return null;
  const why = reason('guard_deletes', {
    stepCount: held.length,
    linkCount: linkCount(planning),
    limit: Math.floor(limit),
  });
  return { subject: 'guard:deletes', why, held, facts: leadsOf(held) };
}

/** Deletes, and also reports of deletions: a source that answers wrongly must not flood the inbox either. */
const isDeletion = (step: Step): boolean =>
  step.kind === 'delete' ||
  (step.kind === 'ask' && (step.facts.kind === 'source_deleted' || step.facts.kind === 'target_deleted'));

function tooManyUpdates(planning: Planning, steps: readonly Step[]): Guard | null {
  const held = steps.filter((step) => byItself(step) && step.kind === 'update');
  const limit = limitOf(UPDATES, linkCount(planning));
  if (held.length <= limit) return null;
  const why = reason('guard_updates', {
    stepCount: held.length,
    linkCount: linkCount(planning),
    limit: Math.floor(limit),
  });
  return { subject: 'guard:updates', why, held, facts: leadsOf(held) };
}

/** Signs that a system was restored from a backup: nothing at all is written until an admin has looked. */
function restored(planning: Planning, scope: Scope, steps: readonly Step[]): Guard | null {
  const reused = [...scope.byId.values()].filter(
    ({ entry, frozen }) => entry.deletedAt === null && !sameInstant(entry.bookedAt, frozen.bookedAt),
  );
  const foreign = foreignRows(planning, scope);
  if (reused.length === 0 && foreign.length === 0) return null;
  const facts = [...reused.map(({ entry }) => `entry ${entry.id} ${entry.bookedAt}`), ...foreign].sort();
  const why = reason('guard_restored', { entryCount: reused.length, rowCount: foreign.length });
  return { subject: RESTORED, why, held: steps.filter(writes), facts };
}

/** Linked rows that carry the marker of another entry. */
function foreignRows({ input, rows, bridge }: Planning, { byId }: Scope): readonly string[] {
  const foreign: string[] = [];
  for (const link of input.links) {
    const sourceId = byId.get(link.leadId)?.entry.sourceId;
    if (sourceId === undefined) continue;
    for (const { externalId } of link.rows) {
      const description = rows.get(externalId)?.description ?? null;
      if (namesAnother(description, bridge.code, sourceId))
        foreign.push(`row ${externalId} of ${link.leadId}`);
    }
  }
  return foreign;
}

function namesAnother(description: string | null, code: string, sourceId: string): boolean {
  // Nearly every row carries its own marker: found without taking the text apart.
  if (carriesMarker(description, formatMarker({ code, sourceId, sequence: 1 }))) return false;
  const markers = findMarkers(description);
  return markers.length > 0 && !markers.some((one) => one.code === code && one.sourceId === sourceId);
}

const writes = ({ kind }: Step): boolean =>
  kind === 'create' || kind === 'update' || kind === 'delete' || kind === 'adopt' || kind === 'accept';

const leadsOf = (steps: readonly Step[]): readonly string[] =>
  steps.map((step) => `${step.kind} ${step.leadId}`).sort();

const firstLead = ({ held }: Guard): string => held.map((step) => step.leadId).sort(compareIds)[0] ?? '';

/** All entries that stood and fell with the step are left as they are. */
const dropped = (step: Step, decisionId: string): Step => ({
  kind: 'skip',
  leadId: step.leadId,
  by: { kind: 'decision', decisionId },
  why: reason('decided', { choice: 'drop' }),
  entryIds: entriesOf(step),
});

function entriesOf(step: Step): readonly string[] {
  if (step.kind === 'ask') return step.facts.entryIds;
  const members = 'members' in step ? step.members : [];
  return [...new Set([step.leadId, ...members.map(({ entryId }) => entryId)])];
}

const factsOf = ({ input }: Planning, { subject, why, held, facts }: Guard): ConflictFacts =>
  guardFacts({
    subject,
    why,
    version: input.hash(canonicalText({ subject, facts })),
    stepCount: held.length,
  });

function guardFacts(guard: {
  readonly subject: string;
  readonly why: Reason;
  readonly version: string;
  readonly stepCount: number;
}): ConflictFacts {
  const { subject, why, version, stepCount } = guard;
  const choice = { targetId: null, desired: null, blocked: null } as const;
  return {
    kind: 'guard',
    subject,
    version,
    why,
    entryIds: [],
    base: null,
    source: null,
    target: null,
    targetRowId: null,
    candidates: [],
    differing: [],
    secondsAtStake: 0,
    gap: null,
    choices: [
      { ...choice, choice: 'go_ahead', effect: reason('will_go_ahead', { stepCount }) },
      { ...choice, choice: 'drop', effect: reason('will_change_nothing') },
    ],
  };
}
