import { beginAct } from '../../zammad/act.js';
import {
  ARTICLE_SENDERS,
  ARTICLE_TYPES,
  baseWorld,
  makeToken,
  makeUser,
  STATE,
} from '../../zammad/base-world.js';
import { entriesOfTicket } from '../../zammad/row-index.js';
import { createEntry } from '../../zammad/rules/entries.js';
import { saveTicket } from '../../zammad/rules/save-ticket.js';
import { createArticle, createTicket, mergeTicket } from '../../zammad/rules/tickets.js';
import type { GroupAccess, TicketRow, ZammadWorld } from '../../zammad/world.js';
import { addDays, instantAt, localDate } from './calendar.js';
import {
  ACTIVITY_TYPES,
  AGENTS,
  COMPANY,
  GROUPS,
  loginOf,
  ORGANIZATIONS,
  REMOTE,
  UNMAPPED,
  ZAMMAD_ADMIN,
  ZAMMAD_SYNC_ID,
  type Organization,
} from './company.js';
import { planWork, type PlannedEntry, type PlannedTicket } from './plan.js';

/** Tickets began long before the demo: the first one of it has the number after this. */
const LAST_OLD_NUMBER = 49_800;
/** Customers of the organizations follow after the staff. */
const FIRST_CONTACT_ID = 11;
/** A ticket that nobody has touched for so long is closed. */
const CLOSED_AFTER_MS = 5 * 86_400_000;

function access(...kinds: GroupAccess[]): Record<number, GroupAccess[]> {
  return Object.fromEntries(GROUPS.map((_, at) => [at + 1, kinds]));
}

/** The id of an organization's contact in Zammad. */
function contactId(organization: Organization, contact: number): number {
  const before = ORGANIZATIONS.filter((other) => other.zammadId < organization.zammadId);
  return FIRST_CONTACT_ID + before.reduce((sum, other) => sum + other.contacts.length, 0) + contact;
}

function addPeople(world: ZammadWorld, at: string): void {
  const admin = makeUser({ ...ZAMMAD_ADMIN, roles: [1, 2], groups: access('full'), at });
  const sync = {
    id: ZAMMAD_SYNC_ID,
    login: 'timebridge@weidner-it.example',
    firstname: 'Time',
    lastname: 'Bridge',
  };
  const staff = AGENTS.map((agent) =>
    makeUser({ ...agent, id: agent.zammadId, login: loginOf(agent), roles: [2], groups: access('full'), at }),
  );
  const contacts = ORGANIZATIONS.flatMap((organization) =>
    organization.contacts.map(([firstname, lastname], contact) =>
      makeUser({
        id: contactId(organization, contact),
        login: `${firstname}.${lastname}@${organization.domain}`.toLowerCase(),
        firstname,
        lastname,
        roles: [3],
        organizationId: organization.zammadId,
        at,
      }),
    ),
  );
  for (const user of [
    admin,
    ...staff,
    makeUser({ ...sync, roles: [4], groups: access('read', 'change'), at }),
    ...contacts,
  ]) {
    world.users[user.id] = user;
  }
  world.last_id['users'] = FIRST_CONTACT_ID + contacts.length;
  world.tokens = [
    makeToken('tok_admin', ZAMMAD_ADMIN.id, ['admin', 'ticket.agent']),
    makeToken('tok_sync', ZAMMAD_SYNC_ID, ['admin.time_accounting', 'ticket.agent']),
    ...AGENTS.map((agent) => makeToken(`tok_${agent.key}`, agent.zammadId, ['ticket.agent'])),
  ];
}

function addStructure(world: ZammadWorld, at: string): void {
  const by = { created_by_id: 1, updated_by_id: 1, created_at: at, updated_at: at };
  for (const [index, name] of GROUPS.entries())
    world.groups[index + 1] = { id: index + 1, name, active: true, ...by };
  for (const { zammadId, name, domain } of ORGANIZATIONS) {
    const flags = { shared: true, domain_assignment: true, active: true, vip: false, note: '' };
    world.organizations[zammadId] = { id: zammadId, name, domain, ...flags, ...by };
  }
  for (const { zammadId, name } of ACTIVITY_TYPES) {
    world.types[zammadId] = { id: zammadId, name, note: null, active: true, ...by };
  }
  const [groups, organizations, types] = [GROUPS.length, ORGANIZATIONS.length, ACTIVITY_TYPES.length];
  Object.assign(world.last_id, { groups, organizations, types, ticket_number: LAST_OLD_NUMBER });
  world.settings.product_name = COMPANY;
  world.settings.time_accounting_type_default = REMOTE;
}

