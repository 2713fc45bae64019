import type { Access } from './access.js';
import { type CompleteDraft, type Draft, differs, draftOf, isComplete, rowOf } from './draft.js';
import { type Violation, violationsReply } from './forms/form.js';
import { need, Refusal, refuse } from './replies.js';
import type { KimaiState } from './state.js';
import { subject, violations } from './timesheet-rules.js';
import type { KimaiTimesheet } from './world.js';

/** MariaDB's TEXT; one byte more is a database error, which answers 500. */
const DESCRIPTION_BYTES = 65_535;

function checkDescription(draft: Draft): void {
  if (Buffer.byteLength(draft.description ?? '') > DESCRIPTION_BYTES) refuse(500);
}

/** Outcome of storing a new record: the row, or the word that a running one of that person cannot be stopped. */
export type Created = { readonly row: KimaiTimesheet } | { readonly unstoppable: readonly Violation[] };

/**
 * Stores a valid new draft. A running one stops the person's oldest timers beyond the limit; when that fails nothing
 * is stored, but the id is used up.
 */
export function createTimesheet(state: KimaiState, access: Access, draft: CompleteDraft): Created {
  need(access.timesheet(draft.end === null ? 'start' : 'create', subject(draft)));
  checkDescription(draft);
  const row = rowOf(state, draft, state.takeId('timesheets'));
  if (row.end !== null) {
    state.putTimesheet(row);
    return { row };
  }
  const others = [...state.running(row.user)].reverse();
  const limit = state.settings.number('timesheet.active_entries.hard_limit');
  const toStop = others.slice(0, Math.max(others.length + 1 - limit, 0));
  const stopped = toStop.map((old) => stopDraft(state, old));
  const broken = stopped.flatMap(({ draft: end, old }) => violations(state, access, end, old));
  if (broken.length > 0) return { unstoppable: broken };
  for (const { draft: end, old } of stopped) state.putTimesheet(rowOf(state, end, old.id, old));
  state.putTimesheet(row);
  return { row };
}

/** Stores a valid draft of a stored record; one that changes nothing leaves the row untouched. */
export function updateTimesheet(
  state: KimaiState,
  draft: CompleteDraft,
  old: KimaiTimesheet,
): KimaiTimesheet {
  checkDescription(draft);
  if (!differs(state, draft, old)) return old;
  const row = rowOf(state, draft, old.id, old);
  state.putTimesheet(row);
  return row;
}

/** Stops a running record now; a stopped one stays as it is. Ends with 400 when a rule forbids the result. */
export function stopTimesheet(state: KimaiState, access: Access, old: KimaiTimesheet): KimaiTimesheet {
  if (old.end !== null) return old;
  const { draft } = stopDraft(state, old);
  const broken = violations(state, access, draft, old);
  if (broken.length > 0) throw new Refusal(violationsReply(broken, 'save', access.user.language));
  const row = rowOf(state, draft, old.id, old);
  state.putTimesheet(row);
  return row;
}

/** Stores a copy made by restart or duplicate. Ends with 403 or 400 when it may not be. */
export function createCopy(state: KimaiState, access: Access, draft: Draft): KimaiTimesheet {
  need(access.timesheet(draft.end === null ? 'start' : 'create', subject(draft)));
  const broken = violations(state, access, draft);
  if (broken.length > 0 || !isComplete(draft))
    throw new Refusal(violationsReply(broken, 'save', access.user.language));
  const created = createTimesheet(state, access, draft);
  if ('unstoppable' in created)
    throw new Refusal(violationsReply(created.unstoppable, 'stop', access.user.language));
  return created.row;
}

function stopDraft(state: KimaiState, old: KimaiTimesheet): { draft: CompleteDraft; old: KimaiTimesheet } {
  return { draft: { ...draftOf(old), end: state.now() }, old };
}
