import type { Choice, DecisionParameters } from './conflict.js';
import type { Step } from './plan.js';
import type { BridgeRules } from './policies.js';
import type { Planning } from './planning.js';
import type { Question } from './question.js';
import { predictedSeconds } from './predicted-seconds.js';
import { reason, type Reason } from './reason.js';
import type { Cause, Placed } from './step-makers.js';
import type { Seconds } from './time-entry.js';

/** What a choice means in steps, and in words before the click; or why it cannot be chosen right now. */
export type Chosen =
  | { readonly ok: true; readonly steps: readonly Step[]; readonly effect: Reason }
  | { readonly ok: false; readonly blocked: Reason };

export type Choosing = {
  readonly planning: Planning;
  readonly question: Question;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly cause: Cause;
};

/** The preview of one new row. */
export function fromPlaced({ bridge }: Planning, placed: Placed): Chosen {
  if (!placed.ok) return placed;
  const { desired } = placed.step;
  const effect = reason('will_create', {
    newSeconds: desired.seconds,
    rowDay: desired.day,
    beginAt: desired.beginAt,
    ...roundedTo(bridge, [placed.step]),
  });
  return { ok: true, steps: [placed.step], effect };
}

/**
 * What the target will make of the time of one row, as a fact of an effect; no fact where it rounds nothing. Several
 * rows are told by their sum, which nobody could compare with it.
 */
export function roundedTo(
  { target }: BridgeRules,
  steps: readonly Step[],
): { readonly roundedSeconds?: Seconds } {
  const written = steps.flatMap((step) =>
    step.kind === 'create' || step.kind === 'update' ? [step.desired] : [],
  );
  const [desired] = written;
  if (!desired || written.length > 1) return {};
  const roundedSeconds = predictedSeconds(desired, target.rounding);
  return roundedSeconds === desired.seconds ? {} : { roundedSeconds };
}
