import { row, type Session } from '../sql.js';
import { inboxCondition, type InboxFilter } from './inbox-filter.js';

/** A moment of the database's clock, by which arrivals are told apart, and when the next snoozed case comes back. */
type InboxMoment = { readonly readAt: Date; readonly nextReturn: Date | null };

export async function inboxMoment(session: Session, filter: InboxFilter): Promise<InboxMoment> {
  const { sql, bind } = inboxCondition({ ...filter, view: 'snoozed' });
  const found = await row<InboxMoment>(
    session,
    `select now() as "readAt", (select min(c.snoozed_until) from conflicts c where ${sql}) as "nextReturn"`,
    bind,
  );
  if (found === undefined) throw new Error('the database did not tell its time');
  return found;
}

/** How many open cases there are, and how many of them have come since then: new, open again, or woken up. */
export async function countArrivals(
  session: Session,
  filter: InboxFilter,
  since: string,
): Promise<{ readonly total: number; readonly arrived: number }> {
  const { sql, bind } = inboxCondition({ ...filter, view: 'open' });
  const moment = `$${bind.length + 1}::timestamptz`;
  const found = await row<{ total: number; arrived: number }>(
    session,
    `select count(*)::int as total,
       count(*) filter (where c.listed_since > ${moment} or c.snoozed_until > ${moment})::int as arrived
     from conflicts c where ${sql}`,
    [...bind, since],
  );
  return found ?? { total: 0, arrived: 0 };
}
