import type { MonthSum } from '../../domain/month-sums.js';
import type { Sum } from '../../domain/sums.js';
import { rows, type Session } from '../sql.js';

/** The identity of books.md, "The sum must come out", of a whole bridge; months newest first. */
export type BridgeSums = {
  readonly months: readonly MonthSum[];
  readonly brokenSeconds: number;
};

type Line = {
  month: string;
  customer: string;
  /** Null in a line of a month; a broken lead by itself has only `broken`. */
  leadId: string | null;
  source: string;
  target: string;
  rounding: string;
  accepted: string;
  open: string;
  broken: string;
  before_start: string;
  unreadable: string;
};

/*
 * Each lead once: the rows of its link as last read, against its members that still stand. What is left after rounding
 * and accepted differences is *open* while somebody or something still has to settle it, or while what was read last is not
 * compared yet; otherwise *broken*.
 * Entries of no link are open likewise; net-zero ones cancel out within their ticket, where a correction that found no
 * lead for all of its time may still wait.
 *
 * The months come with their customers, then the leads that are broken, the largest first: sums of a month may cancel
 * out. Both in one statement, because a run is as long as this takes.
 */
const SUMS = `
with asked as (
  select distinct ce.time_entry_id as id from conflicts c join conflict_entries ce on ce.conflict_id = c.id
  where c.bridge_id = $1 and c.state <> 'closed'),
writing as (
  select distinct lead_entry_id as id from ledger
  where bridge_id = $1 and state in ('planned', 'held', 'claimed', 'sent')),
facts as (
  select b.time_entry_id as id, b.state, b.why ->> 'code' as code, b.frozen_entry_date as day, e.ticket_id,
    coalesce(e.seconds, 0) as seconds, e.unreadable is not null as unreadable, e.deleted_at is null as stands,
    case when t.organization_id is not null then 'organization:' || t.organization_id
         else 'customer:' || coalesce(t.customer_id, '') end as customer,
    w.id is not null or a.id is not null or b.dirty or b.state not in ('agreed', 'before_start') as waits
  from bridge_entries b join time_entries e on e.id = b.time_entry_id
  left join asked a on a.id = b.time_entry_id left join writing w on w.id = b.time_entry_id
  left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id where b.bridge_id = $1),
members as (
  select m.link_id, m.time_entry_id as id, m.signed_seconds as seconds from links l
  join link_members m on m.link_id = l.id where l.bridge_id = $1),
in_target as (
  select lt.link_id, sum(r.seconds) as seconds from links l join link_timesheets lt on lt.link_id = l.id
  join timesheets r on r.connector_id = lt.target_connector_id and r.external_id = lt.external_id
  where l.bridge_id = $1 and r.deleted_at is null group by 1),
in_source as (
  select m.link_id, sum(m.seconds) filter (where f.stands) as seconds, bool_or(f.waits) as waits
  from members m join facts f on f.id = m.id group by 1),
leads as (
  select f.id, f.state, f.day, f.customer, l.rounding_seconds as rounding, l.accepted_seconds as accepted,
    coalesce(t.seconds, 0) as target, coalesce(s.seconds, 0) as source, f.waits or coalesce(s.waits, false) as waits,
    coalesce(t.seconds, 0) - coalesce(s.seconds, 0) - l.rounding_seconds - l.accepted_seconds as rest
  from links l join facts f on f.id = l.lead_entry_id left join in_target t on t.link_id = l.id
  left join in_source s on s.link_id = l.id where l.bridge_id = $1),
covered as (select id, sum(seconds) as seconds from members group by 1),
single as (
  select f.*, f.seconds - coalesce(c.seconds, 0) as rest from facts f left join covered c on c.id = f.id
  where f.stands and f.state <> 'before_start'),
lines as (
  select day, customer, source, target, rounding, accepted, case when waits then rest else 0 end as open,
    case when waits then 0 else rest end as broken, 0 as before_start, 0 as unreadable
  from leads
  union all
  select day, customer, rest, 0, 0, 0, case when waits then -rest else 0 end,
    case when waits or code = 'net_zero' then 0 else -rest end, 0, unreadable::int
  from single where rest <> 0 or unreadable
  union all
  select min(s.day), min(s.customer), 0, 0, 0, 0, case when w.ticket_id is null then 0 else -sum(s.rest) end,
    case when w.ticket_id is null then -sum(s.rest) else 0 end, 0, 0
  from single s left join (select distinct ticket_id from single where waits) w on w.ticket_id = s.ticket_id
  where s.code = 'net_zero' and not s.waits group by s.ticket_id, w.ticket_id having sum(s.rest) <> 0
  union all
  select day, customer, 0, 0, 0, 0, 0, 0, seconds, 0 from facts where stands and state = 'before_start')
(select to_char(day, 'YYYY-MM') as month, customer, null as "leadId", sum(source) as source, sum(target) as target,
  sum(rounding) as rounding, sum(accepted) as accepted, sum(open) as open, sum(broken) as broken,
  sum(before_start) as before_start, sum(unreadable) as unreadable
from lines group by 1, 2 order by 1 desc, 2)
union all
(select to_char(day, 'YYYY-MM'), customer, id::text, 0, 0, 0, 0, 0, rest, 0, 0 from leads
where rest <> 0 and not waits order by abs(rest) desc, id limit 50)`;

const EMPTY: Sum = { source: 0, target: 0, rounding: 0, accepted: 0, open: 0, broken: 0 };

const sumOf = (line: Line): Sum => ({
  source: Number(line.source),
  target: Number(line.target),
  rounding: Number(line.rounding),
  accepted: Number(line.accepted),
  open: Number(line.open),
  broken: Number(line.broken),
});

const add = (a: Sum, b: Sum): Sum => ({
  source: a.source + b.source,
  target: a.target + b.target,
  rounding: a.rounding + b.rounding,
  accepted: a.accepted + b.accepted,
  open: a.open + b.open,
  broken: a.broken + b.broken,
});

/**
 * Proves the sums from what the tables say now, per month of the entries' day with customers as breakdown. Call it
 * inside a transaction of its own.
 */
export async function readSums(session: Session, bridgeId: string): Promise<BridgeSums> {
  // Right after a first sync the planner believes the tables small, and would compare every row with every other.
  await rows(session, 'set local enable_nestloop = off');
  await rows(session, `set local work_mem = '64MB'`); // everything is read once, and hashed in memory
  const read = await rows<Line>(session, SUMS, [bridgeId]);
  const lines = read.filter(({ leadId }) => leadId === null);
  const broken = read.flatMap(({ month, leadId, broken: seconds }) =>
    leadId === null ? [] : [{ month, lead: { leadId, seconds: Number(seconds) } }],
  );
  const names = [...new Set(lines.map((line) => line.month))].sort().reverse();
  const months = names.map((month): MonthSum => {
    const own = lines.filter((line) => line.month === month);
    return {
      month,
      ...own.map(sumOf).reduce(add, EMPTY),
      beforeStart: own.reduce((sum, line) => sum + Number(line.before_start), 0),
      unreadable: own.reduce((sum, line) => sum + Number(line.unreadable), 0),
      byCustomer: Object.fromEntries(own.map((line) => [line.customer, sumOf(line)])),
      brokenLeads: broken.filter((one) => one.month === month).map(({ lead }) => lead),
    };
  });
  return { months, brokenSeconds: months.reduce((sum, month) => sum + Math.abs(month.broken), 0) };
}
