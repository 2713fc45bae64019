import type { Step } from '../domain/plan.js';
import type { BookedEntry } from '../domain/reconcile-input.js';
import type { ConflictLabels } from '../db/stores/conflicts.js';

export const NO_LABELS: ConflictLabels = {
  ticketId: null,
  ticketNumber: null,
  ticketTitle: null,
  customerKey: null,
  customerName: null,
  personId: null,
  personName: null,
  entryDate: null,
};

/** What the list shows of a case: its lead's ticket, customer, person and day; a gap shows only what it is about. */
export function labelsOf(
  { facts }: Extract<Step, { kind: 'ask' }>,
  entries: ReadonlyMap<string, BookedEntry>,
): ConflictLabels {
  const lead = entries.get(facts.entryIds[0] ?? '');
  if (lead === undefined) return NO_LABELS;
  const { entry, frozen } = lead;
  const customer = {
    customerKey:
      entry.organizationId !== null
        ? `organization:${entry.organizationId}`
        : `customer:${entry.ticketCustomerId ?? ''}`,
    customerName: entry.organizationName ?? entry.ticketCustomerName,
  };
  const person = { personId: frozen.userId, personName: entry.userName };
  if (facts.kind === 'unmapped_activity') return NO_LABELS;
  if (facts.kind === 'unmapped_customer') return { ...NO_LABELS, ...customer };
  if (facts.kind === 'unmapped_user') return { ...NO_LABELS, ...person };
  return {
    ...customer,
    ...person,
    ticketId: entry.ticketId,
    ticketNumber: entry.ticketNumber,
    ticketTitle: entry.ticketTitle,
    entryDate: frozen.entryDate,
  };
}
