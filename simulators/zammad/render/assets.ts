import { decimalText } from '../decimal.js';
import { membersOf } from '../row-index.js';
import { versionNumber, type EntryRow, type TicketRow, type ZammadWorld } from '../world.js';
import { plainEntry, plainOrganization, plainUser, ticketWithIds, type Json } from './records.js';

/** Records that travel along with `full=true`, per model and by id. */
export type Assets = Record<string, Record<string, Json>>;

function put(assets: Assets, model: string, id: number, record: Json): void {
  const table = assets[model] ?? {};
  assets[model] = table;
  table[String(id)] = record;
}

/** An organization brings at most this many of its members along. */
const MEMBERS_SHOWN = 10;

function addOrganization(world: ZammadWorld, assets: Assets, id: number | null): void {
  const organization = id === null ? undefined : world.organizations[id];
  if (!organization || assets['Organization']?.[String(organization.id)]) return;
  const record = plainOrganization(world, organization);
  put(assets, 'Organization', organization.id, record);
  for (const member of membersOf(world, organization.id).slice(0, MEMBERS_SHOWN))
    addUser(world, assets, member.id);
}

/** Adds a user and what comes with a user. */
export function addUser(world: ZammadWorld, assets: Assets, id: number): void {
  const user = world.users[id];
  if (!user || assets['User']?.[String(id)]) return;
  put(assets, 'User', id, plainUser(user));
  addOrganization(world, assets, user.organization_id);
}

/** The assets of a list of tickets: owners, customers, creators, updaters and organizations. */
export function ticketAssets(world: ZammadWorld, tickets: readonly TicketRow[]): Assets {
  const assets: Assets = {};
  for (const ticket of tickets) {
    put(assets, 'Ticket', ticket.id, ticketWithIds(world, ticket));
    for (const id of [ticket.owner_id, ticket.customer_id, ticket.created_by_id, ticket.updated_by_id]) {
      addUser(world, assets, id);
    }
    addOrganization(world, assets, ticket.organization_id);
  }
  return assets;
}

// Before 6.5 the asset was cut down to five keys.
function entryAsset(world: ZammadWorld, entry: EntryRow): Json {
  if (versionNumber(world) >= 605) return plainEntry(entry);
  const { id, ticket_id, ticket_article_id, time_unit, type_id } = entry;
  return { id, ticket_id, ticket_article_id, time_unit: decimalText(time_unit), type_id };
}

/** The assets of a list of entries. */
export function entryAssets(world: ZammadWorld, entries: readonly EntryRow[]): Assets {
  const assets: Assets = {};
  for (const entry of entries) {
    put(assets, 'TicketTimeAccounting', entry.id, entryAsset(world, entry));
    addUser(world, assets, entry.created_by_id);
  }
  return assets;
}

/** Adds records that bring nothing but themselves and who made and changed them. */
export function ownAssets(
  world: ZammadWorld,
  model: string,
  records: readonly (Json & { readonly id: number })[],
  assets: Assets = {},
): Assets {
  for (const record of records) {
    put(assets, model, record.id, record);
    for (const id of [record['created_by_id'], record['updated_by_id']])
      if (typeof id === 'number') addUser(world, assets, id);
  }
  return assets;
}
