import { contractWorld as contractKimai } from '../../simulators/kimai/worlds.js';
import { newActivity, newCustomer, newProject, newTimesheet, newUser } from '../../simulators/kimai/rows.js';
import { kimaiWorld, type KimaiTimesheet, type KimaiWorld } from '../../simulators/kimai/world.js';
import type { Worlds } from '../../simulators/worlds/registry.js';
import { makeToken, makeUser } from '../../simulators/zammad/base-world.js';
import { contractWorld } from '../../simulators/zammad/contract-worlds.js';
import type { EntryRow, TicketRow, ZammadWorld } from '../../simulators/zammad/world.js';
import { localTime } from '../../domain/zone.js';

/** How large a service provider is, and whether Kimai knows its time already. */
export type BooksSize = {
  readonly entries: number;
  /** `same`: somebody typed every entry into Kimai, by hand and without a marker. */
  readonly kimai: 'empty' | 'same';
};

export const ENTRIES_A_TICKET = 10;
export const PEOPLE = 20;
export const CUSTOMERS = 5;
export const ZONE = 'Europe/Berlin';
/** Ids of the first agent, in Zammad and in Kimai; the others follow. */
export const FIRST_AGENT = 101;
export const FIRST_TICKET_NUMBER = 50_000;
export const ACTIVITY = 1;

const DAYS = 200;
const LAST_HOUR_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;

/** The token under which an agent of the bench books time in Zammad. */
export const agentToken = (index: number): string => `tok_bench_${index % PEOPLE}`;

/** The first day of the books: what a bridge must start from to have all of it in scope. */
export const firstDay = (now: Date): string =>
  new Date(now.getTime() - (DAYS + 3) * DAY_MS).toISOString().slice(0, 10);

/** What an entry is about; the same for both systems. */
function factsOf(index: number, now: Date) {
  const ticket = 1 + Math.floor(index / ENTRIES_A_TICKET);
  // Spread over the days and, within one, over the working hours; a person's entries of a day differ in time.
  const turn = Math.floor(index / PEOPLE);
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const dayStart = today - (1 + (turn % DAYS)) * DAY_MS;
  const minuteOfDay = 7 * 60 + ((Math.floor(turn / DAYS) * 11) % (9 * 60));
  return {
    ticket,
    person: index % PEOPLE,
    customer: ticket % CUSTOMERS,
    minutes: 15 + 5 * (index % 6),
    endMs: dayStart + minuteOfDay * 60_000,
  };
}

/** Both systems of a service provider, old enough that nothing of it is read a second time. */
export function makeBooks({ entries, kimai }: BooksSize, now: Date): Worlds {
  return { zammad: zammadOf(entries, now), kimai: kimaiOf(kimai === 'same' ? entries : 0, now) };
}

function zammadOf(entries: number, now: Date): ZammadWorld {
  const world = contractWorld(now);
  const at = new Date(now.getTime() - LAST_HOUR_MS).toISOString();
  for (let index = 0; index < PEOPLE; index += 1) {
    const id = FIRST_AGENT + index;
    const login = `agent${index}@example.com`;
    world.users[id] = makeUser({
      id,
      login,
      firstname: 'Agent',
      lastname: `${index}`,
      roles: [2],
      groups: { 1: ['full'] },
      at,
    });
    world.tokens.push(makeToken(agentToken(index), id, ['ticket.agent']));
  }
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const first = world.organizations[1];
    if (first) world.organizations[index + 1] = { ...first, id: index + 1, name: `Kunde ${index}` };
    const id = FIRST_AGENT + PEOPLE + index;
    world.users[id] = makeUser({
      ...{ id, login: `kunde${index}@example.com`, firstname: 'Kunde', lastname: `${index}` },
      ...{ roles: [3], organizationId: index + 1, at },
    });
  }
  for (let index = 0; index < entries; index += 1) addEntry(world, index, now);
  Object.assign(world.last_id, {
    users: FIRST_AGENT + PEOPLE + CUSTOMERS,
    organizations: CUSTOMERS,
    entries,
    tickets: Math.ceil(entries / ENTRIES_A_TICKET),
    ticket_number: FIRST_TICKET_NUMBER + Math.ceil(entries / ENTRIES_A_TICKET),
  });
  return world;
}

