import type { ConflictKind } from '../../domain/conflict';

/** What people call a case: its ticket, what is not mapped, or else its kind. */
export function caseName(
  subject: {
    readonly kind: ConflictKind;
    readonly ticketNumber: string | null;
    readonly gapName: string | null;
  },
  kindName: (kind: ConflictKind) => string,
): string {
  if (subject.ticketNumber) return `#${subject.ticketNumber}`;
  return subject.gapName || kindName(subject.kind);
}
