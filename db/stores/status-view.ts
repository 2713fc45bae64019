import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';
import { VIEW_CONDITIONS } from './inbox-filter.js';

export type StatusCounts = {
  readonly open: number;
  readonly snoozed: number;
  readonly gaps: number;
  readonly openSeconds: number;
  readonly pendingWrites: number;
};

/** What waits for people, and what waits to be written. */
export async function statusCounts(session: Session): Promise<StatusCounts> {
  const found = await row<StatusCounts>(
    session,
    `select count(*) filter (where ${VIEW_CONDITIONS.open})::int as open,
       count(*) filter (where ${VIEW_CONDITIONS.snoozed})::int as snoozed,
       count(*) filter (where ${VIEW_CONDITIONS.open} and c.kind like 'unmapped%')::int as gaps,
       coalesce(sum(abs(c.seconds_at_stake)) filter (where ${VIEW_CONDITIONS.open}), 0)::float8 as "openSeconds",
       (select count(*)::int from ledger where state in ('planned', 'held', 'claimed', 'sent')) as "pendingWrites"
     from conflicts c where c.state = 'open'`,
  );
  return found ?? { open: 0, snoozed: 0, gaps: 0, openSeconds: 0, pendingWrites: 0 };
}

export const pausedBridges = (session: Session): Promise<{ id: string; name: string; cause: Reason }[]> =>
  rows(
    session,
    'select id, name, paused_cause as cause from bridges where paused_cause is not null order by id',
  );

export async function countBridges(session: Session): Promise<number> {
  return (await row<{ count: number }>(session, 'select count(*)::int as count from bridges'))?.count ?? 0;
}
