import type { Day, Instant } from './time-entry.js';
import { instantMs, zoneDayAt } from './zone.js';

/** The day an entry belongs to: the local date of its booking in the source connector's one zone. */
export const entryDate = (bookedAt: Instant, zone: string): Day => zoneDayAt(instantMs(bookedAt), zone).day;

/** `YYYY-MM` of a day: the unit in which sums are proved. */
export const monthOf = (day: Day): string => day.slice(0, 7);
