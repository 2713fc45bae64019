import type { BookedEntry, ReconcileInput } from '../reconcile-input.js';
import { byId, markersIn, sameMoment, type Memory } from './books.js';
import type { Effect } from './effects.js';

type Guard = {
  readonly subject: string;
  readonly held: readonly Effect[];
  readonly facts: readonly string[];
};

/** Too much at once, or signs of a backup: nothing of that class is done until an admin says so. */
export function guarded(
  input: ReconcileInput,
  memory: Memory,
  effects: readonly Effect[],
  seen: Map<string, string>,
): readonly Effect[] {
  const byItself = effects.filter(({ byPerson }) => !byPerson);
  const deletes = byItself.filter(({ does }) => does === 'delete' || does === 'reports deleted');
  const updates = byItself.filter(({ does }) => does === 'update');
  const signs = signsOfBackup(input);
  const links = input.linksOfBridge ?? input.links.length;
  const guards: readonly Guard[] = [
    ...(signs.length > 0 ? [{ subject: 'guard:restored', held: effects.filter(isDone), facts: signs }] : []),
    ...(!input.countedByRun && deletes.length > Math.max(10, links / 100)
      ? [{ subject: 'guard:deletes', held: deletes, facts: leadsOf(deletes) }]
      : []),
    ...(!input.countedByRun && updates.length > Math.max(50, links / 20)
      ? [{ subject: 'guard:updates', held: updates, facts: leadsOf(updates) }]
      : []),
  ];
  return guards.reduce((left, guard) => holdBack(input, memory, left, guard, seen), effects);
}

const isDone = ({ does }: Effect): boolean => does !== 'nothing' && does !== 'reports deleted';
const leadsOf = (effects: readonly Effect[]): readonly string[] => effects.map(({ line }) => line).sort();

function holdBack(
  input: ReconcileInput,
  memory: Memory,
  effects: readonly Effect[],
  { subject, held, facts }: Guard,
  seen: Map<string, string>,
): readonly Effect[] {
  const shown = [subject, ...facts].join('\n');
  const decision = input.decisions.find((one) => one.subject === subject);
  const inForce = decision && memory.seen.get(decision.id) === shown ? decision : null;
  seen.set(subject, shown);
  if (inForce?.choice === 'go_ahead') return effects;
  const passed = effects.filter((one) => !held.includes(one));
  const stopped = effects.filter((one) => held.includes(one));
  if (inForce)
    return [...passed, ...stopped.map((one): Effect => ({ ...left(one), line: `skip ${one.leadId}` }))];
  const first = [...held].sort((a, b) => byId(a.leadId, b.leadId))[0];
  const entryIds = stopped.flatMap((one) => one.entryIds);
  const ask: Effect = {
    line: `ask ${subject} guard`,
    leadId: first?.leadId ?? '',
    state: 'waiting',
    entryIds,
    sent: null,
    takes: null,
    endsMs: null,
    does: 'nothing',
    byPerson: false,
  };
  return [...passed, ask];
}

const left = (one: Effect): Effect => ({
  ...one,
  state: 'skipped',
  does: 'nothing',
  byPerson: true,
});

/** An entry id that was used before, or a linked row that says it belongs to something else. */
function signsOfBackup({ entries, links, rows, bridge }: ReconcileInput): readonly string[] {
  const reused = entries.filter(
    ({ entry, frozen }) => entry.deletedAt === null && !sameMoment(entry.bookedAt, frozen.bookedAt),
  );
  const isOther = (lead: BookedEntry, description: string | null): boolean => {
    const markers = markersIn(description);
    const isOwn = markers.some(
      ({ code, sourceId }) => code === bridge.code && sourceId === lead.entry.sourceId,
    );
    return markers.length > 0 && !isOwn;
  };
  const foreign = links.flatMap((link) => {
    const lead = entries.find(({ entry }) => entry.id === link.leadId);
    const linked = link.rows.flatMap(({ externalId }) => rows.filter((row) => row.externalId === externalId));
    return lead ? linked.filter(({ description }) => isOther(lead, description)) : [];
  });
  return [
    ...reused.map(({ entry }) => `entry ${entry.id} ${entry.bookedAt}`),
    ...foreign.map(({ externalId }) => `row ${externalId}`),
  ].sort();
}
