import type { LinkMember } from '../link.js';
import type { Step } from '../plan.js';
import type { SourceBase } from '../time-entry.js';
import type { DesiredTimesheet, Timesheet } from '../timesheet.js';
import { isNearClockChange, msOf, wallClock } from './calendar.js';

/*
 * One line of text for each thing that is done or asked: what the oracle expects and what a plan says are compared as
 * such lines, and a difference reads like a sentence.
 */
export type Target = { readonly userId: string; readonly projectId: string; readonly activityId: string };

const membersText = (members: readonly LinkMember[]): string =>
  members
    .map(({ entryId, signedSeconds }) => `${entryId}:${signedSeconds}`)
    .sort()
    .join(',');

/** What the link becomes: its members, and what the source says. */
export const factsText = (members: readonly LinkMember[], base: SourceBase): string =>
  `{${membersText(members)} ${base.seconds}/${base.activityTypeId ?? '-'}/${base.ticketId}/${base.organizationId ?? '-'}/${base.ticketCustomerId ?? '-'}}`;

const idsText = (rows: readonly Timesheet[]): string => rows.map(({ externalId }) => externalId).join(',');

/** When something lies; null where the oracle does not say at what time. */
export type Lying = {
  readonly day: string;
  readonly seconds: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
};

/**
 * Begin and end as a wall clock shows them. Where the oracle does not say them it still says the day and how long:
 * another duration is not what was refused before, also on a day on which the clock is changed.
 */
const timeText = ({ day, seconds, fromMs, toMs }: Lying, zone: string): string =>
  fromMs === null || toMs === null
    ? `${day} *|${seconds} s`
    : `${wallClock(fromMs, zone)}|${wallClock(toMs, zone)}`;

/** What goes to Kimai. */
export const sentText = (target: Target, lying: Lying, zone: string, description: string): string =>
  [target.userId, target.projectId, target.activityId, timeText(lying, zone), description].join('|');

export const linkLine = (
  kind: 'adopt' | 'accept',
  leadId: string,
  link: {
    readonly rows: readonly Timesheet[];
    readonly accepted: number;
    /** Null: as it is. */
    readonly rounding: number | null;
    readonly closes: boolean;
    readonly facts: string;
  },
): string =>
  `${kind} ${leadId} ${idsText(link.rows)} accepted ${link.accepted} rounding ${link.rounding ?? 'as it is'}${link.closes ? ' closed' : ''} ${link.facts}`;

export const deleteLine = (
  leadId: string,
  row: Timesheet,
  of: { readonly ofLink: boolean; readonly closes: boolean; readonly facts: string },
): string =>
  `delete ${leadId} ${row.externalId}${of.ofLink ? ' of its link' : ''}${of.closes ? ' closed' : ''} ${of.facts}`;

export const createLine = (
  leadId: string,
  row: {
    readonly sequence: number;
    readonly day: string;
    readonly seconds: number;
    readonly sent: string;
    readonly marker: string | null;
    readonly accepted: number;
    readonly facts: string;
  },
): string =>
  `create ${leadId} #${row.sequence} ${row.day} ${row.seconds} s ${row.sent} ${row.marker ?? 'unmarked'} accepted ${row.accepted} ${row.facts}`;

export const updateLine = (
  leadId: string,
  rowId: string,
  row: {
    readonly day: string;
    readonly seconds: number;
    readonly sent: string;
    readonly accepted: number;
    readonly facts: string;
  },
): string =>
  `update ${leadId} ${rowId} ${row.day} ${row.seconds} s ${row.sent} accepted ${row.accepted} ${row.facts}`;

function sentOf(desired: DesiredTimesheet, zone: string, description: string): string {
  const { day, seconds } = desired;
  const [fromMs, toMs] = [msOf(desired.beginAt), msOf(desired.endAt)];
  const isHidden = isNearClockChange(fromMs, toMs, zone);
  const lying = isHidden ? { fromMs: null, toMs: null } : { fromMs, toMs };
  return sentText(desired, { day, seconds, ...lying }, zone, description);
}

/** What a write would send, in the oracle's words; null for what sends nothing. */
export function sentByStep(step: Step, zone: string): string | null {
  if (step.kind === 'create') return sentOf(step.desired, zone, step.desired.description);
  if (step.kind !== 'update') return null;
  const isSame = step.desired.description === (step.row.description ?? '');
  return sentOf(step.desired, zone, isSame ? step.desired.description : '*');
}

/** A step of a plan as a line; of what is shown to people only its subject and kind. */
export function lineOfStep(step: Step, zone: string): string {
  const { kind, leadId } = step;
  const sent = sentByStep(step, zone) ?? '';
  switch (kind) {
    case 'in_sync':
      return `agreed ${leadId}`;
    case 'skip':
    case 'wait':
      return `${kind} ${leadId}`;
    case 'provision':
      return `provision ${step.key}`;
    case 'map':
      return `map gap:${step.gap}:${step.key} ${step.targetId ?? 'ignored'}`;
    case 'ask':
      return `ask ${step.facts.subject} ${step.facts.kind}`;
    case 'adopt':
    case 'accept': {
      const closes = kind === 'accept' && step.closes;
      const rounding = kind === 'accept' ? step.roundingSeconds : null;
      const facts = factsText(step.members, step.sourceBase);
      const { rows, acceptedSeconds: accepted } = step;
      return linkLine(kind, leadId, { rows, accepted, rounding, closes, facts });
    }
    case 'delete': {
      const facts = factsText(step.members, step.sourceBase);
      return deleteLine(leadId, step.row, { ofLink: step.linkId !== null, closes: step.closes, facts });
    }
    case 'create': {
      const { day, seconds } = step.desired;
      const facts = factsText(step.members, step.sourceBase);
      return createLine(leadId, { ...step, day, seconds, sent, accepted: step.acceptedSeconds, facts });
    }
    case 'update': {
      const { day, seconds } = step.desired;
      const facts = factsText(step.members, step.sourceBase);
      const accepted = step.acceptedSeconds;
      return updateLine(leadId, step.row.externalId, { day, seconds, sent, accepted, facts });
    }
    default:
      return step satisfies never;
  }
}
