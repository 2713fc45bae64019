import type { CatalogueItem } from '../../domain/staged.js';
import type { Day } from '../../domain/time-entry.js';
import { instantMs, zoneDayAt } from '../../domain/zone.js';
import { parseList, parseReply } from '../parse.js';
import type { KimaiClient, Query } from './client.js';
import { normaliseUser } from './normalise.js';
import {
  activitySchema,
  customerSchema,
  meSchema,
  projectSchema,
  referencedId,
  userSchema,
} from './schema.js';

/** Hidden ones too: they are mapped already or explain why a booking is refused. None of these lists is paged. */
export const EVERY_VISIBILITY = 3;

/** Users, customers, projects and activities. `active` says what Kimai would accept for a new record today. */
export async function readCatalogue(
  client: KimaiClient,
  timeZone: string,
): Promise<readonly CatalogueItem[]> {
  const [users, customers, projects, activities] = await Promise.all([
    readUsers(client),
    readRows(client, '/customers', { visible: EVERY_VISIBILITY }, 'view_customer'),
    // Without `ignoreDates` projects that do not run today are left out.
    readRows(client, '/projects', { visible: EVERY_VISIBILITY, ignoreDates: 1 }, 'view_project'),
    readRows(client, '/activities', { visible: EVERY_VISIBILITY }, 'view_activity'),
  ]);
  const today = zoneDayAt(instantMs(projects.serverTime), timeZone).day;
  return [
    ...users,
    ...customers.rows.map(customer),
    ...projects.rows.map((row) => project(row, today)),
    ...activities.rows.map(activity),
  ];
}

async function readRows(client: KimaiClient, path: string, query: Query, permission: string) {
  const { body, serverTime } = await client.read(path, query, permission);
  return { rows: parseList(body, `GET ${path}`), serverTime };
}

/** Only a super admin or a role with `view_user` may list them; everyone may read oneself. */
export async function readUsers(client: KimaiClient): Promise<readonly CatalogueItem[]> {
  const { status, body } = await client.tryRead('/users', { visible: EVERY_VISIBILITY });
  if (status === 200) {
    return parseList(body, 'GET /users').map((row) => normaliseUser(parseReply(userSchema, row, 'a user')));
  }
  const me = await client.read('/users/me', {}, 'api_access');
  return [normaliseUser(parseReply(meSchema, me.body, 'GET /users/me'))];
}

export function customer(row: unknown): CatalogueItem {
  const { id, name, number, visible, currency } = parseReply(customerSchema, row, 'a customer');
  const billedIn = currency ? { currency } : {};
  return { ...item(id, name, number), ...billedIn, kind: 'customer', parentId: null, active: visible };
}

/** A project that has ended or not begun takes no new record, not even one dated inside its time. */
export function project(row: unknown, today: Day): CatalogueItem {
  const raw = parseReply(projectSchema, row, 'a project');
  const begun = (raw.start ?? today).slice(0, 10) <= today;
  const ended = (raw.end ?? today).slice(0, 10) < today;
  const parentId = String(referencedId(raw.customer));
  return {
    ...item(raw.id, raw.name, raw.number),
    kind: 'project',
    parentId,
    orderNumber: raw.orderNumber ?? null,
    active: raw.visible && begun && !ended,
  };
}

function activity(row: unknown): CatalogueItem {
  const { id, name, number, visible, project: owner } = parseReply(activitySchema, row, 'an activity');
  const parent = referencedId(owner);
  return {
    ...item(id, name, number),
    kind: 'activity',
    parentId: parent === null ? null : String(parent),
    active: visible,
  };
}

function item(id: number, name: string, number: string | null | undefined) {
  return { externalId: String(id), name, number: number ?? null, orderNumber: null, email: null };
}
