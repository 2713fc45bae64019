import { ZONE, entry } from '../books.test-support.js';
import { toSeconds } from '../duration.js';
import { entryDate } from '../entry-date.js';
import type { BookedEntry } from '../reconcile-input.js';
import type { TimeEntry } from '../time-entry.js';

/** A number as Zammad writes it; what does not come out even in this unit becomes an unreadable record. */
export function measured(
  seconds: number | null,
  secondsPerUnit: number,
): Pick<TimeEntry, 'unitText' | 'seconds' | 'unreadable'> {
  // "0.0001" of any unit is no whole second; people type such things.
  const unitText = seconds === null ? '0.0001' : decimal(seconds, secondsPerUnit);
  const parsed = toSeconds(unitText, secondsPerUnit);
  if (parsed.ok) return { unitText, seconds: parsed.seconds, unreadable: null };
  return { unitText, seconds: null, unreadable: parsed.problem };
}

/** At most four places, as Zammad keeps them: 20 seconds of an hour become 0.0056 and do not come out even. */
const decimal = (seconds: number, secondsPerUnit: number): string =>
  (seconds / secondsPerUnit).toFixed(4).replace(/0{1,3}$/, '');

/** The list of entries, as a Zammad and the people in it make it. */
export class Zammad {
  entries: readonly BookedEntry[] = [];

  book(
    booked: Pick<TimeEntry, 'ticketId' | 'userId' | 'activityTypeId'> & {
      readonly seconds: number | null;
      readonly bookedAt: string;
    },
    secondsPerUnit: number,
  ): void {
    const sibling = this.entries.find((one) => one.entry.ticketId === booked.ticketId)?.entry;
    const { ticketId, userId, activityTypeId, bookedAt } = booked;
    const one = entry(this.entries.length + 1, {
      ticketId,
      userId,
      activityTypeId,
      bookedAt,
      ...measured(booked.seconds, secondsPerUnit),
      ticketNumber: `500${booked.ticketId}`,
      ticketTitle: sibling?.ticketTitle ?? 'Drucker druckt nicht',
      organizationId: sibling ? sibling.organizationId : '7',
      ticketCustomerId: sibling?.ticketCustomerId ?? '9',
      ticketMerged: sibling?.ticketMerged ?? false,
    });
    const frozen = { userId, bookedAt, entryDate: entryDate(bookedAt, ZONE) };
    // Two days later is soon; what is booked in October is old when it is first seen.
    this.entries = [
      ...this.entries,
      { entry: one, frozen, firstSeenAt: '2026-11-22T08:00:00Z', state: null },
    ];
  }

  change(at: number, changeOf: (old: TimeEntry) => Partial<TimeEntry>): void {
    const chosen = at % Math.max(1, this.entries.length);
    this.entries = this.entries.map((one, index) =>
      index === chosen ? { ...one, entry: { ...one.entry, ...changeOf(one.entry) } } : one,
    );
  }

  changeTicket(ticketId: string, changes: Partial<TimeEntry>): void {
    this.entries = this.entries.map((one) =>
      one.entry.ticketId === ticketId ? { ...one, entry: { ...one.entry, ...changes } } : one,
    );
  }

  /** An entry that lies on another ticket has that one's number, title and customer. */
  move(at: number, ticketId: string): void {
    const there = this.entries.find((one) => one.entry.ticketId === ticketId)?.entry;
    this.change(at, () => ({
      ticketId,
      ticketNumber: `500${ticketId}`,
      ticketTitle: there?.ticketTitle ?? 'Drucker druckt nicht',
      organizationId: there ? there.organizationId : '7',
      ticketCustomerId: there?.ticketCustomerId ?? '9',
    }));
  }
}
