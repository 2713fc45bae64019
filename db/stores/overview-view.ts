import { rows, type Session } from '../sql.js';

/** Seconds of Zammad's entries by the week of their day, and where they stand. `monday` begins the week. */
export type WeekStanding = {
  readonly monday: string;
  readonly agreedSeconds: number;
  readonly waitingSeconds: number;
  readonly pendingSeconds: number;
  readonly skippedSeconds: number;
};

/**
 * The weeks up to this one, the oldest first, those without an entry too. Corrections count with their sign, entries
 * before a bridge's start and deleted ones not at all.
 */
export const weekStandings = (session: Session, weeks: number): Promise<WeekStanding[]> =>
  rows<WeekStanding>(
    session,
    `with calendar as (
       select generate_series(date_trunc('week', now()) - make_interval(weeks => $1::int - 1), date_trunc('week', now()),
         interval '1 week')::date as monday),
     known as (
       select date_trunc('week', b.frozen_entry_date)::date as monday, b.state, sum(e.seconds) as seconds
       from bridge_entries b join time_entries e on e.id = b.time_entry_id
       where e.deleted_at is null and b.state <> 'before_start'
         and b.frozen_entry_date >= (select min(monday) from calendar)
       group by 1, 2)
     select c.monday::text as monday,
       coalesce(sum(k.seconds) filter (where k.state = 'agreed'), 0)::float8 as "agreedSeconds",
       coalesce(sum(k.seconds) filter (where k.state = 'waiting'), 0)::float8 as "waitingSeconds",
       coalesce(sum(k.seconds) filter (where k.state in ('pending', 'new')), 0)::float8 as "pendingSeconds",
       coalesce(sum(k.seconds) filter (where k.state = 'skipped'), 0)::float8 as "skippedSeconds"
     from calendar c left join known k on k.monday = c.monday group by c.monday order by c.monday`,
    [weeks],
  );

export type Decider = {
  readonly kind: 'person' | 'rule' | 'policy';
  /** A user's or a rule's; null for the policies of the bridges. */
  readonly id: string | null;
  readonly name: string | null;
  readonly count: number;
};

/**
 * Who settled how much in the last days, the most first: cases that people decided (a gap that they closed in the
 * settings counts), what rules settled, and what was written because a bridge's policies say so.
 */
export const deciders = (session: Session, days: number): Promise<Decider[]> =>
  rows<Decider>(
    session,
    `with since as (select now() - make_interval(days => $1::int) as at),
     settled as (
       select case when d.actor_kind = 'rule' then 'rule' else 'person' end as kind,
         split_part(d.actor_id, '/', 1) as id, max(d.actor_name) as name, count(*) as count
       from decisions d, since where d.decided_at >= since.at and d.state <> 'withdrawn' group by 1, 2
       union all
       select l.cause ->> 'kind', l.cause ->> 'ruleId', null, count(*)
       from ledger l, since where l.created_at >= since.at and l.state = 'done' and l.decision_id is null
         and l.undo_id is null and l.cause ->> 'kind' in ('rule', 'policy') group by 1, 2)
     select s.kind, s.id, coalesce(max(r.name), max(s.name)) as name, sum(s.count)::int as count
     from settled s left join rules r on s.kind = 'rule' and r.id::text = s.id
     group by s.kind, s.id order by count desc, s.kind, s.id`,
    [days],
  );
