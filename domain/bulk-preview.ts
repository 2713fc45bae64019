import type { Choice, ConflictFacts } from './conflict.js';
import { validateDecision } from './decide.js';
import { reason, type Reason } from './reason.js';
import { secondPersonMissing } from './second-person.js';

/** A case as it stands, beside the version that the person saw. */
export type BulkCase = {
  readonly conflictId: string;
  readonly open: boolean;
  readonly version: string;
  readonly seenVersion: string;
  readonly facts: ConflictFacts;
  /** From how much time on it takes two people, who decide one by one; null when one is enough. */
  readonly secondPersonFrom: number | null;
};

/** What one choice would do with many cases, counted by what it writes to Kimai. */
export type BulkPreview = {
  readonly creates: number;
  readonly updates: number;
  readonly deletes: number;
  /** Decided, and nothing is written. */
  readonly writesNothing: number;
  readonly blocked: readonly { readonly conflictId: string; readonly reason: Reason }[];
  /** Changed or decided since the person looked. */
  readonly stale: readonly string[];
};

type Effect = 'creates' | 'updates' | 'deletes' | 'writesNothing';

const EFFECTS: Readonly<Record<string, Effect>> = {
  will_create: 'creates',
  will_update: 'updates',
  will_update_several: 'updates',
  will_deduct: 'updates',
  will_delete: 'deletes',
  will_keep_one: 'deletes',
};

/** "31 create, 4 update, 2 blocked", from the previews that each case keeps for its choices. */
export function previewBulk(choice: Choice, cases: readonly BulkCase[]): BulkPreview {
  const counts = { creates: 0, updates: 0, deletes: 0, writesNothing: 0 };
  const blocked: BulkPreview['blocked'][number][] = [];
  const stale: string[] = [];
  for (const one of cases) {
    if (!one.open || one.version !== one.seenVersion) {
      stale.push(one.conflictId);
      continue;
    }
    const alone = one.secondPersonFrom === null ? null : secondPersonMissing(one.secondPersonFrom);
    const problem = validateDecision(one.facts, choice, {}) ?? alone;
    if (problem === null) counts[effectOf(one.facts, choice)] += 1;
    else blocked.push({ conflictId: one.conflictId, reason: problem });
  }
  return { ...counts, blocked, stale };
}

function effectOf({ choices }: ConflictFacts, choice: Choice): Effect {
  const { effect } = choices.find((one) => one.choice === choice) ?? {
    effect: reason('will_change_nothing'),
  };
  return EFFECTS[effect.code] ?? 'writesNothing';
}
