import type { Timesheet } from '../timesheet.js';
import { subjectOf, type Case, type Question } from './books.js';

/** The facts of a question as a person sees them: as long as this text stays, nobody is asked again. */
export function seenFacts(question: Question): string {
  if (question.together.length > 0)
    return [{ ...question, together: [] }, ...question.together].map(seenFacts).join('\n');
  const { kind, about, leftOver, refusal } = question;
  return [
    `${kind} ${subjectOf(about)} ${about.stands ? 'stands' : 'gone'} ${about.sum} s`,
    ...membersOf(about),
    sourceOf(about),
    ...rowsOf(question),
    `left over ${leftOver?.seconds ?? '-'}`,
    ...(question.reapplies ? [`to be booked on ${JSON.stringify(question.booking)}`] : []),
    refusal ? `refused ${refusal.code} ${refusal.at} ${refusal.sent}` : 'not refused',
  ].join('\n');
}

/** Several rows for one entry are told without which of them is linked; rows near a missing one are an offer. */
function rowsOf({ kind, about, candidates }: Question): readonly string[] {
  const shown = candidates.map((row) => `candidate ${rowText(row)}`);
  if (kind === 'duplicate') return shown.sort();
  const agreed = about.link?.rows.map(({ targetBase }) => `agreed ${rowText(targetBase)}`) ?? ['unlinked'];
  const now = about.rows.map((row) => `now ${rowText(row.now)}`);
  return kind === 'missing' ? [...now, ...agreed] : [...now, ...agreed, ...shown];
}

const membersOf = ({ members }: Case): readonly string[] =>
  members.map(({ entryId, signedSeconds }) => `member ${entryId} ${signedSeconds}`).sort();

const sourceOf = ({ lead: { entry, frozen } }: Case): string =>
  `type ${entry.activityTypeId ?? '-'} ticket ${entry.ticketId} of ${entry.organizationId ?? `person ${entry.ticketCustomerId ?? ''}`} by ${frozen.userId} on ${frozen.entryDate}`;

const rowText = (row: Timesheet): string =>
  [
    row.externalId,
    row.exported ? 'exported' : 'open',
    row.deletedAt === null ? 'there' : 'gone',
    row.seconds,
    row.day,
    row.projectId,
    row.activityId,
    row.userId,
  ].join(' ');

/** A gap is one question whoever waits behind it. */
export const seenGap = (subject: string): string => `gap ${subject}`;
