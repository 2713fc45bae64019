import type { ConflictKind } from '../../../../domain/conflict';
import type { ConflictRow } from '../../../data/conflicts';

/** What people call a case: its ticket, what is not mapped, or else its kind. */
export function caseName(row: ConflictRow, kindName: (kind: ConflictKind) => string): string {
  if (row.ticketNumber) return `#${row.ticketNumber}`;
  return row.gap?.name || kindName(row.kind);
}
