import { ZONE } from '../books.test-support.js';
import type { Decision } from '../conflict.js';
import type { Link, LinkedRow } from '../link.js';
import { msOf } from '../oracle/calendar.js';
import type { Change } from '../oracle/worker.js';
import type { Timesheet } from '../timesheet.js';
import { planUndo, type UndoStep } from '../undo.js';
import type { Act } from './acts.js';
import type { Played } from './played.js';

/** Takes a decision or a whole run back, lead by lead, as the worker does it. Returns the decisions still in force. */
export function undoIn(played: Played, act: Extract<Act, { do: 'undo' }>): readonly Decision[] {
  const { worker, decisions } = played;
  if (act.of === 'run') {
    undoChanges(played, (change) => change.runId === worker.runId - (act.pick % 2));
    return decisions;
  }
  const chosen = decisions[act.pick % Math.max(1, decisions.length)];
  if (!chosen) return decisions;
  const isMine = ({ decisionId }: Change): boolean => decisionId === chosen.id;
  if (worker.changes.some(isMine)) {
    undoChanges(played, isMine);
    return decisions;
  }
  // What wrote and linked nothing (*skip*) is simply asked again.
  return chosen.subject.startsWith('lead:') ? decisions.filter((one) => one !== chosen) : decisions;
}

function undoChanges(played: Played, isMine: (change: Change) => boolean): void {
  const mine = played.worker.changes.filter((change) => isMine(change) && !change.undone);
  for (const leadId of new Set(mine.map((change) => change.leadId))) {
    undoLead(
      played,
      leadId,
      mine.filter((change) => change.leadId === leadId),
    );
  }
}

function undoLead(played: Played, leadId: string, mine: readonly Change[]): void {
  const { kimai, worker } = played;
  const [oldest] = mine;
  if (!oldest) return;
  const last = Math.max(...mine.map((change) => worker.changes.indexOf(change)));
  const changedLater = worker.changes.some(
    (change, index) => index > last && change.leadId === leadId && !change.undone,
  );
  const plan = planUndo({
    leadId,
    writes: mine.flatMap(({ write }) => (write === null ? [] : [write])),
    linkBefore: oldest.before,
    changedLater,
    rows: new Map(kimai.rows.map((row) => [row.externalId, row])),
    closedUntil: played.setting.closedUntil,
    zone: ZONE,
  });
  if (plan.action === 'nothing') return;
  const answers = new Map<string, Timesheet>();
  for (const step of plan.steps) {
    const row = carryOut(played, step);
    if (row) answers.set(step.kind === 'create' ? step.replaces : step.row.externalId, row);
  }
  for (const change of mine) change.undone = true;
  if (oldest.before === null) worker.dropLink(leadId);
  else worker.putLink(restored(oldest.before, answers));
  worker.note(leadId, 'reverted', '', '');
}

function carryOut({ kimai, now, worker }: Played, step: UndoStep): Timesheet | null {
  switch (step.kind) {
    case 'delete':
      kimai.remove(step.row.externalId, now);
      return null;
    case 'update': {
      const answer = kimai.update(step.row.externalId, step.changes, now);
      return 'row' in answer ? answer.row : null;
    }
    case 'create': {
      if (msOf(step.desired.endAt) > msOf(now)) return null;
      const answer = kimai.create(step.desired, now);
      if (!('row' in answer)) return null;
      const lead = worker.made.get(step.replaces);
      if (lead !== undefined) worker.made.set(answer.row.externalId, lead);
      return answer.row;
    }
    default:
      return step satisfies never;
  }
}

/** The link as it was; a row that came back has another id. */
const restored = (before: Link, answers: ReadonlyMap<string, Timesheet>): Link => ({
  ...before,
  rows: before.rows.map((row): LinkedRow => {
    const answer = answers.get(row.externalId);
    return answer ? { ...row, externalId: answer.externalId, targetBase: answer } : row;
  }),
});