function open(world: ZammadWorld, plan: PlannedTicket): TicketRow {
  const customer = contactId(plan.organization, plan.contact);
  const act = beginAct(world, plan.createdAt.toISOString(), customer);
  const ticket = createTicket(act, {
    title: plan.subject.title,
    group_id: plan.subject.group + 1,
    customer_id: customer,
    owner_id: plan.owner.zammadId,
    state_id: STATE.open,
  });
  const body = `Guten Tag,\n${plan.subject.title}. Bitte melden Sie sich.\nViele Grüße`;
  const sender = { type_id: ARTICLE_TYPES.web, sender_id: ARTICLE_SENDERS.Customer };
  createArticle(act, ticket, { body, subject: plan.subject.title, internal: false, ...sender });
  return ticket;
}

function account(world: ZammadWorld, ticket: TicketRow, plan: PlannedEntry): void {
  const act = beginAct(world, plan.at.toISOString(), plan.agent.zammadId);
  const kind = { type_id: ARTICLE_TYPES.note, sender_id: ARTICLE_SENDERS.Agent };
  const article =
    plan.note === null ? null : createArticle(act, ticket, { body: plan.note, internal: true, ...kind });
  createEntry(act, {
    ticket_id: ticket.id,
    time_unit: plan.minutes,
    type_id: plan.typeId,
    ticket_article_id: article?.id ?? null,
  });
}

/** A colleague took time off a ticket on which they never booked any: no entry it could be netted against. */
function addLoneCorrection(world: ZammadWorld, tickets: readonly TicketRow[]): void {
  const [, ben] = AGENTS;
  const ticket = tickets.findLast(
    (row) =>
      (row.time_unit ?? 0) > 6_000 &&
      row.state_id === STATE.open &&
      row.organization_id !== UNMAPPED.organizationId &&
      entriesOfTicket(world, row.id).every((entry) => entry.created_by_id !== ben?.zammadId),
  );
  const last = ticket ? entriesOfTicket(world, ticket.id).at(-1) : undefined;
  if (!ben || !ticket || !last) return;
  const act = beginAct(world, last.created_at, ben.zammadId);
  createEntry(act, { ticket_id: ticket.id, time_unit: -30, type_id: 3 });
}

/** Two reports of the same trouble: one ticket went into the other, and its time stayed where it was. */
function mergeOne(world: ZammadWorld, tickets: readonly TicketRow[], now: Date): void {
  const yesterday = instantAt(addDays(localDate(now), -1), 0).toISOString();
  const staff = new Set(
    AGENTS.filter((agent) => agent.key !== UNMAPPED.agentKey).map((agent) => agent.zammadId),
  );
  const quiet = tickets.filter(
    (row) =>
      row.updated_at < yesterday &&
      row.organization_id !== UNMAPPED.organizationId &&
      staff.has(row.owner_id),
  );
  const source = quiet.at(-1);
  const target = quiet.findLast(
    (row) => row.id !== source?.id && row.organization_id === source?.organization_id,
  );
  if (!source || !target) return;
  const at = new Date(Date.parse(source.updated_at) + 120_000).toISOString();
  mergeTicket(beginAct(world, at, source.owner_id), source, target);
}

function closeOldOnes(world: ZammadWorld, tickets: readonly TicketRow[], now: Date): void {
  for (const ticket of tickets) {
    const idle = now.getTime() - Date.parse(ticket.updated_at);
    if (idle < CLOSED_AFTER_MS || ticket.state_id !== STATE.open) continue;
    const at = new Date(Date.parse(ticket.updated_at) + 600_000).toISOString();
    saveTicket(beginAct(world, at, ticket.owner_id), ticket, { state_id: STATE.closed, close_at: at });
  }
}

/** The Zammad of the demo company, as of `now`. */
export function demoZammad(now: Date): ZammadWorld {
  const founded = instantAt(addDays(localDate(now), -700), 9 * 60).toISOString();
  const world = baseWorld('demo', founded);
  addPeople(world, founded);
  addStructure(world, founded);
  const plan = planWork(now);
  const tickets = new Map<number, TicketRow>(plan.tickets.map((ticket) => [ticket.key, open(world, ticket)]));
  for (const entry of plan.entries) {
    const ticket = tickets.get(entry.ticket.key);
    if (ticket) account(world, ticket, entry);
  }
  const rows = [...tickets.values()];
  mergeOne(world, rows, now);
  closeOldOnes(world, rows, now);
  addLoneCorrection(world, rows);
  return world;
}
