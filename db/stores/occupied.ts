import type { BookedEntry, Occupied } from '../../domain/reconcile-input.js';
import { rows, type Session } from '../sql.js';
import type { BridgeContext } from './bridge-rules.js';

/**
 * When the persons of these entries are taken on their days by other entries: rows that are linked to those, and rows
 * that are planned or on their way. Only needed where the target forbids overlaps.
 */
export async function readOccupied(
  session: Session,
  { rules, targetConnectorId }: BridgeContext,
  entries: readonly BookedEntry[],
): Promise<Occupied[]> {
  const persons: string[] = [];
  const days: string[] = [];
  for (const { frozen } of entries) {
    const mapped = rules.mappings.users[frozen.userId];
    if (mapped === undefined || 'ignored' in mapped) continue;
    persons.push(mapped.targetId);
    days.push(frozen.entryDate);
  }
  const found = await rows<{ userId: string; beginAt: Date; endAt: Date }>(
    session,
    `with wanted as (select distinct * from unnest($3::text[], $4::date[]) as p (user_id, day))
     select t.user_id as "userId", t.begin_at as "beginAt", t.end_at as "endAt" from wanted w
       join timesheets t on t.connector_id = $1 and t.user_id = w.user_id and t.day between w.day - 1 and w.day + 1
       join link_timesheets lt on lt.target_connector_id = $1 and lt.external_id = t.external_id
       join links l on l.id = lt.link_id
     where t.deleted_at is null and t.end_at is not null
       and not (l.bridge_id = $2 and l.lead_entry_id = any($5::bigint[]))
     union
     select l.target_user_id, (l.step #>> '{step,desired,beginAt}')::timestamptz,
       (l.step #>> '{step,desired,endAt}')::timestamptz from ledger l
     where l.target_connector_id = $1 and l.operation = 'create' and l.state in ('planned', 'held', 'claimed', 'sent')
       and l.target_user_id = any($3::text[]) and not (l.bridge_id = $2 and l.lead_entry_id = any($5::bigint[]))`,
    [targetConnectorId, rules.bridgeId, persons, days, entries.map(({ entry }) => entry.id)],
  );
  return found.map(({ userId, beginAt, endAt }) => ({
    userId,
    beginAt: beginAt.toISOString(),
    endAt: endAt.toISOString(),
  }));
}
