import type { Choice, DecisionParameters } from '../conflict.js';
import type { Seconds } from '../time-entry.js';
import type { Timesheet } from '../timesheet.js';
import {
  isClosed,
  isLocked,
  isThere,
  leadIdOf,
  leftAsItIs,
  standing,
  standsFor,
  type Books,
  type Case,
  type Question,
  type Values,
} from './books.js';
import { dayAfter, localDay, msOf, wholeMinutes } from './calendar.js';
import {
  acceptEffect,
  adoptEffect,
  agreedEffect,
  createEffect,
  deleteEffect,
  skipEffect,
  type Effect,
} from './effects.js';
import { placeOf } from './placing.js';
import { rewritten } from './rewriting.js';
import { deductibleFrom } from './deducting.js';

/** What a choice comes to; or why it cannot be made. */
export type Made = readonly Effect[] | { readonly blocked: string };
export const isBlocked = (made: Made): made is { readonly blocked: string } => 'blocked' in made;

/** books.md, table of kinds, "decisions": the same meaning for people, policies and rules. */
export function make(books: Books, question: Question, choice: Choice, parameters: DecisionParameters): Made {
  const effects: Effect[] = [];
  for (const one of [{ ...question, together: [] }, ...question.together]) {
    const made = makeOne(books, one, choice, parameters);
    if (isBlocked(made)) return made;
    effects.push(...made);
  }
  return effects;
}

function makeOne(books: Books, question: Question, choice: Choice, parameters: DecisionParameters): Made {
  const { about } = question;
  switch (choice) {
    case 'link':
    case 'link_one':
    case 'it_is_there': {
      const chosen = chosenCandidates(question, parameters.targetId);
      if (chosen.length === 0) return { blocked: 'no candidate' };
      return [isLinkedTo(about, chosen) ? agreedEffect(about) : adoptEffect(about, chosen)];
    }
    case 'keep_one':
      return keepOne(books, question, parameters.targetId);
    case 'create':
    case 'create_again':
    case 'it_is_not_there':
      return createMain(books, question, parameters);
    case 'take_source':
    case 'per_field':
      return rewrite(
        books,
        question,
        choice === 'per_field' ? (parameters.fields ?? {}) : null,
        parameters.edit,
      );
    case 'keep_target':
      return about.link
        ? [acceptEffect(about, leftAsItIs(about), false)]
        : [
            adoptEffect(
              about,
              about.rows.map(({ now }) => now),
            ),
          ];
    case 'delete_target':
      return deleteAll(books, about);
    case 'keep':
    case 'accept_deletion': {
      const closes = !about.stands || standsFor(about) === 0;
      return about.link ? [acceptEffect(about, leftAsItIs(about), closes)] : { blocked: 'not linked' };
    }
    case 'book_correction':
      return bookCorrection(books, question);
    case 'deduct':
      return deduct(books, question, parameters.targetId);
    case 'credit_outside':
      return about.link ? [acceptEffect(about, leftAsItIs(about), !about.stands)] : [adoptEffect(about, [])];
    case 'retry':
    case 'write_again':
    case 'edit_and_retry':
      return tryAgain(books, question, parameters);
    case 'skip':
    case 'leave':
    case 'leave_undone':
    case 'drop':
      return [skipEffect(about)];
    case 'apply_to':
      return applyTo(question, parameters.targetId);
    case 'map':
    case 'ignore':
    case 'go_ahead':
      return { blocked: 'not for this case' };
    default:
      return choice satisfies never;
  }
}

function tryAgain(books: Books, { tried }: Question, parameters: DecisionParameters): Made {
  if (!tried) return { blocked: 'nothing was tried' };
  return make(books, tried.question, tried.choice, { ...tried.parameters, ...parameters });
}

const isLinkedTo = ({ link }: Case, rows: readonly Timesheet[]): boolean =>
  idsOf(link?.rows ?? []) === idsOf(rows);
const idsOf = (rows: readonly { readonly externalId: string }[]): string =>
  rows
    .map(({ externalId }) => externalId)
    .sort()
    .join();

const chosenCandidates = ({ candidates }: Question, targetId: string | undefined): readonly Timesheet[] =>
  targetId === undefined ? candidates : candidates.filter((row) => row.externalId === targetId);

function keepOne({ input }: Books, { about, candidates }: Question, targetId: string | undefined): Made {
  const kept = candidates.find((row) => row.externalId === targetId);
  if (!kept) return { blocked: 'no candidate' };
  const others = candidates.filter((row) => row !== kept);
  if (others.some((row) => isLocked(row, input.bridge.closedUntil))) return { blocked: 'locked' };
  const surplus = { ofLink: false, closes: false };
  return [adoptEffect(about, [kept]), ...others.map((row) => deleteEffect(about, row, surplus))];
}

function createMain(books: Books, question: Question, { edit = {} }: DecisionParameters): Made {
  const { about, booking } = question;
  if (about.link && ['mismatch', 'duplicate'].includes(question.kind)) return { blocked: 'linked already' };
  if (!booking) return { blocked: 'no mapping' };
  // A row that merely resembles the entry stands for nothing of it.
  const missing = about.link ? about.sum - standsFor(about) : about.sum;
  const seconds = edit.seconds ?? missing;
  return newRow(books, about, {
    booking: { ...booking, projectId: edit.projectId ?? booking.projectId },
    seconds,
    sequence: 1,
    openDay: null,
    begin: edit.begin ?? null,
    added: edit.seconds === undefined ? 0 : edit.seconds - wholeMinutes(missing),
  });
}

