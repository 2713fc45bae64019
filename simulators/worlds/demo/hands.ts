import { isRecord } from '../../kit/index.js';
import { instantAt, localDate, localMinutes } from './calendar.js';

/** A Zammad entry as the stories need it. */
export type Entry = {
  readonly id: number;
  readonly ticketId: number;
  readonly userId: number;
  readonly minutes: number;
};
/** A Kimai row as the stories need it; `begin` as Kimai wrote it, `day` local, `duration` in seconds. */
export type Sheet = {
  readonly id: number;
  readonly begin: string;
  readonly day: string;
  readonly duration: number;
  readonly description: string | null;
  readonly exported: boolean;
};
export type Booking = {
  readonly ticketId: number;
  readonly minutes: number;
  readonly typeId: number | null;
  readonly userId: number;
};

/** A call that a system refused or did not answer, with what it said. */
export class HandsFailed extends Error {
  readonly status: number;

  constructor(what: string, status: number, said: string) {
    super(`${what}: ${status === 0 ? 'no answer' : status} ${said}`.trim());
    this.name = 'HandsFailed';
    this.status = status;
  }
}

type Request = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

async function send(
  base: string,
  { method, path, body, headers }: Request,
): Promise<{ readonly body: unknown; readonly headers: Headers }> {
  let response: Response;
  try {
    response = await fetch(`${base}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new HandsFailed(`${method} ${path}`, 0, '');
  }
  const text = await response.text();
  if (!response.ok) throw new HandsFailed(`${method} ${path}`, response.status, text.slice(0, 300));
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  const parsed: unknown = isJson ? JSON.parse(text) : null;
  return { body: parsed, headers: response.headers };
}

const rows = (body: unknown): Record<string, unknown>[] => (Array.isArray(body) ? body.filter(isRecord) : []);
const idOf = (body: unknown): number => (isRecord(body) ? Number(body['id']) : Number.NaN);

function entryOf(row: Record<string, unknown>): Entry {
  const [id, ticketId, userId] = [Number(row['id']), Number(row['ticket_id']), Number(row['created_by_id'])];
  return { id, ticketId, userId, minutes: Number(row['time_unit']) };
}

/** What people do in Zammad, done through its API with the administrator's token. */
export class ZammadHands {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async #call(method: string, path: string, body?: unknown, from?: number): Promise<unknown> {
    const headers = {
      authorization: 'Token token=tok_admin',
      ...(from === undefined ? {} : { from: String(from) }),
    };
    return (await send(this.#url, { method, path, headers, ...(body === undefined ? {} : { body }) })).body;
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    return (
      await send(this.#url, { method, path: `/__control${path}`, ...(body === undefined ? {} : { body }) })
    ).body;
  }

  /** The body of a call below `/api/v1`, as the administrator sees it. */
  async read(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    return this.#call(method, `/api/v1${path}`, body);
  }

  /** The simulator's own time. */
  async now(): Promise<Date> {
    const state = await this.control('GET', '/state');
    return new Date(isRecord(state) ? String(state['now']) : Number.NaN);
  }

  async entries(): Promise<Entry[]> {
    const all: Entry[] = [];
    for (let page = 1; ; page += 1) {
      const batch = rows(await this.#call('GET', `/api/v1/time_accountings?per_page=1000&page=${page}`));
      if (batch.length === 0) return all;
      all.push(...batch.map(entryOf));
    }
  }

  async book(booking: Booking): Promise<number> {
    const body = { time_unit: booking.minutes, type_id: booking.typeId };
    return idOf(
      await this.#call('POST', `/api/v1/tickets/${booking.ticketId}/time_accountings`, body, booking.userId),
    );
  }

  /** An entry with a past date, as only an import makes it. */
  async importEntry(booking: Booking & { readonly at: string }): Promise<void> {
    const { ticketId, minutes, typeId, userId, at } = booking;
    const body = {
      ticket_id: ticketId,
      time_unit: minutes,
      type_id: typeId,
      created_by_id: userId,
      created_at: at,
    };
    await this.control('POST', '/import-entry', body);
  }

  async correct(entry: { readonly id: number }, minutes: number): Promise<void> {
    await this.#call('PUT', `/api/v1/time_accountings/${entry.id}`, { time_unit: minutes });
  }

  async remove(entry: { readonly id: number }): Promise<void> {
    await this.#call('DELETE', `/api/v1/time_accountings/${entry.id}`);
  }

  async newTicket(title: string, customer: string): Promise<number> {
    const article = { body: title, type: 'note', internal: false };
    return idOf(
      await this.#call('POST', '/api/v1/tickets', {
        title,
        group_id: 1,
        customer: customer.toLowerCase(),
        article,
      }),
    );
  }

  /** An internal note, as the agent writes it. */
  async writeNote(ticketId: number, body: string, userId: number): Promise<void> {
    const note = { ticket_id: ticketId, body, type: 'note', internal: true };
    await this.#call('POST', '/api/v1/ticket_articles', note, userId);
  }

  async merge(sourceId: number, targetNumber: string): Promise<boolean> {
    const body = await this.#call(
      'PUT',
      `/api/v1/ticket_merge/${sourceId}/${encodeURIComponent(targetNumber)}`,
    );
    return isRecord(body) && body['result'] === 'success';
  }
}

function sheetOf(row: Record<string, unknown>): Sheet {
  const begin = String(row['begin']);
  return {
    id: Number(row['id']),
    begin,
    day: begin.slice(0, 10),
    duration: Number(row['duration']),
    description: typeof row['description'] === 'string' ? row['description'] : null,
    exported: row['exported'] === true,
  };
}

/** What people do in Kimai, done through its API with the administrator's token. */
export class KimaiHands {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async #call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly body: unknown; readonly headers: Headers }> {
    const headers = { authorization: 'Bearer tok_admin' };
    return send(this.#url, { method, path: `/api${path}`, headers, ...(body === undefined ? {} : { body }) });
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    return (
      await send(this.#url, { method, path: `/__control${path}`, ...(body === undefined ? {} : { body }) })
    ).body;
  }

  /** The body of a GET below `/api`, as the administrator sees it. */
  async read(path: string): Promise<unknown> {
    return (await this.#call('GET', path)).body;
  }

  /** Every row, ascending by id. */
  async sheets(): Promise<Sheet[]> {
    const all: Sheet[] = [];
    for (let page = 1; ; page += 1) {
      const { body, headers } = await this.#call(
        'GET',
        `/timesheets?user=all&size=500&orderBy=id&order=ASC&page=${page}`,
      );
      all.push(...rows(body).map(sheetOf));
      if (page >= Number(headers.get('x-total-pages') ?? 1)) return all;
    }
  }

  /** Keeps the begin and moves the end; `minutes` is the new duration. */
  async setDuration(sheet: { readonly id: number; readonly begin: string }, minutes: number): Promise<void> {
    const begin = new Date(sheet.begin.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    const end = new Date(begin.getTime() + minutes * 60_000);
    await this.#call('PATCH', `/timesheets/${sheet.id}`, { end: localText(end) });
  }

  async setExported(id: number, exported: boolean): Promise<void> {
    await this.#call('PATCH', `/timesheets/${id}`, { exported });
  }

  async remove(id: number): Promise<void> {
    await this.#call('DELETE', `/timesheets/${id}`);
  }

  /** Marks rows as exported the way the export screen does: past the modification time. */
  async exportInBulk(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.control('POST', '/export', { ids });
  }

  async endProject(id: number, day: string): Promise<void> {
    await this.#call('PATCH', `/projects/${id}`, { end: `${day}T00:00:00` });
  }

  async book(row: {
    readonly userId: number;
    readonly project: number;
    readonly activity: number;
    readonly day: string;
    readonly minutes: number;
    readonly text: string;
  }): Promise<void> {
    const begin = instantAt(row.day, 8 * 60);
    const end = new Date(begin.getTime() + row.minutes * 60_000);
    const { userId: user, project, activity, text: description } = row;
    await this.#call('POST', '/timesheets', {
      user,
      project,
      activity,
      description,
      begin: localText(begin),
      end: localText(end),
    });
  }
}

/** An instant as Kimai takes it: local, without offset. */
function localText(at: Date): string {
  const minutes = localMinutes(at);
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${localDate(at)}T${clock}:00`;
}
