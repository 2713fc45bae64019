import type { Choice, DecisionParameters } from './conflict.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import type { Question } from './question.js';
import { reason, type Reason } from './reason.js';
import type { Cause, Placed } from './step-makers.js';

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
export function fromPlaced(placed: Placed): Chosen {
  if (!placed.ok) return placed;
  const { desired } = placed.step;
  const effect = reason('will_create', {
    newSeconds: desired.seconds,
    rowDay: desired.day,
    beginAt: desired.beginAt,
  });
  return { ok: true, steps: [placed.step], effect };
}
