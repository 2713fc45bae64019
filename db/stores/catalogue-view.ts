import { rows, type Session } from '../sql.js';

export type CatalogueEntry = {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly parentName: string | null;
  readonly parentNumber: string | null;
  /** Of a customer, or of a project's customer. */
  readonly currency: string | null;
  readonly number: string | null;
  readonly email: string | null;
  readonly active: boolean;
};

/** A project's parent is a customer, an activity's a project. */
const PARENT_KIND = `case i.kind when 'project' then 'customer' when 'activity' then 'project' end`;
const SELECT = `select i.external_id as id, i.name, i.parent_id as "parentId", p.name as "parentName", p.number as "parentNumber", coalesce(i.currency, p.currency) as currency, i.number, i.email, i.active
  from catalogue_items i left join catalogue_items p
    on p.connector_id = i.connector_id and p.kind = ${PARENT_KIND} and p.external_id = i.parent_id`;

export type CatalogueKind = 'user' | 'activity_type' | 'organization' | 'customer' | 'project' | 'activity';

/** Items by id; ids that nobody has read yet are missing in the answer. */
export async function readCatalogue(
  session: Session,
  connectorId: string,
  kind: CatalogueKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CatalogueEntry>> {
  if (ids.length === 0) return new Map();
  const found = await rows<CatalogueEntry>(
    session,
    `${SELECT} where i.connector_id = $1 and i.kind = $2 and i.external_id = any($3::text[])`,
    [connectorId, kind, [...new Set(ids)]],
  );
  return new Map(found.map((item) => [item.id, item]));
}

export const findCatalogueEntry = async (
  session: Session,
  connectorId: string,
  kind: CatalogueKind,
  id: string,
): Promise<CatalogueEntry | undefined> => (await readCatalogue(session, connectorId, kind, [id])).get(id);

/** Items that can be chosen, by a part of their own or their parent's name; the order is that of people. */
export async function searchCatalogue(
  session: Session,
  connectorId: string,
  kind: CatalogueKind,
  { q, limit }: { readonly q: string; readonly limit: number },
): Promise<{ readonly total: number; readonly items: readonly CatalogueEntry[] }> {
  const found = await rows<CatalogueEntry & { total: number }>(
    session,
    `select *, count(*) over ()::int as total from (${SELECT} where i.connector_id = $1 and i.kind = $2 and i.active
       and position(lower($3) in lower(concat_ws(' ', i.name, p.name, i.number, i.email))) > 0) found
     order by "parentName" collate "und-x-icu" nulls first, name collate "und-x-icu", id limit $4`,
    [connectorId, kind, q.trim(), limit],
  );
  return { total: found[0]?.total ?? 0, items: found.map(({ total: _total, ...item }) => item) };
}

/** All items of a kind, those included that cannot be chosen any more. */
export const listCatalogue = (
  session: Session,
  connectorId: string,
  kind: CatalogueKind,
): Promise<CatalogueEntry[]> =>
  rows<CatalogueEntry>(
    session,
    `${SELECT} where i.connector_id = $1 and i.kind = $2 order by i.external_id`,
    [connectorId, kind],
  );
