import { compareIds } from './booking-order.js';
import { canonicalText } from './canonical.js';
import type { ConflictFacts } from './conflict.js';
import { gapSubject, type Gap, type Mapping } from './gaps.js';
import { entryIdsOf, type LeadCase } from './lead-case.js';
import type { Step } from './plan.js';
import type { Planning } from './planning.js';
import { provisionKey, provisionOf, type Provision } from './provision.js';
import { reason } from './reason.js';
import type { Refusal } from './reconcile-input.js';
import type { Seconds } from './time-entry.js';

type Waiting = {
  readonly gap: Gap;
  readonly entryIds: Set<string>;
  readonly leadIds: string[];
  seconds: Seconds;
};

/** One conflict a gap, however many entries wait behind it; an entry waits behind all its gaps. */
export class GapLedger {
  private readonly gaps = new Map<string, Waiting>();
  private readonly ignored: Step[] = [];

  constructor(private readonly planning: Planning) {}

  /** Puts a lead behind its gaps, or leaves it out where people chose to ignore one of them. */
  add(about: LeadCase, mapping: Exclude<Mapping, { ok: true }>): void {
    const leadId = about.lead.entry.id;
    if ('ignored' in mapping) {
      const { kind, key, name } = mapping.ignored;
      const why = reason('ignored_mapping', { gapKind: kind, key, name });
      this.ignored.push({ kind: 'skip', leadId, by: { kind: 'policy' }, why, entryIds: entryIdsOf(about) });
      return;
    }
    for (const gap of mapping.gaps) {
      const waiting = this.waitingBehind(gap);
      for (const id of entryIdsOf(about)) waiting.entryIds.add(id);
      waiting.leadIds.push(leadId);
      waiting.seconds += about.seconds;
    }
  }

  /** Asks about each gap once, or makes the mapping that a person decided on. */
  steps(): readonly Step[] {
    const subjects = [...this.gaps.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return [...this.ignored, ...subjects.map(([subject, waiting]) => this.stepFor(subject, waiting))];
  }

  /** Which entries wait behind a subject. */
  entryIdsBehind(subject: string): readonly string[] {
    return [...(this.gaps.get(subject)?.entryIds ?? [])].sort(compareIds);
  }

  private waitingBehind(gap: Gap): Waiting {
    const subject = gapSubject(gap);
    const known = this.gaps.get(subject);
    if (known) return known;
    const waiting: Waiting = { gap, entryIds: new Set(), leadIds: [], seconds: 0 };
    this.gaps.set(subject, waiting);
    return waiting;
  }

  private stepFor(subject: string, waiting: Waiting): Step {
    const refused = this.refusalOf(subject, waiting.gap);
    const facts = this.factsOf(subject, waiting, refused);
    const leadId = [...waiting.leadIds].sort(compareIds)[0] ?? '';
    const { kind, key } = waiting.gap;
    const decision = this.planning.decisions.get(subject);
    if (
      decision?.version === facts.version &&
      (decision.choice === 'ignore' || decision.parameters.targetId)
    ) {
      const by = { kind: 'decision', decisionId: decision.id } as const;
      const targetId = decision.choice === 'map' ? (decision.parameters.targetId ?? null) : null;
      return {
        kind: 'map',
        leadId,
        by,
        why: reason('decided', { choice: decision.choice }),
        gap: kind,
        key,
        targetId,
      };
    }
    const provision = refused === null ? this.provisionFor(waiting.gap) : null;
    if (provision !== null) {
      const { name } = provision.customer;
      const why = reason('will_provision', { name, number: provision.customer.number });
      const { entryIds, secondsAtStake: seconds } = facts;
      return { kind: 'provision', leadId, by: { kind: 'policy' }, why, key, provision, entryIds, seconds };
    }
    return { kind: 'ask', leadId, by: { kind: 'policy' }, why: facts.why, facts };
  }

  /** What the policy makes for a gap; null where people say. */
  private provisionFor(gap: Gap): Provision | null {
    const { policies, code } = this.planning.bridge;
    return policies.customers === 'create' ? provisionOf(gap, code) : null;
  }

  /** Why the target got no customer, as long as the same would be made. */
  private refusalOf(subject: string, gap: Gap): Refusal | null {
    const provision = this.provisionFor(gap);
    const refusal = this.planning.input.refusals[subject];
    if (provision === null || refusal === undefined) return null;
    return refusal.sent === provisionKey(provision) ? refusal : null;
  }

  private factsOf(subject: string, { gap, seconds }: Waiting, refused: Refusal | null): ConflictFacts {
    const entryIds = this.entryIdsBehind(subject);
    const facts = {
      name: gap.name,
      key: gap.key,
      entryCount: entryIds.length,
      sourceSeconds: seconds,
      ...(refused === null ? {} : { cause: refused.code, quoted: refused.quoted.join(' ') }),
    };
    return {
      kind: gap.kind,
      subject,
      // Only the gap itself: another entry that comes to wait behind it is no new question.
      version: this.planning.input.hash(
        canonicalText(refused === null ? { subject } : { subject, refused: refused.code }),
      ),
      why: reason(refused === null ? gapCode(gap) : 'provision_refused', facts),
      entryIds,
      base: null,
      source: null,
      target: null,
      targetRowId: null,
      candidates: [],
      differing: [],
      secondsAtStake: seconds,
      gap: { key: gap.key, name: gap.name },
      choices: [
        { choice: 'map', targetId: null, effect: reason('will_map', facts), desired: null, blocked: null },
        {
          choice: 'ignore',
          targetId: null,
          effect: reason('will_ignore', facts),
          desired: null,
          blocked: null,
        },
      ],
    };
  }
}

/** An entry without a type, and a ticket without a customer, are gaps of their own wording. */
function gapCode({ kind, key }: Gap): string {
  if (kind === 'unmapped_activity' && key === '') return 'unmapped_no_activity';
  if (kind === 'unmapped_customer' && key.startsWith('customer:')) {
    return key === 'customer:' ? 'unmapped_no_customer' : 'unmapped_ticket_customer';
  }
  return kind;
}
