import { array, object, string, type InferType } from 'yup';
import { parseList, parseReply } from '../../../connectors/parse.js';
import type { ConnectorContext, Page, SourceTicket, TimeSource } from '../../../connectors/port.js';
import { toSeconds } from '../../../domain/duration.js';
import { entryDate } from '../../../domain/entry-date.js';
import type { SourceEntry } from '../../../domain/staged.js';
import { createLogbookClient } from './client.js';

const text = () => string().required();
const entrySchema = object({
  id: text(),
  ticketId: text(),
  minutes: text(),
  personId: text(),
  at: text(),
  updatedAt: text(),
}).required();
const ticketSchema = object({ id: text(), title: text(), updatedAt: text() }).required();
const meSchema = object({ zone: text(), name: text() }).required();

/** A logbook as a source of time. Its minutes are always minutes, its tickets have no customers. */
export function createLogbookSource(context: ConnectorContext): TimeSource {
  const client = createLogbookClient(context);

  const page = async <T extends { readonly id: string }, U>(
    path: string,
    query: Readonly<Record<string, string>>,
    cursor: string | null,
    read: (raw: unknown) => T,
    show: (raw: T) => U,
  ): Promise<Page<U>> => {
    const after = cursor === null ? {} : { after: cursor };
    const { body, readAt, serverTime } = await client.ask({
      method: 'GET',
      path,
      query: { ...query, ...after },
    });
    const rows = parseList(body, `GET ${path}`).map(read);
    // An empty page ends the walk: the size of a page is theirs to choose.
    return { items: rows.map(show), unreadable: [], cursor: rows.at(-1)?.id ?? null, readAt, serverTime };
  };
  const readEntry = (raw: unknown) => parseReply(entrySchema, raw, 'an entry');
  const readTicket = (raw: unknown) => parseReply(ticketSchema, raw, 'a ticket');
  const show = (raw: InferType<typeof entrySchema>): SourceEntry => entryOf(raw, context.timeZone);
  const entriesOf = async (query: Readonly<Record<string, string>>): Promise<readonly SourceEntry[]> => {
    const found: SourceEntry[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const next: Page<SourceEntry> = await page('/entries', query, cursor, readEntry, show);
      found.push(...next.items);
      cursor = next.cursor;
    }
    return found;
  };

  const source: TimeSource = {
    check: async () => {
      const { body } = await client.ask({ method: 'GET', path: '/me' });
      const me = parseReply(meSchema, body, 'GET /me');
      return { findings: [], version: null, timeZone: me.zone, account: me.name, capabilities: {} };
    },
    catalogue: async () => {
      const { body } = await client.ask({ method: 'GET', path: '/people' });
      const nothing = { parentId: null, number: null, orderNumber: null, email: null };
      return parseReply(array(text()).required(), body, 'GET /people').map((name) => ({
        ...nothing,
        kind: 'user' as const,
        externalId: name,
        name,
        active: true,
      }));
    },
    listAll: (cursor) => page('/entries', {}, cursor, readEntry, show),
    listChanged: (since, cursor) => page('/entries', { since }, cursor, readEntry, show),
    listChangedTickets: (since, cursor) => page('/tickets', { since }, cursor, readTicket, ticketOf),
    readTickets: async (ids) => {
      const answers = await Promise.all(
        ids.map((id) => client.ask({ method: 'GET', path: `/tickets/${id}` })),
      );
      return answers.filter(({ status }) => status === 200).map(({ body }) => ticketOf(readTicket(body)));
    },
    readTicket: async (ticketId) => {
      const { status, body, readAt } = await client.ask({ method: 'GET', path: `/tickets/${ticketId}` });
      if (status === 404) return { found: false, readAt };
      const entries = (await entriesOf({})).filter((entry) => entry.ticketId === ticketId);
      return { found: true, ticket: ticketOf(readTicket(body)), entries, unreadable: [], readAt };
    },
    entryExists: async (sourceId) => {
      const { status } = await client.ask({ method: 'GET', path: `/entries/${sourceId}` });
      return status === 404 ? 'gone' : 'there';
    },
    countAll: async () => (await entriesOf({})).length,
    // It has no report of its own, and a sum of its entries would be no control.
    monthTotals: () => Promise.resolve(null),
    samples: async () => {
      const newest = (await entriesOf({})).slice(-3);
      const tickets = await source.readTickets([...new Set(newest.map(({ ticketId }) => ticketId))]);
      return newest.map(({ ticketId, userName, bookedAt, unitText, seconds }) => ({
        ticketNumber: ticketId,
        ticketTitle: tickets.find((ticket) => ticket.ticketId === ticketId)?.ticketTitle ?? '',
        personName: userName,
        bookedAt,
        unitText,
        seconds,
      }));
    },
    close: client.close,
  };
  return source;
}

function entryOf(raw: InferType<typeof entrySchema>, timeZone: string): SourceEntry {
  const read = toSeconds(raw.minutes, 60);
  return {
    sourceId: raw.id,
    ticketId: raw.ticketId,
    unitText: raw.minutes,
    seconds: read.ok ? read.seconds : null,
    activityTypeId: null,
    activityTypeName: null,
    userId: raw.personId,
    userName: raw.personId,
    userEmail: null,
    articleId: null,
    description: '',
    entryDate: entryDate(raw.at, timeZone),
    bookedAt: raw.at,
    updatedAt: raw.updatedAt,
    unreadable: read.ok ? null : read.problem,
    tags: [],
  };
}

const ticketOf = ({ id, title, updatedAt }: InferType<typeof ticketSchema>): SourceTicket => ({
  ticketId: id,
  ticketNumber: id,
  ticketTitle: title,
  organizationId: null,
  organizationName: null,
  ticketCustomerId: null,
  ticketCustomerName: null,
  groupId: null,
  ticketMerged: false,
  mergedInto: null,
  unitSum: null,
  articleCount: null,
  updatedAt,
});
