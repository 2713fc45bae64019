import type { ConflictStanding, Decided } from '../activities/contract.js';
import type { ConflictApprovalArgs, ConflictView } from './messages.js';

type Phase =
  /** The row has to be read before anything is promised. */
  | 'unknown'
  | 'open'
  /** An update's activity is on its way; what it will say decides what comes next. */
  | 'recording'
  | 'withdrawing'
  | 'deciding'
  | 'applying'
  | 'closed';

/** What a conflict's process remembers; `revision` counts the messages, so that a wait ends with each of them. */
export type ConflictState = {
  phase: Phase;
  decisionId: string | null;
  /** End of the grace time, in milliseconds since 1970. */
  applyAt: number | null;
  /** `Infinity`: until the facts change. */
  snoozedUntil: number;
  reminders: number;
  readonly since: number;
  revision: number;
  /** The row may say something that we do not know yet. */
  reread: boolean;
  /** Snoozes and assignments, in the order in which they came. */
  readonly requests: (() => Promise<void>)[];
  /** Questions that are just being put into the ticket. */
  readonly asking: Set<string>;
};

export function newConflictState(args: ConflictApprovalArgs, now: number): ConflictState {
  const isKnown = args.isNew === true && args.carried === undefined;
  return {
    phase: isKnown ? 'open' : 'unknown',
    decisionId: null,
    applyAt: null,
    snoozedUntil: 0,
    reminders: args.carried?.reminders ?? 0,
    since: args.carried?.since ?? now,
    revision: 0,
    reread: !isKnown,
    requests: [],
    asking: new Set(),
  };
}

export function takeStanding(state: ConflictState, standing: ConflictStanding): void {
  state.phase = standing.state;
  state.decisionId = standing.decisionId;
  state.applyAt = standing.applyAfter === null ? null : Date.parse(standing.applyAfter);
  state.snoozedUntil = standing.snoozedUntil === null ? 0 : Date.parse(standing.snoozedUntil);
  state.revision += 1;
}

export function takeDecision(state: ConflictState, decided: Decided): void {
  state.phase = 'deciding';
  state.decisionId = decided.decisionId;
  state.applyAt = Date.parse(decided.applyAfter);
  state.revision += 1;
}

/** Nothing is certain after an update that failed: it may have reached the database. */
export function distrust(state: ConflictState): void {
  state.phase = 'unknown';
  state.reread = true;
  state.revision += 1;
}

const PUBLIC_PHASE = {
  unknown: 'unknown',
  open: 'open',
  recording: 'open',
  withdrawing: 'deciding',
  deciding: 'deciding',
  applying: 'applying',
  closed: 'closed',
} as const satisfies Record<Phase, ConflictView['phase']>;

export function viewOf(state: ConflictState): ConflictView {
  const { phase, decisionId, applyAt, reminders } = state;
  const applyAfter = applyAt === null ? null : new Date(applyAt).toISOString();
  return { phase: PUBLIC_PHASE[phase], decisionId, applyAfter, reminders };
}
