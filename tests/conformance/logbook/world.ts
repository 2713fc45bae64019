import { array, object, string, type InferType } from 'yup';
import { startStub, type StubCall, type StubReply, type StubServer } from '../../../connectors/test-stub.js';

/*
 * A made-up system, small enough to show what a connector has to do: people write minutes into a logbook, and a second
 * one keeps what was done. Plain JSON over HTTP; lists come two at a time, by `after` the last id.
 */

export type LogTicket = { id: string; title: string; updatedAt: string };
export type LogEntry = {
  id: string;
  ticketId: string;
  minutes: string;
  personId: string;
  at: string;
  updatedAt: string;
};
export type LogRow = InferType<typeof ROW>;

export const TOKEN = 'logbook-token';
export const CLOSED_JOB = 'job-closed';
const PAGE = 2;
const START = Date.parse('2026-11-23T09:00:00Z');

export class LogbookWorld {
  readonly tickets = new Map<string, LogTicket>();
  readonly entries = new Map<string, LogEntry>();
  readonly rows = new Map<string, LogRow>();
  readonly labels = new Set<string>();
  down = false;
  losesNextAnswer = false;
  #ids = 0;
  #now = START;

  nextId = (): string => String((this.#ids += 1));
  now = (): string => new Date(this.#now).toISOString();
  laterBy = (ms: number): void => void (this.#now += ms);

  serve = (): Promise<StubServer> => startStub((call) => this.answer(call));

  private answer(call: StubCall): StubReply | null {
    if (this.down) return null;
    const headers = { date: new Date(this.#now).toUTCString() };
    if (call.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, headers };
    const reply = this.route(call);
    if (this.losesNextAnswer && call.method === 'POST') {
      this.losesNextAnswer = false;
      return null;
    }
    return { ...reply, headers };
  }

  private route({ method, url, body }: StubCall): StubReply {
    const [, list = '', id] = url.pathname.split('/');
    const key = `${method} ${list}${id === undefined ? '' : '/:id'}`;
    if (key === 'GET me') return { body: { zone: 'Europe/Berlin', name: 'logbook' } };
    if (key === 'GET people') return { body: ['ann', 'bob'] };
    if (key === 'GET tickets') return { body: pageOf(this.tickets, url.searchParams) };
    if (key === 'GET entries') return { body: pageOf(this.entries, url.searchParams) };
    if (key === 'GET rows') return { body: pageOf(this.rows, url.searchParams) };
    if (key === 'POST labels') return { body: { labels: this.labels.add(JSON.stringify(body)).size } };
    const table = list === 'tickets' ? this.tickets : list === 'entries' ? this.entries : this.rows;
    if (key === 'POST rows') return this.store(this.nextId(), body);
    const found = table.get(id ?? '');
    if (found === undefined) return { status: 404, body: { error: 'not there' } };
    if (method === 'DELETE') return { body: { gone: table.delete(found.id) } };
    return method === 'PATCH' ? this.store(found.id, body, this.rows.get(found.id)) : { body: found };
  }

  private store(id: string, given: unknown, before: Partial<LogRow> = {}): StubReply {
    const row = ROW.cast({ ...before, ...recordOf(given), id, updatedAt: this.now() });
    if (row.job === CLOSED_JOB) return { status: 400, body: { error: 'This job takes no more time.' } };
    this.rows.set(id, row);
    return { body: row };
  }
}

const text = () => string().required();
const ROW = object({
  id: text(),
  person: text(),
  job: text(),
  task: text(),
  from: text(),
  to: text(),
  text: string().defined().nonNullable(),
  labels: array(text()).required(),
  updatedAt: text(),
});

const recordOf = (body: unknown): object => (typeof body === 'object' && body !== null ? body : {});

/** What changed at or after `since`, oldest id first, after the id `after`. */
function pageOf<T extends { id: string; updatedAt: string }>(
  table: ReadonlyMap<string, T>,
  query: URLSearchParams,
): readonly T[] {
  const since = query.get('since') ?? '';
  const after = Number(query.get('after') ?? 0);
  return [...table.values()]
    .filter((each) => Number(each.id) > after && each.updatedAt >= since)
    .sort((a, b) => Number(a.id) - Number(b.id))
    .slice(0, PAGE);
}
