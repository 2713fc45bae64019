import type { Timesheet } from '../timesheet.js';
import {
  byBegin,
  byBooking,
  isClosed,
  makeQuestion,
  markersIn,
  sumOf,
  type Books,
  type Booking,
  type Case,
  type Question,
  type Values,
} from './books.js';
import { msOf, wholeMinutes } from './calendar.js';
import { freeRows, markedFor, sequenceIn } from './linked.js';
import { namesNumber, propose, type Open } from './similar.js';

const OLD_MS = 35 * 86_400_000;
const NEAR = 0.3;

/** Leads without a link: marker, then exact, then similar; what is left is new. */
export function judgeUnlinked(books: Books, open: readonly Open[]): readonly Question[] {
  const isMarked = ({ about }: Open) => markedFor(books, about).length > 0;
  const unmarked = open.filter((one) => !isMarked(one));
  const free = freeRows(books.input).filter(
    (row) => row.end !== null && row.unreadable === null && markersIn(row.description).length === 0,
  );
  const groups = unmarked.map((one) => sameGroup(unmarked, one));
  const alone = unmarked.map((one, index) => judgeExact(books, groups[index] ?? [], one, free));
  const exact = alone.map((one) => (one && isShared(one, alone) ? asDuplicate(one) : one));
  const claimed = exact.flatMap((one) => one?.rows ?? []);
  const left = unmarked.filter((_, index) => exact[index] === null);
  const rest = free.filter((row) => !claimed.includes(row));
  const similar = propose(left, rest, books.input.bridge.policies.fuzzyThreshold);
  const found = left.map((one) => judgeNew(books, one, similar.get(one) ?? []));
  const proposed = [...similar.values()].flat();
  return [
    ...open
      .filter(isMarked)
      .map(({ about, booking }) => judgeMarked(about, booking, markedFor(books, about))),
    ...exact.flatMap((one) => (one ? [one.question] : [])),
    ...offerNear(
      left,
      found,
      rest.filter((row) => !proposed.includes(row)),
    ),
  ];
}

/** Somebody is asked about a missing entry: rows that merely lie near are offered. */
function offerNear(
  left: readonly Open[],
  found: readonly Question[],
  rows: readonly Timesheet[],
): readonly Question[] {
  const isAsked = ({ kind, automatic }: Question) => kind === 'missing' && automatic === null;
  const near = propose(
    left.filter((_, index) => found.filter(isAsked).some(({ about }) => about === left[index]?.about)),
    rows,
    NEAR,
  );
  return found.map((question, index) => {
    const one = left[index];
    return isAsked(question) && one ? { ...question, candidates: near.get(one) ?? [] } : question;
  });
}

const sameGroup = (all: readonly Open[], one: Open): readonly Open[] =>
  all.filter(
    ({ about: { lead }, booking }) =>
      lead.entry.ticketId === one.about.lead.entry.ticketId &&
      booking.userId === one.booking.userId &&
      lead.frozen.entryDate === one.about.lead.frozen.entryDate,
  );

type Exact = { readonly question: Question; readonly rows: readonly Timesheet[] };

function judgeExact(
  { input }: Books,
  group: readonly Open[],
  one: Open,
  free: readonly Timesheet[],
): Exact | null {
  const { about, booking } = one;
  const { entry, frozen } = about.lead;
  const rows = free.filter(
    (row) =>
      row.userId === booking.userId &&
      row.day === frozen.entryDate &&
      (namesNumber(row.description, entry.ticketNumber) ||
        input.orderNumbers?.[row.projectId] === entry.ticketNumber),
  );
  const minutes = wholeMinutes(about.sum);
  const equalRows = rows.filter((row) => wholeMinutes(row.seconds) === minutes).sort(byBegin);
  const equalLeads = group
    .filter((other) => wholeMinutes(other.about.sum) === minutes)
    .sort((a, b) => byBooking(a.about.lead, b.about.lead));
  const shared = { about, booking, quiet: true };
  if (equalRows.length > 0 && equalRows.length === equalLeads.length) {
    const row = equalRows[equalLeads.indexOf(one)];
    const candidates = row ? [row] : [];
    const atStake = about.sum - sumOf(candidates);
    const automatic = input.bridge.policies.exactMatches === 'adopt' ? 'link' : null;
    return {
      question: makeQuestion({ ...shared, kind: 'duplicate', candidates, automatic, atStake }),
      rows: candidates,
    };
  }
  if (equalRows.length > 0) {
    const question = makeQuestion({
      ...shared,
      kind: 'duplicate',
      candidates: equalRows,
      atStake: about.sum,
    });
    return { question, rows: equalRows };
  }
  const unequalLeads = group.filter((other) => !rows.some((row) => sameLength(row, other)));
  const unequalRows = rows.filter((row) => !group.some((other) => sameLength(row, other)));
  const [row] = unequalRows;
  if (row && unequalRows.length === 1 && unequalLeads.length === 1)
    return { question: differing(about, booking, row), rows: [row] };
  return null;
}

