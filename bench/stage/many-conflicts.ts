import pg from 'pg';

/*
 * An inbox as large as one gets when a bridge is set up without mappings or with every policy on *ask*: a few real cases,
 * multiplied in the database, because it is the reading of many that is measured and not how they came to be.
 */

/** Makes the tables grow to that many entries and open cases, from the real ones of the bridge. */
export async function multiplyConflicts(
  databaseUrl: string,
  bridgeId: string,
  size: { readonly conflicts: number; readonly entries: number },
): Promise<void> {
  // A connection of its own: the pools of ours end a statement that takes longer than a person waits.
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await multiply(client, bridgeId, size);
  } finally {
    await client.end();
  }
}

async function multiply(
  client: pg.Client,
  bridgeId: string,
  size: { readonly conflicts: number; readonly entries: number },
): Promise<void> {
  const run = (sql: string, ...bind: readonly unknown[]) => client.query(sql, [bridgeId, ...bind]);
  const have = async (table: 'time_entries' | 'conflicts'): Promise<number> => {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
    return Number(rows[0]?.count);
  };
  const [entriesBefore, casesBefore] = [await have('time_entries'), await have('conflicts')];
  await run(
    `insert into time_entries (connector_id, source_id, ticket_id, unit_text, seconds, user_id, user_name, entry_date, booked_at,
       source_updated_at, read_at)
     select b.source_connector_id, (10000000 + $2::int + n)::text, (1000000 + ($2::int + n) / 10)::text, '30.0', 1800,
       (101 + n % 20)::text, 'Agent ' || n % 20, current_date - (n % 300), now() - n % 300 * interval '1 day', now(), now()
     from bridges b, generate_series(1, $3::int) n where b.id = $1`,
    ...[entriesBefore, size.entries - entriesBefore],
  );
  await run(
    `insert into bridge_entries (bridge_id, time_entry_id, state, why, frozen_user_id, frozen_booked_at, frozen_entry_date, dirty)
     select $1, e.id, 'agreed', null, e.user_id, e.booked_at, e.entry_date, false from time_entries e
     join bridges b on b.id = $1 and b.source_connector_id = e.connector_id on conflict do nothing`,
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
       on c.at = n % (select count(*) from conflicts where bridge_id = $1 and subject not like 'lead:m%')`,
    ...[casesBefore, size.conflicts - casesBefore],
  );
  await run(
    `insert into conflict_entries (conflict_id, time_entry_id)
     select c.id, (select ce.time_entry_id from conflict_entries ce order by ce.conflict_id limit 1) from conflicts c
     where c.bridge_id = $1 on conflict do nothing`,
  );
  await client.query('vacuum analyze conflicts, conflict_entries, time_entries, bridge_entries');
}
