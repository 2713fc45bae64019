import type { ConflictKind } from '../../domain/conflict.js';
import { row, rows, type Session } from '../sql.js';
import { inboxCondition, type InboxFilter } from './inbox-filter.js';

type Counted = { readonly count: number; readonly seconds: number };
export type InboxGroup = Counted & { readonly kind: ConflictKind; readonly cause: string };
export type InboxFacet = Counted & { readonly id: string; readonly name: string };

/** The inbox by kind and cause, and by what it can be filtered by; each facet ignores the filter that it is about. */
export type InboxFacets = {
  /** In the order of the kinds, then by cause: as the grouped list is. */
  readonly groups: readonly InboxGroup[];
  readonly groupsOfAllKinds: readonly InboxGroup[];
  readonly customers: readonly InboxFacet[];
  readonly people: readonly InboxFacet[];
};

const SUMS = 'count(*)::int as count, coalesce(sum(abs(c.seconds_at_stake)), 0)::float8 as seconds';
/** More values than this nobody picks from a list; search finds the rest. */
const MAX_FACETS = 300;

const CUSTOMERS = { key: 'customer_key', name: 'customer_name' } as const;
const PEOPLE = { key: 'person_id', name: 'person_name' } as const;
type Facet = typeof CUSTOMERS | typeof PEOPLE;

/** Counts come from the index alone; only then is a name looked up for each value, which would cost every case's own page. */
const withNames = (counted: string, { key, name }: Facet): string =>
  `select g.id, coalesce((select n.${name} from conflicts n where n.${key} = g.id and n.${name} is not null limit 1),
     g.id) as name, g.count, g.seconds
   from (${counted} order by seconds desc, id limit ${MAX_FACETS}) g order by g.seconds desc, g.id`;

export async function readFacets(
  session: Session,
  filter: InboxFilter,
  kinds: readonly ConflictKind[],
): Promise<InboxFacets> {
  const { kinds: only, cause, customer, person } = filter;
  if ([only, cause, customer, person].every((part) => part === undefined))
    return allFacets(session, filter, kinds);
  const [groups, groupsOfAllKinds, customers, people] = await Promise.all([
    groupInbox(session, filter, kinds),
    groupInbox(session, { ...filter, kinds: undefined, cause: undefined }, kinds),
    facet(session, { ...filter, customer: undefined }, CUSTOMERS),
    facet(session, { ...filter, person: undefined }, PEOPLE),
  ]);
  return { groups, groupsOfAllKinds, customers, people };
}

/** Nothing narrows one facet and not another, so that all of them are counted by reading the cases once. */
async function allFacets(
  session: Session,
  filter: InboxFilter,
  kinds: readonly ConflictKind[],
): Promise<InboxFacets> {
  const { sql, bind } = inboxCondition(filter);
  const ofFacet = (facet: Facet) =>
    withNames(`select ${facet.key} as id, count, seconds from counted where ${facet.key} is not null`, facet);
  const found = await row<Omit<InboxFacets, 'groupsOfAllKinds'>>(
    session,
    `with counted as materialized (
       select c.kind, c.cause, c.customer_key, c.person_id, ${SUMS} from conflicts c where ${sql}
       group by grouping sets ((c.kind, c.cause), (c.customer_key), (c.person_id)))
     select array(select jsonb_build_object('kind', kind, 'cause', cause, 'count', count, 'seconds', seconds) from counted
         where kind is not null order by array_position($${bind.length + 1}::text[], kind), cause) as groups,
       array(select to_jsonb(f) from (${ofFacet(CUSTOMERS)}) f) as customers,
       array(select to_jsonb(f) from (${ofFacet(PEOPLE)}) f) as people`,
    [...bind, kinds],
  );
  const { groups, customers, people } = found ?? { groups: [], customers: [], people: [] };
  return { groups, groupsOfAllKinds: groups, customers, people };
}

function groupInbox(
  session: Session,
  filter: InboxFilter,
  kinds: readonly ConflictKind[],
): Promise<InboxGroup[]> {
  const { sql, bind } = inboxCondition(filter);
  return rows<InboxGroup>(
    session,
    `select c.kind, c.cause, ${SUMS} from conflicts c where ${sql} group by c.kind, c.cause
     order by array_position($${bind.length + 1}::text[], c.kind), c.cause`,
    [...bind, kinds],
  );
}

function facet(session: Session, filter: InboxFilter, about: Facet): Promise<InboxFacet[]> {
  const { sql, bind } = inboxCondition(filter);
  const counted = `select c.${about.key} as id, ${SUMS} from conflicts c where ${sql} and c.${about.key} is not null
    group by c.${about.key}`;
  return rows<InboxFacet>(session, withNames(counted, about), bind);
}

/** How many a view holds under a filter. */
export async function countView(session: Session, filter: InboxFilter): Promise<number> {
  const { sql, bind } = inboxCondition(filter);
  const found = await row<{ count: number }>(
    session,
    `select count(*)::int from conflicts c where ${sql}`,
    bind,
  );
  return found?.count ?? 0;
}
