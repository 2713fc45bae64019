import type { GapLedger } from './gap-ledger.js';
import { mapEntry } from './gaps.js';
import { versionOf } from './facts.js';
import { subjectOfLead, type LeadCase } from './lead-case.js';
import type { LeftOver } from './netting.js';
import type { Planning } from './planning.js';
import { question, type Question } from './question.js';
import { reason } from './reason.js';

/** A correction, or a part of one, that found no lead by itself. */
export type Correction = { readonly left: LeftOver; readonly question: Question };

/** Which lead the time should be taken from; the leads are those of the same ticket. */
export function correctionQuestion({ entry, seconds }: LeftOver, leads: readonly LeadCase[]): Question {
  const about: LeadCase = {
    lead: entry,
    stands: true,
    members: [{ entryId: entry.entry.id, signedSeconds: seconds }],
    seconds,
    link: null,
    rows: [],
  };
  return question({
    kind: 'correction',
    subject: subjectOfLead(entry.entry.id),
    about,
    why: reason('correction', {
      sourceSeconds: seconds,
      entryDay: entry.frozen.entryDate,
      ticketNumber: entry.entry.ticketNumber,
      leadCount: leads.length,
    }),
    secondsAtStake: seconds,
    quiet: true,
    leftOver: { seconds, leads },
  });
}

/** What people decided with *apply to*, for the facts as they are: correction entry → lead entry. */
export function decidedLeads(
  planning: Planning,
  corrections: readonly Correction[],
): ReadonlyMap<string, string> {
  const applied = new Map<string, string>();
  for (const { left, question: asked } of corrections) {
    const decision = planning.decisions.get(asked.subject);
    if (decision?.kind !== 'correction' || decision.choice !== 'apply_to') continue;
    const lead = asked.leftOver?.leads.find((one) => one.lead.entry.id === decision.parameters.targetId);
    if (!lead || lead.seconds + left.seconds < 0) continue;
    if (versionOf(planning, asked) === decision.version) applied.set(left.entry.entry.id, lead.lead.entry.id);
  }
  return applied;
}

/** The corrections that are asked about; those of an unmapped type or person wait behind that gap. */
export function questionsOfCorrections(
  planning: Planning,
  corrections: readonly Correction[],
  gaps: GapLedger,
): readonly Question[] {
  return corrections.flatMap(({ left, question: asked }) => {
    const mapping = mapEntry(left.entry, planning.bridge);
    if (mapping.ok) return [asked];
    gaps.add(asked.about, mapping);
    return [];
  });
}
