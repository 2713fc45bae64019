import { row, rows, type Session } from '../sql.js';

export type RunWrite = {
  readonly id: string;
  readonly operation: 'create' | 'update' | 'delete';
  readonly state: 'planned' | 'held' | 'claimed' | 'sent' | 'done' | 'refused' | 'dropped';
  readonly day: string | null;
  /** What the row holds after the write, as Kimai returned it; null for a deletion. */
  readonly newSeconds: number | null;
  /** What it held before; null for a row that is new. */
  readonly oldSeconds: number | null;
  readonly timesheetId: string | null;
  readonly targetWebUrl: string;
  readonly ticketNumber: string | null;
  readonly ticketTitle: string | null;
  readonly customerName: string | null;
  readonly personName: string | null;
  /** What Kimai said when it refused. */
  readonly quoted: string | null;
};

/** What a run wrote to Kimai or was to write, refusals first, then in the order of the writes. */
export async function listRunWrites(
  session: Session,
  runId: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly items: readonly RunWrite[] }> {
  const [counted, items] = await Promise.all([
    row<{ total: number }>(session, 'select count(*)::int as total from ledger where run_id = $1', [runId]),
    rows<RunWrite>(
      session,
      `select l.id, l.operation, l.state, coalesce(l.step #>> '{step,desired,day}', l.step #>> '{step,row,day}') as day,
         case when l.operation <> 'delete' then coalesce(
           case when l.state = 'done' then (l.answer ->> 'seconds')::float8 end,
           (l.step #>> '{step,desired,seconds}')::float8) end as "newSeconds",
         coalesce((l.before ->> 'seconds')::float8, (l.step #>> '{step,row,seconds}')::float8) as "oldSeconds",
         coalesce(l.external_id, case when l.state = 'done' then l.answer ->> 'externalId' end) as "timesheetId",
         c.web_url as "targetWebUrl", t.number as "ticketNumber", t.title as "ticketTitle",
         coalesce(t.organization_name, t.customer_name) as "customerName", e.user_name as "personName",
         case when l.state = 'refused' then l.answer ->> 'quoted' end as quoted
       from ledger l join connectors c on c.id = l.target_connector_id
       left join time_entries e on e.id = l.lead_entry_id
       left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
       where l.run_id = $1 order by l.state = 'refused' desc, l.id offset $2 limit $3`,
      [runId, offset, limit],
    ),
  ]);
  return { total: counted?.total ?? 0, items };
}
