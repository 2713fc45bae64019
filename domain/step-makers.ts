import { markerOf, newTimesheet } from './desired.js';
import { roundToMinutes } from './duration.js';
import type { Booking } from './gaps.js';
import { entryIdsOf, secondsOf, sourceBaseOf, standingRows, type LeadCase } from './lead-case.js';
import { closedDay } from './locks.js';
import { placeFrom, placeTime, type Place } from './placement.js';
import type { Step, StepCause } from './plan.js';
import type { Planning } from './planning.js';
import { reason, type Reason } from './reason.js';
import type { Day, Seconds } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

/** Who settled a step, and why it is there. */
export type Cause = { readonly by: StepCause; readonly why: Reason };

const linkFacts = (about: LeadCase) => ({
  leadId: about.lead.entry.id,
  members: about.members,
  sourceBase: sourceBaseOf(about),
});

/** Links rows as they are; what differs from the entry, and is no rounding of the link, is recorded as accepted. */
export function adoptStep(about: LeadCase, rows: readonly Timesheet[], cause: Cause): Step {
  return {
    kind: 'adopt',
    ...linkFacts(about),
    ...cause,
    linkId: about.link?.id ?? null,
    rows,
    acceptedSeconds: secondsOf(rows) - about.seconds - (about.link?.roundingSeconds ?? 0),
  };
}

/** Nothing to do: what was chosen is what the link says already. */
export const agreedStep = (about: LeadCase, cause: Cause): Step => ({
  kind: 'in_sync',
  leadId: about.lead.entry.id,
  linkId: about.link?.id ?? null,
  ...cause,
});

/** Both bases move to what is there; `acceptedSeconds` and `roundingSeconds` are the link's new totals. */
export function acceptStep(
  about: LeadCase,
  linkId: string,
  accepted: { readonly seconds: Seconds; readonly rounding: Seconds; readonly closes: boolean },
  cause: Cause,
): Step {
  return {
    kind: 'accept',
    ...linkFacts(about),
    ...cause,
    linkId,
    rows: standingRows(about).map((row) => row.now),
    acceptedSeconds: accepted.seconds,
    roundingSeconds: accepted.rounding,
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
  /** What a person adds to the time of the entry, or leaves out: it is accepted with the write. */
  readonly acceptedSeconds?: Seconds;
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
      acceptedSeconds: (about.link?.acceptedSeconds ?? 0) + (row.acceptedSeconds ?? 0),
      marker: markerOf(about, bridge, row.sequence),
    },
  };
}

function placeOf({ bridge }: Planning, { lead }: LeadCase, row: NewRow): Place {
  const zone = bridge.timeZone;
  const { placement, dayStart } = bridge.policies;
  const seconds = roundToMinutes(row.seconds);
  const day = row.day ?? lead.frozen.entryDate;
  const begin = row.begin ?? (day === lead.frozen.entryDate ? null : dayStart);
  return begin === null
    ? placeTime({ day, bookedAt: lead.frozen.bookedAt, seconds, placement, dayStart, zone })
    : placeFrom(begin, { day, seconds, zone });
}
