import type { CatalogueItem } from '../../domain/staged.js';
import { rows, type Session } from '../sql.js';

/** Adds what was just made in the other system, or brings it up to date; everything else stays as it is known. */
export async function addToCatalogue(
  session: Session,
  connectorId: string,
  items: readonly CatalogueItem[],
): Promise<void> {
  await rows(
    session,
    `insert into catalogue_items as c (connector_id, read_at, kind, external_id, name, parent_id, number, email, active, order_number, currency)
     select $1, now(), * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::text[], $10::text[])
     on conflict (connector_id, kind, external_id) do update set name = excluded.name, parent_id = excluded.parent_id,
       number = excluded.number, order_number = excluded.order_number, currency = excluded.currency, email = excluded.email, active = excluded.active, read_at = excluded.read_at
     returning 1`,
    [
      connectorId,
      items.map((i) => i.kind),
      items.map((i) => i.externalId),
      items.map((i) => i.name),
      items.map((i) => i.parentId),
      items.map((i) => i.number),
      items.map((i) => i.email),
      items.map((i) => i.active),
      items.map((i) => i.orderNumber),
      items.map((i) => i.currency ?? null),
    ],
  );
}

/** Replaces what is known of a connector's users, projects, … Items no longer listed become inactive, never lost. */
export async function storeCatalogue(
  session: Session,
  connectorId: string,
  items: readonly CatalogueItem[],
): Promise<void> {
  await addToCatalogue(session, connectorId, items);
  await rows(
    session,
    `update catalogue_items c set active = false where connector_id = $1 and active
       and not exists (select 1 from unnest($2::text[], $3::text[]) as u (kind, id) where u.kind = c.kind and u.id = c.external_id)
     returning 1`,
    [connectorId, items.map((i) => i.kind), items.map((i) => i.externalId)],
  );
}

export async function hasCatalogue(session: Session, connectorId: string): Promise<boolean> {
  return (
    (
      await rows(session, 'select 1 as there from catalogue_items where connector_id = $1 limit 1', [
        connectorId,
      ])
    ).length > 0
  );
}

/** Whether the catalogue was read within so many hours. */
export async function isCatalogueFresh(
  session: Session,
  connectorId: string,
  hours: number,
): Promise<boolean> {
  const found = await rows(
    session,
    `select 1 as there from catalogue_items where connector_id = $1 and read_at > now() - make_interval(hours => $2) limit 1`,
    [connectorId, hours],
  );
  return found.length > 0;
}

/** What the target has to book on: customers and projects. */
export const readBookables = (session: Session, connectorId: string): Promise<CatalogueItem[]> =>
  rows<CatalogueItem>(
    session,
    `select kind, external_id as "externalId", name, parent_id as "parentId", number, order_number as "orderNumber", email,
       active from catalogue_items where connector_id = $1 and kind in ('customer', 'project')`,
    [connectorId],
  );

/** Project id → order number, where the target knows one. */
export async function readOrderNumbers(
  session: Session,
  connectorId: string,
): Promise<Record<string, string>> {
  const found = await rows<{ external_id: string; number: string }>(
    session,
    `select external_id, order_number as number from catalogue_items
     where connector_id = $1 and kind = 'project' and order_number is not null`,
    [connectorId],
  );
  return Object.fromEntries(found.map((r) => [r.external_id, r.number]));
}