/** A row that names several tickets is matched by entries of each. */
const isShared = ({ question, rows }: Exact, all: readonly (Exact | null)[]): boolean =>
  rows.length === 1 &&
  all.some(
    (other) =>
      other !== null &&
      other.question.about.lead.entry.ticketId !== question.about.lead.entry.ticketId &&
      other.rows.some((row) => rows.includes(row)),
  );

function asDuplicate({ question, rows }: Exact): Exact {
  const { about, booking } = question;
  const atStake = about.sum;
  const asked = { about: { ...about, rows: [] }, booking, quiet: true, candidates: rows, atStake };
  return { rows, question: makeQuestion({ ...asked, kind: 'duplicate' }) };
}

const sameLength = (row: Timesheet, { about }: Open): boolean =>
  wholeMinutes(row.seconds) === wholeMinutes(about.sum);

/** One row that differs in duration alone: as if it were linked. */
function differing(about: Case, booking: Booking, row: Timesheet): Question {
  const linked = { externalId: row.externalId, role: 'main', sequence: 1, targetBase: row } as const;
  const now: Values = row;
  const wanted: Values = { ...row, seconds: wholeMinutes(about.sum) };
  return makeQuestion({
    kind: 'mismatch',
    about: { ...about, rows: [{ linked, now: row }] },
    booking,
    quiet: true,
    candidates: [row],
    moves: { base: now, wanted, now, bySource: ['seconds'], byTarget: [] },
    atStake: about.sum - row.seconds,
  });
}

function judgeMarked(about: Case, booking: Booking, candidates: readonly Timesheet[]): Question {
  const [first] = candidates;
  const numbers = new Set(candidates.map(sequenceIn));
  const shared = { about, booking, quiet: true, candidates, atStake: about.sum - sumOf(candidates) };
  if (numbers.size < candidates.length) return makeQuestion({ ...shared, kind: 'duplicate' });
  if (first && candidates.length === 1 && wholeMinutes(first.seconds) !== wholeMinutes(about.sum))
    return differing(about, booking, first);
  return makeQuestion({ ...shared, kind: 'duplicate', automatic: 'link' });
}

function judgeNew({ input }: Books, { about, booking }: Open, candidates: readonly Timesheet[]): Question {
  const shared = { about, booking, quiet: true, candidates, atStake: about.sum };
  if (candidates.length > 0) return makeQuestion({ ...shared, kind: 'ambiguous' });
  const { bridge, firstRun, firstRunConfirmedAt } = input;
  const { frozen, firstSeenAt } = about.lead;
  if (isClosed(frozen.entryDate, bridge.closedUntil)) return makeQuestion({ ...shared, kind: 'locked' });
  const confirmed = firstRun || (firstRunConfirmedAt && msOf(firstSeenAt) <= msOf(firstRunConfirmedAt));
  const isOld = !confirmed && msOf(firstSeenAt) - msOf(frozen.bookedAt) > OLD_MS;
  const automatic = bridge.policies.newEntries === 'auto' && !isOld ? 'create' : null;
  return makeQuestion({ ...shared, kind: 'missing', automatic });
}
