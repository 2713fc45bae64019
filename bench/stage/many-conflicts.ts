import type { Sequelize } from 'sequelize';
import { rows } from '../../db/sql.js';

/*
 * An inbox as large as one gets when a bridge is set up without mappings or with every policy on *ask*: a few real cases,
 * multiplied in the database, because it is the reading of many that is measured and not how they came to be.
 */

/** Makes the tables grow to that many entries and open cases, from the real ones of the bridge. */
export async function multiplyConflicts(
  db: Sequelize,
  bridgeId: string,
  size: { readonly conflicts: number; readonly entries: number },
): Promise<void> {
  const session = { db, tx: null };
  const run = (sql: string, ...bind: readonly unknown[]) => rows(session, sql, [bridgeId, ...bind]);
  const [found] = await rows<{ connector: string; have: string; cases: string }>(
    session,
    `select b.source_connector_id as connector, (select count(*) from conflicts) as cases,
       (select count(*) from time_entries e where e.connector_id = b.source_connector_id) as have
     from bridges b where b.id = $1`,
    [bridgeId],
  );
  if (found === undefined) throw new Error(`there is no bridge ${bridgeId}`);
  const [entries, conflicts] = [size.entries - Number(found.have), size.conflicts - Number(found.cases)];
  await run(
    `insert into time_entries (connector_id, source_id, ticket_id, unit_text, seconds, user_id, user_name, entry_date, booked_at,
       source_updated_at, read_at)
     select b.source_connector_id, (10000000 + $2::int + n)::text, (1000000 + ($2::int + n) / 10)::text, '30.0', 1800,
       (101 + n % 20)::text, 'Agent ' || n % 20, current_date - (n % 300), now() - n % 300 * interval '1 day', now(), now()
     from bridges b, generate_series(1, $3::int) n where b.id = $1 returning 1 as made`,
    ...[Number(found.have), entries],
  );
  await run(
    `insert into bridge_entries (bridge_id, time_entry_id, state, why, frozen_user_id, frozen_booked_at, frozen_entry_date, dirty)
     select $1, e.id, 'agreed', null, e.user_id, e.booked_at, e.entry_date, false from time_entries e
     join bridges b on b.id = $1 and b.source_connector_id = e.connector_id on conflict do nothing returning 1 as made`,
  );
  await run(
    `insert into conflicts (bridge_id, kind, subject, state, version, facts, seconds_at_stake, entry_count, ticket_id, ticket_number,
       ticket_title, customer_key, customer_name, person_id, person_name, entry_date, search, opened_at, workflow_started_at)
     select $1, c.kind, 'lead:m' || ($2::int + n), 'open', md5(n::text), c.facts, 300 * (1 + n % 60), 1,
       (1000000 + ($2::int + n))::text, (1000000 + ($2::int + n))::text, c.ticket_title, 'organization:' || 1 + n % 200,
       'Kunde ' || n % 200, (101 + n % 20)::text, 'Agent ' || n % 20, current_date - (n % 300),
       lower((1000000 + ($2::int + n)) || ' ' || c.ticket_title || ' kunde ' || n % 200 || ' agent ' || n % 20),
       now() - (n % 90) * interval '7 hours', now()
     from (select *, row_number() over (order by id) - 1 as at from conflicts where bridge_id = $1 and subject not like 'lead:m%') c
     join generate_series(1, $3::int) n
       on c.at = n % (select count(*) from conflicts where bridge_id = $1 and subject not like 'lead:m%')
     returning 1 as made`,
    ...[Number(found.cases), conflicts],
  );
  await run(
    `insert into conflict_entries (conflict_id, time_entry_id)
     select c.id, (select ce.time_entry_id from conflict_entries ce order by ce.conflict_id limit 1) from conflicts c
     where c.bridge_id = $1 on conflict do nothing returning 1 as made`,
  );
  await db.query('vacuum analyze conflicts, conflict_entries, time_entries, bridge_entries');
}
