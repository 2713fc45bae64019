import { byBooking } from './booking-order.js';
import { correctionQuestion, decidedLeads, type Correction } from './corrections.js';
import { groupBy } from './group-by.js';
import type { Decision } from './conflict.js';
import { leadIdOf, type LeadCase } from './lead-case.js';
import type { Link } from './link.js';
import { netCorrections, sumOf, type LeftOver, type Netting } from './netting.js';
import type { Planning } from './planning.js';
import type { BookedEntry } from './reconcile-input.js';
import type { Scope } from './scope.js';

export type Cases = { readonly cases: readonly LeadCase[]; readonly corrections: readonly Correction[] };

/** Nets the corrections, with what people decided about them, and gathers each lead's link and rows. */
export function leadCases(planning: Planning, scope: Scope): Cases {
  const undecided = net(planning, scope, new Map());
  const first = gather(planning, scope, undecided);
  const applied = decidedLeads(planning, first.corrections);
  return applied.size === 0 ? first : gather(planning, scope, net(planning, scope, applied));
}

const net = ({ input, bridge }: Planning, scope: Scope, applied: ReadonlyMap<string, string>): Netting =>
  netCorrections({
    entries: scope.standing,
    links: input.links,
    gone: new Set(scope.deleted.map(({ entry }) => entry.id)),
    automatic: bridge.policies.corrections === 'net',
    applied,
    chosen: chosenLeads(input.decisions),
  });

const chosenLeads = (decisions: readonly Decision[]): ReadonlyMap<string, string> =>
  new Map(
    decisions.flatMap(({ subject, choice, parameters: { targetId } }) =>
      choice === 'apply_to' && targetId !== undefined ? [[leadIdOf(subject), targetId] as const] : [],
    ),
  );

function gather(planning: Planning, scope: Scope, netting: Netting): Cases {
  const cases: LeadCase[] = [];
  for (const [leadId, { booked: lead, members }] of netting.leads) {
    const link = planning.linkByLead.get(leadId) ?? null;
    const rows = rowsOf(planning, link);
    cases.push({ lead, stands: true, members, seconds: sumOf(members), link, rows });
  }
  for (const link of planning.input.links) {
    const lead = fallenLead(scope, netting, link);
    if (lead)
      cases.push({ lead, stands: false, members: [], seconds: 0, link, rows: rowsOf(planning, link) });
  }
  cases.sort((a, b) => byBooking(a.lead, b.lead));
  return { cases, corrections: correctionsOf(netting.leftOver, cases) };
}

/** A linked lead that is deleted or no longer positive. One that was not read, or lies before the start, proves nothing. */
function fallenLead({ byId, unproven }: Scope, netting: Netting, link: Link): BookedEntry | null {
  if (netting.leads.has(link.leadId)) return null;
  const lead = byId.get(link.leadId);
  return !lead || unproven.has(lead) ? null : lead;
}

function rowsOf({ rows }: Planning, link: Link | null): LeadCase['rows'] {
  return (link?.rows ?? []).map((linked) => ({
    linked,
    now: rows.get(linked.externalId) ?? linked.targetBase,
  }));
}

function correctionsOf(leftOver: readonly LeftOver[], cases: readonly LeadCase[]): readonly Correction[] {
  if (leftOver.length === 0) return [];
  const byTicket = groupBy(
    cases.filter((one) => one.stands && one.seconds > 0),
    (one) => one.lead.entry.ticketId,
  );
  return leftOver.map((left) => ({
    left,
    question: correctionQuestion(left, byTicket.get(left.entry.entry.ticketId) ?? []),
  }));
}
