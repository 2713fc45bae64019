import type { ConflictKind } from '../../domain/conflict.js';
import { rows, type Session } from '../sql.js';
import { inboxCondition, type VIEW_CONDITIONS, type InboxFilter } from './inbox-filter.js';

type Counted = { readonly count: number; readonly seconds: number };
export type InboxGroup = Counted & { readonly kind: ConflictKind; readonly cause: string };
export type InboxFacet = Counted & { readonly id: string; readonly name: string };

const SUMS = 'count(*)::int as count, coalesce(sum(abs(c.seconds_at_stake)), 0)::float8 as seconds';
/** More values than this nobody picks from a list; search finds the rest. */
const MAX_FACETS = 300;

/** Kind and cause with count and hours, in the order of `kinds`, then by cause: as the grouped list is. */
export async function groupInbox(
  session: Session,
  filter: InboxFilter,
  kinds: readonly ConflictKind[],
): Promise<readonly InboxGroup[]> {
  const { sql, bind } = inboxCondition(filter);
  return rows<InboxGroup>(
    session,
    `select c.kind, c.cause, ${SUMS} from conflicts c where ${sql} group by c.kind, c.cause
     order by array_position($${bind.length + 1}::text[], c.kind), c.cause`,
    [...bind, kinds],
  );
}

export const customersOfInbox = (session: Session, filter: InboxFilter): Promise<InboxFacet[]> =>
  facet(session, { ...filter, customer: undefined }, 'customer_key', 'customer_name');

export const peopleOfInbox = (session: Session, filter: InboxFilter): Promise<InboxFacet[]> =>
  facet(session, { ...filter, person: undefined }, 'person_id', 'person_name');

/** Counts by the index alone; only then is a name looked up for each value, which would cost every case's own page. */
function facet(
  session: Session,
  filter: InboxFilter,
  key: 'customer_key' | 'person_id',
  name: 'customer_name' | 'person_name',
): Promise<InboxFacet[]> {
  const { sql, bind } = inboxCondition(filter);
  return rows<InboxFacet>(
    session,
    `select g.id, coalesce((select n.${name} from conflicts n where n.${key} = g.id and n.${name} is not null limit 1),
       g.id) as name, g.count, g.seconds
     from (select c.${key} as id, ${SUMS} from conflicts c where ${sql} and c.${key} is not null
       group by c.${key} order by seconds desc, id limit ${MAX_FACETS}) g
     order by g.seconds desc, g.id`,
    bind,
  );
}

export type ViewCounts = { readonly open: number; readonly snoozed: number; readonly done: number };

/** How many each view holds under the same filter. */
export async function countViews(session: Session, filter: InboxFilter): Promise<ViewCounts> {
  const count = async (view: keyof typeof VIEW_CONDITIONS) => {
    const { sql, bind } = inboxCondition({ ...filter, view });
    const [found] = await rows<{ count: number }>(
      session,
      `select count(*)::int from conflicts c where ${sql}`,
      bind,
    );
    return found?.count ?? 0;
  };
  const [open, snoozed, done] = await Promise.all([count('open'), count('snoozed'), count('done')]);
  return { open, snoozed, done };
}
