import type { CatalogueItem } from '../../domain/staged.js';
import { parseList, parseReply } from '../parse.js';
import type { ZammadClient } from './client.js';
import { normalisePerson } from './normalise.js';
import { namedSchema, userSchema, type ZammadUser } from './schema.js';

const PAGE = 1_000;

/** Who books, and what is booked for: agents, activity types, organizations, groups. */
export async function readCatalogue(client: ZammadClient): Promise<readonly CatalogueItem[]> {
  const [users, types, organizations, groups] = await Promise.all([
    readPages(client, '/users'),
    readTypes(client),
    readPages(client, '/organizations'),
    readPages(client, '/groups'),
  ]);
  return [
    ...users
      .map((row) => parseReply(userSchema, row, 'GET /users'))
      .filter(isAgent)
      .map(agent),
    ...types.map((row) => named('activity_type', row)),
    ...organizations.map((row) => named('organization', row)),
    ...groups.map((row) => named('group', row)),
  ];
}

/** Until a page is empty: sizes are clamped silently. */
async function readPages(client: ZammadClient, path: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await client.read(path, { per_page: PAGE, page }, 'ticket.agent');
    const more = parseList(body, `GET ${path}`);
    if (more.length === 0) return rows;
    rows.push(...more);
  }
}

/** Not paged; an agent's token may not read them, and then the names come with the entries. */
async function readTypes(client: ZammadClient): Promise<readonly unknown[]> {
  const { status, body } = await client.tryRead('/time_accounting/types');
  return status === 200 ? parseList(body, 'GET /time_accounting/types') : [];
}

/** Role names are free text; having groups is what makes an agent. */
const isAgent = (user: ZammadUser): boolean => Object.keys(user.group_ids ?? {}).length > 0;

function agent(user: ZammadUser): CatalogueItem {
  const { name, email } = normalisePerson(user);
  return {
    kind: 'user',
    externalId: String(user.id),
    name,
    parentId: null,
    number: null,
    orderNumber: null,
    email,
    active: user.active,
  };
}

function named(kind: CatalogueItem['kind'], row: unknown): CatalogueItem {
  const { id, name, active } = parseReply(namedSchema, row, `a ${kind}`);
  return {
    kind,
    externalId: String(id),
    name,
    parentId: null,
    number: null,
    orderNumber: null,
    email: null,
    active,
  };
}
