import type { EntryState } from '../plan.js';
import type { SourceBase } from '../time-entry.js';
import type { Timesheet } from '../timesheet.js';
import { leadIdOf, standing, sumOf, type Booking, type Case, type Taken } from './books.js';
import { createLine, deleteLine, factsText, linkLine, sentText, updateLine } from './lines.js';
import type { Place } from './placing.js';

/** Something that is done, asked or left, in one line, and where it leaves the entries it is about. */
export type Effect = {
  readonly line: string;
  readonly leadId: string;
  readonly state: EntryState;
  readonly entryIds: readonly string[];
  /** What would be sent: the same is not tried again after a refusal. */
  readonly sent: string | null;
  readonly takes: Taken | null;
  readonly endsMs: number | null;
  readonly does: 'create' | 'update' | 'delete' | 'link' | 'reports deleted' | 'nothing';
  readonly byPerson: boolean;
};

export const entriesOf = ({ lead, members }: Case): readonly string[] =>
  members.length === 0 ? [lead.entry.id] : members.map(({ entryId }) => entryId);

const effect = (about: Case, parts: Pick<Effect, 'line' | 'state'> & Partial<Effect>): Effect => ({
  leadId: leadIdOf(about),
  entryIds: entriesOf(about),
  sent: null,
  takes: null,
  endsMs: null,
  does: 'nothing',
  byPerson: false,
  ...parts,
});

/** What the source says now; of a lead that is gone what it said last. */
function sourceOf({ lead: { entry }, stands, link }: Case): SourceBase {
  if (!stands && link) return link.sourceBase;
  const { activityTypeId, ticketId, organizationId, ticketCustomerId } = entry;
  return { seconds: entry.seconds ?? 0, activityTypeId, ticketId, organizationId, ticketCustomerId };
}

const factsOf = (about: Case): string => factsText(about.members, sourceOf(about));

export const agreedEffect = (about: Case): Effect =>
  effect(about, { line: `agreed ${leadIdOf(about)}`, state: 'agreed' });

export const skipEffect = (about: Case): Effect =>
  effect(about, { line: `skip ${leadIdOf(about)}`, state: 'skipped' });

export const waitEffect = (about: Case, entryIds: readonly string[]): Effect =>
  effect(about, { line: `wait ${leadIdOf(about)}`, state: 'pending', entryIds });

export const askEffect = (
  about: Case,
  asked: { readonly subject: string; readonly kind: string; readonly entryIds: readonly string[] },
): Effect =>
  effect(about, {
    line: `ask ${asked.subject} ${asked.kind}`,
    state: 'waiting',
    entryIds: asked.entryIds,
    does: ['source_deleted', 'target_deleted'].includes(asked.kind) ? 'reports deleted' : 'nothing',
  });

export const mapEffect = (
  about: Case,
  subject: string,
  targetId: string | null,
  entryIds: readonly string[],
): Effect => effect(about, { line: `map ${subject} ${targetId ?? 'ignored'}`, state: 'pending', entryIds });

/** Who is billed is made first; the entries behind it are planned again after that. */
export const provisionEffect = (about: Case, key: string, entryIds: readonly string[]): Effect =>
  effect(about, { line: `provision ${key}`, state: 'pending', entryIds });

/** Rows become linked as they are; what differs, and is no rounding, was accepted with it. */
export const adoptEffect = (about: Case, rows: readonly Timesheet[]): Effect => {
  const accepted = sumOf(rows) - about.sum - (about.link?.roundingSeconds ?? 0);
  const link = { rows, accepted, rounding: null, closes: false, facts: factsOf(about) };
  return effect(about, { line: linkLine('adopt', leadIdOf(about), link), state: 'agreed', does: 'link' });
};

/** Both bases move to what is there; nobody who only keeps changes what rounding explains. */
export const acceptEffect = (
  about: Case,
  accepted: number,
  closes: boolean,
  rounding = about.link?.roundingSeconds ?? 0,
): Effect => {
  const link = { rows: standing(about), accepted, rounding, closes, facts: factsOf(about) };
  return effect(about, { line: linkLine('accept', leadIdOf(about), link), state: 'agreed', does: 'link' });
};

export const deleteEffect = (
  about: Case,
  row: Timesheet,
  of: { readonly ofLink: boolean; readonly closes: boolean },
): Effect =>
  effect(about, {
    line: deleteLine(leadIdOf(about), row, { ...of, facts: factsOf(about) }),
    state: 'pending',
    sent: 'delete',
    does: 'delete',
  });

export function createEffect(
  about: Case,
  row: {
    readonly sequence: number;
    readonly place: Place;
    readonly booking: Booking;
    readonly zone: string;
    readonly description: string;
    readonly marker: string | null;
    readonly accepted: number;
  },
): Effect {
  const { place, booking, zone, description } = row;
  const { day, seconds, fromMs } = place;
  const toMs = fromMs === null ? null : fromMs + seconds * 1000;
  const sent = sentText(booking, { day, seconds, fromMs, toMs }, zone, description);
  return effect(about, {
    line: createLine(leadIdOf(about), { ...row, day, seconds, sent, facts: factsOf(about) }),
    state: 'pending',
    sent,
    takes: fromMs === null || toMs === null ? null : { userId: booking.userId, fromMs, toMs },
    endsMs: toMs,
    does: 'create',
  });
}

export function updateEffect(
  about: Case,
  row: Timesheet,
  wanted: {
    readonly booking: Booking;
    readonly day: string;
    readonly seconds: number;
    readonly fromMs: number | null;
    readonly toMs: number | null;
    readonly accepted: number;
    readonly zone: string;
    /** Null: our line is written anew, which is checked elsewhere. */
    readonly description: string | null;
  },
): Effect {
  const { booking, zone, toMs } = wanted;
  const sent = sentText(booking, wanted, zone, wanted.description ?? '*');
  return effect(about, {
    line: updateLine(leadIdOf(about), row.externalId, { ...wanted, sent, facts: factsOf(about) }),
    state: 'pending',
    sent,
    endsMs: toMs,
    does: 'update',
  });
}
