import { isRecord } from '../kit/index.js';
import type { KimaiHands, ZammadHands } from '../worlds/demo/hands.js';

export type Named = { readonly id: number; readonly name: string };
export type TicketLine = { readonly id: number; readonly number: string; readonly title: string };
export type EntryLine = {
  readonly id: number;
  readonly ticket: TicketLine;
  readonly person: string;
  readonly type: string | null;
  readonly minutes: number;
  readonly at: string;
};
export type SheetLine = {
  readonly id: number;
  readonly begin: string;
  readonly minutes: number;
  readonly person: string;
  readonly place: string;
  readonly description: string;
  readonly ticketNumber: string | null;
  readonly exported: boolean;
};
export type ZammadSide = {
  readonly tickets: readonly TicketLine[];
  readonly people: readonly Named[];
  readonly types: readonly Named[];
  readonly entries: readonly EntryLine[];
};

const SHOWN = 12;

const rows = (body: unknown): Record<string, unknown>[] => (Array.isArray(body) ? body.filter(isRecord) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

function ticketLine(row: Record<string, unknown>): TicketLine {
  return { id: Number(row['id']), number: text(row['number']), title: text(row['title']) };
}

async function ticketsById(zammad: ZammadHands, ids: readonly number[]): Promise<Map<number, TicketLine>> {
  if (ids.length === 0) return new Map();
  const condition = { 'ticket.id': { operator: 'is', value: ids } };
  const found = await zammad.read('POST', '/tickets/search', { condition, per_page: 200, expand: true });
  return new Map(rows(found).map((row) => [Number(row['id']), ticketLine(row)]));
}

/** What the Zammad half of the page shows: tickets to choose from, people, types, the latest entries. */
export async function readZammad(zammad: ZammadHands): Promise<ZammadSide> {
  const recent = { sort_by: 'updated_at,id', order_by: 'desc,desc', per_page: 200, expand: true };
  const [tickets, users, types, entries] = await Promise.all([
    zammad.read('POST', '/tickets/search', recent),
    zammad.read('GET', '/users?per_page=1000&expand=true'),
    zammad.read('GET', '/time_accounting/types'),
    zammad.read('GET', `/time_accountings?sort_by=id&order_by=desc&per_page=${SHOWN}&expand=true`),
  ]);
  const has = (row: Record<string, unknown>, role: string): boolean =>
    Array.isArray(row['roles']) && row['roles'].includes(role);
  // Administrators come last: a newcomer should not begin with a person whom nobody has mapped.
  const people = rows(users)
    .filter((row) => row['active'] === true && has(row, 'Agent'))
    .sort((a, b) => Number(has(a, 'Admin')) - Number(has(b, 'Admin')))
    .map((row) => ({
      id: Number(row['id']),
      name: `${text(row['firstname'])} ${text(row['lastname'])}`.trim(),
      login: text(row['login']),
    }));
  const shown = rows(entries);
  const known = await ticketsById(zammad, [...new Set(shown.map((row) => Number(row['ticket_id'])))]);
  return {
    tickets: rows(tickets).map(ticketLine),
    people,
    types: rows(types).map((row) => ({ id: Number(row['id']), name: text(row['name']) })),
    entries: shown.map((row) => ({
      id: Number(row['id']),
      ticket: known.get(Number(row['ticket_id'])) ?? { id: Number(row['ticket_id']), number: '?', title: '' },
      person: people.find((person) => person.login === row['created_by'])?.name ?? text(row['created_by']),
      type: typeof row['type'] === 'string' ? row['type'] : null,
      minutes: Number(row['time_unit']),
      at: text(row['created_at']),
    })),
  };
}

/** The latest rows of Kimai, newest first. */
export async function readKimai(kimai: KimaiHands): Promise<readonly SheetLine[]> {
  const body = await kimai.read(`/timesheets?user=all&full=true&orderBy=id&order=DESC&size=${SHOWN}`);
  return rows(body).map((row) => {
    const description = text(row['description']);
    const user = at(row, 'user');
    return {
      id: Number(row['id']),
      begin: text(row['begin']),
      minutes: Number(row['duration']) / 60,
      person: text(at(user, 'alias')) || text(at(user, 'username')),
      place: [at(row, 'project', 'customer', 'name'), at(row, 'project', 'name'), at(row, 'activity', 'name')]
        .map(text)
        .join(' · '),
      description,
      ticketNumber: /#(\d+)/.exec(description)?.[1] ?? null,
      exported: row['exported'] === true,
    };
  });
}

/** The ticket that a person means: its number, with or without `#`, possibly followed by the title. */
export async function findTicket(zammad: ZammadHands, meant: string): Promise<TicketLine | null> {
  const number = /^\s*#?(\d+)/.exec(meant)?.[1];
  const field = number === undefined ? 'ticket.title' : 'ticket.number';
  const value = number ?? meant.trim();
  if (value === '') return null;
  const condition = { [field]: { operator: number === undefined ? 'contains' : 'is', value } };
  const found = rows(
    await zammad.read('POST', '/tickets/search', { condition, per_page: 1, expand: true }),
  )[0];
  return found ? ticketLine(found) : null;
}
