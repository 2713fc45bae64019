import { markerOf, newTimesheet } from './desired.js';
import { roundToMinutes } from './duration.js';
import type { Booking } from './gaps.js';
import { entryIdsOf, secondsOf, sourceBaseOf, standingRows, type LeadCase } from './lead-case.js';
import { closedDay } from './locks.js';
import { placeTime, type Place } from './placement.js';
import type { Step, StepCause } from './plan.js';
import type { Planning } from './planning.js';
import { reason, type Reason } from './reason.js';
import type { Day, Seconds } from './time-entry.js';
import type { Timesheet } from './timesheet.js';
import { atLocalTime, toInstant } from './zone.js';

/** Who settled a step, and why it is there. */
export type Cause = { readonly by: StepCause; readonly why: Reason };

const linkFacts = (about: LeadCase) => ({
  leadId: about.lead.entry.id,
  members: about.members,
  sourceBase: sourceBaseOf(about),
});

/** Links rows as they are; their difference to the entry is recorded as accepted. */
export function adoptStep(about: LeadCase, rows: readonly Timesheet[], cause: Cause): Step {
  return {
    kind: 'adopt',
    ...linkFacts(about),
    ...cause,
    linkId: about.link?.id ?? null,
    rows,
    acceptedSeconds: secondsOf(rows) - about.seconds,
  };
}

/** Both bases move to what is there; `acceptedSeconds` is the link's new total. */
export function acceptStep(
  about: LeadCase,
  linkId: string,
  accepted: { readonly seconds: Seconds; readonly closes: boolean },
  cause: Cause,
): Step {
  return {
    kind: 'accept',
    ...linkFacts(about),
    ...cause,
    linkId,
    rows: standingRows(about).map((row) => row.now),
    acceptedSeconds: accepted.seconds,
    closes: accepted.closes,
  };
}

/** `linkId` null deletes a row that is no part of the link (a surplus one). */
export function deleteStep(
  about: LeadCase,
  deleted: { readonly row: Timesheet; readonly linkId: string | null; readonly closes: boolean },
  cause: Cause,
): Step {
  return { kind: 'delete', ...linkFacts(about), ...deleted, ...cause };
}

export const skipStep = (about: LeadCase, cause: Cause): Step => ({
  kind: 'skip',
  leadId: about.lead.entry.id,
  entryIds: entryIdsOf(about),
  ...cause,
});

export type NewRow = {
  readonly booking: Booking;
  readonly seconds: Seconds;
  readonly role: 'main' | 'correction';
  readonly sequence: number;
  /** The open day of a correction; null: where the entry belongs. */
  readonly day: Day | null;
  /** A person's own begin, `HH:mm` or local date and time. */
  readonly begin?: string;
};

export type Placed =
  | { readonly ok: true; readonly step: Extract<Step, { kind: 'create' }> }
  | { readonly ok: false; readonly blocked: Reason };

/** A new row where the policies place it; blocked on a closed day or when that day has no free place. */
export function createStep(planning: Planning, about: LeadCase, row: NewRow, cause: Cause): Placed {
  const { bridge, occupancy } = planning;
  const wanted = placeOf(planning, about, row);
  const closed = closedDay(wanted.day, bridge.closedUntil);
  if (closed) return { ok: false, blocked: closed };
  const place = occupancy ? occupancy.freePlace(row.booking.userId, wanted) : wanted;
  if (!place) return { ok: false, blocked: reason('no_free_place', { rowDay: wanted.day }) };
  const desired = newTimesheet(about, { booking: row.booking, place, sequence: row.sequence }, bridge);
  return {
    ok: true,
    step: {
      kind: 'create',
      ...linkFacts(about),
      ...cause,
      linkId: about.link?.id ?? null,
      role: row.role,
      sequence: row.sequence,
      desired,
      marker: markerOf(about, bridge, row.sequence),
    },
  };
}

function placeOf({ bridge }: Planning, { lead }: LeadCase, row: NewRow): Place {
  const zone = bridge.timeZone;
  const { placement, dayStart } = bridge.policies;
  const seconds = roundToMinutes(row.seconds);
  const day = row.day ?? lead.frozen.entryDate;
  const time = row.begin ?? (day === lead.frozen.entryDate ? null : dayStart);
  if (time === null)
    return placeTime({ day, bookedAt: lead.frozen.bookedAt, seconds, placement, dayStart, zone });
  const [date, clock] = time.includes('T') ? time.split('T') : [day, time];
  const bookedAt = toInstant(atLocalTime(date ?? day, clock ?? dayStart, zone));
  return placeTime({ day: date ?? day, bookedAt, seconds, placement: 'starts_when_booked', dayStart, zone });
}