function newRow(
  books: Books,
  about: Case,
  row: {
    readonly booking: Pick<Values, 'userId' | 'projectId' | 'activityId'>;
    readonly seconds: Seconds;
    readonly sequence: number;
    readonly openDay: string | null;
    readonly begin: string | null;
    /** What a person adds to the time of the entry. */
    readonly added: Seconds;
  },
): Made {
  const { bridge } = books.input;
  const { userId, projectId, activityId } = row.booking;
  const seconds = wholeMinutes(row.seconds);
  const place = placeOf(books, { ...row, lead: about.lead, seconds, userId });
  const typedDay = row.begin?.includes('T') ? row.begin.slice(0, 10) : null;
  if (isClosed(typedDay ?? row.openDay ?? about.lead.frozen.entryDate, bridge.closedUntil))
    return { blocked: 'closed' };
  if (place === 'full') return { blocked: 'full' };
  const { entry } = about.lead;
  const suffix = row.sequence === 1 ? '' : `-${row.sequence}`;
  const marker = bridge.policies.marker ? `[tb-${bridge.code}-${entry.sourceId}${suffix}]` : null;
  const line = `#${entry.ticketNumber} ${entry.ticketTitle}`;
  const description = marker === null ? line : `${line} ${marker}`;
  const booking = { userId, projectId, activityId };
  const { sequence } = row;
  const accepted = (about.link?.acceptedSeconds ?? 0) + row.added;
  return [
    createEffect(about, {
      sequence,
      place,
      booking,
      zone: bridge.timeZone,
      description,
      marker,
      accepted,
    }),
  ];
}

function rewrite(
  books: Books,
  { about, moves }: Question,
  fields: Readonly<Record<string, 'source' | 'target'>> | null,
  { begin, ...edit }: NonNullable<DecisionParameters['edit']> = {},
): Made {
  if (!moves) return { blocked: 'nothing to merge' };
  const takes = (field: string): boolean => fields === null || fields[field] === 'source';
  const asSaid: Values = {
    seconds: takes('seconds') ? moves.wanted.seconds : moves.now.seconds,
    day: takes('day') ? moves.wanted.day : moves.now.day,
    projectId: takes('projectId') ? moves.wanted.projectId : moves.now.projectId,
    activityId: takes('activityId') ? moves.wanted.activityId : moves.now.activityId,
    userId: takes('userId') ? moves.wanted.userId : moves.now.userId,
  };
  const wanted = { ...asSaid, ...edit };
  const accepted = acceptedBy(about, moves, asSaid) + wanted.seconds - asSaid.seconds;
  const effects = rewritten(books, { about, wanted, now: moves.now, accepted, begin: begin ?? null });
  if (isBlocked(effects) || effects.length > 0) return effects;
  // Kimai has it already: what it made of it explains the rest.
  const rounding = standsFor(about) - about.sum - accepted;
  return about.link
    ? [acceptEffect(about, accepted, false, rounding)]
    : [
        adoptEffect(
          about,
          about.rows.map(({ now }) => now),
        ),
      ];
}

/** Time that is Kimai's own stays as an accepted difference; time that follows Zammad leaves none. */
function acceptedBy(about: Case, moves: NonNullable<Question['moves']>, wanted: Values): Seconds {
  const sourceMoved = moves.bySource.includes('seconds');
  const targetMoved = moves.now.seconds !== moves.base.seconds;
  const staysKimai = wanted.seconds === moves.now.seconds && (sourceMoved || targetMoved);
  if (staysKimai) return leftAsItIs(about);
  return sourceMoved ? 0 : (about.link?.acceptedSeconds ?? 0);
}

function deleteAll({ input }: Books, about: Case): Made {
  const rows = standing(about);
  if (rows.some((row) => isLocked(row, input.bridge.closedUntil))) return { blocked: 'locked' };
  return rows.map((row) => deleteEffect(about, row, { ofLink: about.link !== null, closes: !about.stands }));
}

function bookCorrection(books: Books, { about, booking, atStake }: Question): Made {
  if (atStake <= 0) return { blocked: 'nothing to add' };
  if (!booking) return { blocked: 'no mapping' };
  // What differs from a row that is nobody's is nobody's difference.
  if (!about.link && about.rows.length > 0) return { blocked: 'not linked' };
  const { bridge, now } = books.input;
  const today = localDay(msOf(now), bridge.timeZone);
  const openDay = isClosed(today, bridge.closedUntil) ? dayAfter(bridge.closedUntil ?? today, 1) : today;
  const sequence = Math.max(0, ...(about.link?.rows ?? []).map((row) => row.sequence)) + 1;
  return newRow(books, about, { booking, seconds: atStake, sequence, openDay, begin: null, added: 0 });
}

function deduct(books: Books, question: Question, targetId: string | undefined): Made {
  const { about, atStake } = question;
  if (atStake >= 0) return { blocked: 'nothing to take' };
  const chosen = deductibleFrom(books, question).find(({ row }) => row.externalId === targetId);
  if (!chosen) return { blocked: 'no row' };
  const { from, row } = chosen;
  const now: Values = row;
  const only = { ...from, rows: from.rows.filter((one) => one.now === row && isThere(one)) };
  const effects = rewritten(books, {
    about: only,
    wanted: { ...now, seconds: row.seconds + atStake },
    now,
    accepted: (from.link?.acceptedSeconds ?? 0) + atStake,
    renamed: false,
  });
  if (isBlocked(effects)) return effects;
  const credited = about.link
    ? acceptEffect(about, leftAsItIs(about), !about.stands)
    : adoptEffect(about, []);
  return [...effects, credited];
}

function applyTo({ leftOver }: Question, targetId: string | undefined): Made {
  const lead = leftOver?.leads.find((one) => leadIdOf(one) === targetId);
  if (!leftOver || !lead) return { blocked: 'no lead' };
  return lead.sum + leftOver.seconds < 0 ? { blocked: 'too short' } : [];
}
