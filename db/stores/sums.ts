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
 * Entries of no link are open likewise. Within a ticket net-zero ones cancel out with what is left of its corrections, of
 * which a part may be in links; one that found no lead for all of its time may still wait there. One that left a link which
 * waits, and was taken by another since, is in both until the first is settled: so long it waits as well.
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
facts as materialized (
  select b.time_entry_id as id, b.frozen_entry_date as day, e.connector_id, e.ticket_id, coalesce(e.seconds, 0) as seconds,
    e.unreadable is not null as unreadable, e.deleted_at is null as stands, b.state = 'before_start' as before_start,
    coalesce(b.why ->> 'code' = 'net_zero', false) as net_zero,
    w.id is not null or a.id is not null or b.dirty or b.state not in ('agreed', 'before_start') as waits
  from bridge_entries b join time_entries e on e.id = b.time_entry_id
  left join asked a on a.id = b.time_entry_id left join writing w on w.id = b.time_entry_id where b.bridge_id = $1),
own as materialized (
  select id, lead_entry_id, rounding_seconds as rounding, accepted_seconds as accepted from links where bridge_id = $1),
members as materialized (
  select m.link_id, m.time_entry_id as id, m.signed_seconds as seconds from own join link_members m on m.link_id = own.id),
sides as (
  select link_id, sum(target) as target, sum(source) as source, bool_or(waits) as waits from (
    select lt.link_id, r.seconds as target, 0 as source, false as waits from own
    join link_timesheets lt on lt.link_id = own.id
    join timesheets r on r.connector_id = lt.target_connector_id and r.external_id = lt.external_id
    where r.deleted_at is null
    union all
    select m.link_id, 0, case when f.stands then m.seconds else 0 end, f.waits from members m join facts f on f.id = m.id) s
  group by 1),
leads as materialized (
  select own.id as link_id, f.id, f.day, f.connector_id, f.ticket_id, own.rounding, own.accepted, coalesce(s.target, 0) as target,
    coalesce(s.source, 0) as source, f.waits or coalesce(s.waits, false) as waits,
    coalesce(s.target, 0) - coalesce(s.source, 0) - own.rounding - own.accepted as rest
  from own join facts f on f.id = own.lead_entry_id left join sides s on s.link_id = own.id),
uncovered as (
  select id, sum(seconds) as rest from (
    select id, seconds from facts where stands and not before_start
    union all
    select id, -seconds from members) s
  group by 1 having sum(seconds) <> 0),
apart as materialized (
  select f.*, coalesce(u.rest, 0) as rest from facts f left join uncovered u on u.id = f.id
  where f.stands and not f.before_start and (u.rest <> 0 or f.unreadable or f.waits or f.net_zero)),
held as (
  select distinct m.id from apart a join members m on m.id = a.id join leads l on l.link_id = m.link_id where l.waits),
single as materialized (
  select a.id, a.day, a.connector_id, a.ticket_id, a.unreadable, a.net_zero, a.rest, a.waits or h.id is not null as waits
  from apart a left join held h on h.id = a.id),
cancelling as (
  select ticket_id, bool_or(waits) as waits from single group by 1 having bool_or(net_zero and not waits)),
lines as (
  select day, connector_id, ticket_id, source, target, rounding, accepted, case when waits then rest else 0 end as open,
    case when waits then 0 else rest end as broken, 0 as before_start, 0 as unreadable
  from leads
  union all
  select s.day, s.connector_id, s.ticket_id, s.rest, 0, 0, 0, case when s.waits then -s.rest else 0 end,
    case when s.waits or c.ticket_id is not null then 0 else -s.rest end, 0, s.unreadable::int
  from single s left join cancelling c on c.ticket_id = s.ticket_id where s.rest <> 0 or s.unreadable
  union all
  select min(s.day), min(s.connector_id), s.ticket_id, 0, 0, 0, 0, case when c.waits then -sum(s.rest) else 0 end,
    case when c.waits then 0 else -sum(s.rest) end, 0, 0
  from single s join cancelling c on c.ticket_id = s.ticket_id
  where not s.waits group by s.ticket_id, c.waits having sum(s.rest) <> 0
  union all
  select day, connector_id, ticket_id, 0, 0, 0, 0, 0, 0, seconds, 0 from facts where stands and before_start),
days as (
  select l.day, t.organization_id, case when t.organization_id is null then t.customer_id end as customer_id,
    sum(l.source) as source, sum(l.target) as target, sum(l.rounding) as rounding, sum(l.accepted) as accepted,
    sum(l.open) as open, sum(l.broken) as broken, sum(l.before_start) as before_start, sum(l.unreadable) as unreadable
  from lines l left join tickets t on t.connector_id = l.connector_id and t.ticket_id = l.ticket_id group by 1, 2, 3)
(select to_char(day, 'YYYY-MM') as month,
  coalesce('organization:' || organization_id, 'customer:' || coalesce(customer_id, '')) as customer, null as "leadId",
  sum(source) as source, sum(target) as target, sum(rounding) as rounding, sum(accepted) as accepted, sum(open) as open,
  sum(broken) as broken, sum(before_start) as before_start, sum(unreadable) as unreadable
from days group by 1, 2 order by 1 desc, 2)
union all
(select to_char(day, 'YYYY-MM'), '', id::text, 0, 0, 0, 0, 0, rest, 0, 0 from leads
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
