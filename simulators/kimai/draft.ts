import { computeRates } from './rates.js';
import { roundTimes } from './rounding.js';
import type { KimaiState } from './state.js';
import type { KimaiTimesheet } from './world.js';
import { dayOf } from './zones.js';

/** A record before it is stored: project and activity may be missing, billable may follow from them. */
export interface Draft {
  /** Null for a record that is not yet stored. */
  readonly id: number | null;
  readonly user: number;
  readonly project: number | null;
  readonly activity: number | null;
  readonly begin: number;
  readonly end: number | null;
  readonly break: number;
  /** Zone in which begin and end are read. */
  readonly zone: string;
  readonly description: string | null;
  readonly tags: readonly number[];
  readonly exported: boolean;
  readonly billable: boolean | 'automatic';
  readonly fixedRate: number | null;
  readonly hourlyRate: number | null;
  readonly meta: Readonly<Record<string, string>>;
}

/** A draft whose project and activity are chosen. */
export type CompleteDraft = Draft & { readonly project: number; readonly activity: number };

export function isComplete(draft: Draft): draft is CompleteDraft {
  return draft.project !== null && draft.activity !== null;
}

/** An empty draft of a user, beginning at `begin`. */
export function newDraft(user: number, begin: number, zone: string): Draft {
  return {
    ...{ id: null, user, project: null, activity: null, begin, end: null, break: 0, zone, description: null },
    ...{ tags: [], exported: false, billable: 'automatic', fixedRate: null, hourlyRate: null, meta: {} },
  };
}

/** A stored record as a draft; its times are read in its own zone. */
export function draftOf(row: KimaiTimesheet): CompleteDraft {
  const { id, user, project, activity, begin, end, description, tags, exported, billable } = row;
  const { fixedRate, hourlyRate, meta } = row;
  return {
    ...{ id, user, project, activity, begin, end, break: row.break, zone: row.timezone, description, tags },
    ...{ exported, billable, fixedRate, hourlyRate, meta },
  };
}

/** Net seconds of a stopped draft; null while it runs. */
export function netSeconds(draft: Draft): number | null {
  return draft.end === null ? null : draft.end - draft.begin - draft.break;
}

/** Billable of a draft: as said, else when customer, project and activity all are. */
export function isBillable(state: KimaiState, draft: Draft): boolean {
  if (draft.billable !== 'automatic') return draft.billable;
  const project = draft.project === null ? undefined : state.project(draft.project);
  const activity = draft.activity === null ? undefined : state.activity(draft.activity);
  if (project !== undefined && !(project.billable && state.customer(project.customer).billable)) return false;
  return activity?.billable ?? true;
}

/**
 * The row that a draft becomes: times rounded when stopped, rates worked out, shown in the owner's zone. The report day
 * is the one in which the begin was sent.
 */
export function rowOf(
  state: KimaiState,
  draft: CompleteDraft,
  id: number,
  old?: KimaiTimesheet,
): KimaiTimesheet {
  const owner = state.user(draft.user);
  const { begin, end, duration } =
    draft.end === null
      ? { begin: draft.begin, end: null, duration: 0 }
      : roundTimes(state.settings, { begin: draft.begin, end: draft.end, break: draft.break }, draft.zone);
  const rates = computeRates(state, draft, end === null ? null : duration);
  return {
    ...{ id, user: draft.user, project: draft.project, activity: draft.activity },
    ...{ begin, end, duration, break: draft.break, timezone: owner.timezone },
    dateTz: old !== undefined && old.begin === begin ? old.dateTz : dayOf(draft.zone, begin),
    description: draft.description,
    tags: [...draft.tags].sort((a, b) => a - b),
    exported: draft.exported,
    billable: isBillable(state, draft),
    ...rates,
    meta: draft.meta,
    modifiedAt: state.now(),
  };
}

/** Whether storing a draft would change its row. What changes nothing is not rounded and keeps `modifiedAt`. */
export function differs(state: KimaiState, draft: CompleteDraft, row: KimaiTimesheet): boolean {
  const old = draftOf(row);
  const fields = [
    'user',
    'project',
    'activity',
    'begin',
    'end',
    'break',
    'description',
    'exported',
    'billable',
  ] as const;
  if (fields.some((field) => draft[field] !== old[field])) return true;
  if (draft.fixedRate !== old.fixedRate || draft.hourlyRate !== old.hourlyRate) return true;
  if ([...draft.tags].sort((a, b) => a - b).join() !== old.tags.join()) return true;
  return row.timezone !== state.user(draft.user).timezone;
}