function addEntry(world: ZammadWorld, index: number, now: Date): void {
  const { ticket: ticketId, person, customer, minutes, endMs } = factsOf(index, now);
  const at = new Date(endMs).toISOString();
  const entry: EntryRow = {
    ...{ id: index + 1, ticket_id: ticketId, ticket_article_id: null, type_id: null },
    ...{ time_unit: minutes * 100, created_by_id: FIRST_AGENT + person, created_at: at, updated_at: at },
  };
  world.entries[entry.id] = entry;
  const before = world.tickets[ticketId] ?? newTicket(ticketId, customer, at);
  const updated = before.updated_at > at ? before.updated_at : at;
  world.tickets[ticketId] = {
    ...before,
    time_unit: (before.time_unit ?? 0) + minutes * 100,
    updated_at: updated,
  };
}

const newTicket = (id: number, customer: number, at: string): TicketRow => ({
  ...{ id, group_id: 1, priority_id: 2, state_id: 2, organization_id: customer + 1 },
  ...{ number: `${FIRST_TICKET_NUMBER + id}`, title: `Drucker ${id} im Lager druckt nicht` },
  ...{ owner_id: FIRST_AGENT, customer_id: FIRST_AGENT + PEOPLE + customer, note: null, article_count: 1 },
  ...{ time_unit: null, close_at: null, last_close_at: null, pending_time: null },
  ...{ updated_by_id: FIRST_AGENT, created_by_id: FIRST_AGENT, created_at: at, updated_at: at },
});

function kimaiOf(sheets: number, now: Date): KimaiWorld {
  const { users, tokens, roles } = contractKimai();
  const agents = Array.from({ length: PEOPLE }, (_, index) =>
    newUser({ id: FIRST_AGENT + index, username: `agent${index}` }),
  );
  const each = <T>(make: (id: number) => T): T[] =>
    Array.from({ length: CUSTOMERS }, (_, index) => make(index + 1));
  return kimaiWorld({
    ...{ tokens, roles, users: [...users, ...agents] },
    customers: each((id) => newCustomer({ id, name: `Kunde ${id - 1}` })),
    projects: each((id) => newProject({ id, name: `Support ${id - 1}`, customer: id })),
    activities: [newActivity({ id: ACTIVITY, name: 'Support' })],
    tags: [],
    timesheets: Array.from({ length: sheets }, (_, index) => sheetOf(index, now)),
  });
}

function sheetOf(index: number, now: Date): KimaiTimesheet {
  const { ticket, person, customer, minutes, endMs } = factsOf(index, now);
  const end = endMs / 1000;
  return newTimesheet({
    ...{ id: index + 1, user: FIRST_AGENT + person, project: customer + 1, activity: ACTIVITY },
    ...{ begin: end - minutes * 60, end, dateTz: localTime(endMs, ZONE).slice(0, 10) },
    description: `#${FIRST_TICKET_NUMBER + ticket} von Hand`,
  });
}

/** The bodies of the POSTs that would bring all entries into Kimai, as anybody would send them. */
export const bookingsOf = (entries: number, now: Date): readonly Readonly<Record<string, unknown>>[] =>
  Array.from({ length: entries }, (_, index) => {
    const { ticket, person, customer, minutes, endMs } = factsOf(index, now);
    return {
      ...{ user: FIRST_AGENT + person, project: customer + 1, activity: ACTIVITY, tags: 'zammad' },
      ...{ begin: localTime(endMs - minutes * 60_000, ZONE), end: localTime(endMs, ZONE) },
      description: `#${FIRST_TICKET_NUMBER + ticket} Drucker ${ticket} im Lager druckt nicht [bare-${index}]`,
    };
  });
