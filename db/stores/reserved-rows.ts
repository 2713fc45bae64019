import { rows, type Session } from '../sql.js';

/**
 * Rows of the target that an open case of another entry shows as its candidates. They are spoken for: whether an entry
 * is missing or merely similar must not depend on which others are looked at together with it.
 */
export async function readReservedRows(
  session: Session,
  bridgeId: string,
  considered: { readonly entryIds: readonly string[]; readonly fromDay: string; readonly toDay: string },
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    session,
    `select distinct candidate -> 'timesheet' ->> 'externalId' as id
     from conflicts c, jsonb_array_elements(c.facts -> 'candidates') as candidate
     where c.bridge_id = $1 and c.state <> 'closed' and c.kind in ('duplicate', 'mismatch', 'ambiguous', 'missing')
       and c.entry_date between $3::date - 7 and $4::date + 7
       and not exists (select 1 from conflict_entries ce
         where ce.conflict_id = c.id and ce.time_entry_id = any($2::bigint[]))`,
    [bridgeId, [...considered.entryIds], considered.fromDay, considered.toDay],
  );
  return new Set(found.map(({ id }) => id));
}
