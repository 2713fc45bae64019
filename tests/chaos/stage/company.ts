import * as yup from 'yup';
import { updateBridge } from '../../../api/bridges/update-bridge.contract.js';
import { applySetup } from '../../../cli/setup/apply.js';
import type { ApiClient } from '../../../cli/client.js';
import { startSimulators, type Simulators } from '../../../simulators/start.js';
import type { BridgeSetup } from '../../../cli/setup/setup-file.js';

/* The two systems of a small company, and the bridge between them. */

/** Whose token Timebridge has. */
const SYNC_USER = 6;

/** An agent of Zammad, the token under which they work, and who they are in Kimai. */
export type Agent = { readonly zammadUser: number; readonly token: string; readonly kimaiUser: number };
export const AGENTS: readonly [Agent, ...Agent[]] = [
  { zammadUser: 3, token: 'tok_agent', kimaiUser: 2 },
  { zammadUser: 2, token: 'tok_admin', kimaiUser: 3 },
];

const Made = yup.object({ id: yup.number().required() }).required();
const Entries = yup
  .array()
  .of(
    yup
      .object({
        id: yup.number().required(),
        ticket_id: yup.number().required(),
        time_unit: yup.string().required(),
        created_by_id: yup.number().required(),
      })
      .required(),
  )
  .required();
export type Entry = yup.InferType<typeof Entries>[number];
const Sheets = yup
  .array()
  .of(
    yup
      .object({
        id: yup.number().required(),
        user: yup.number().required(),
        project: yup.number().required(),
        activity: yup.number().required(),
        begin: yup.string().required(),
        duration: yup.number().required(),
        description: yup.string().nullable().defined(),
        exported: yup.boolean().required(),
      })
      .required(),
  )
  .required();
export type Sheet = yup.InferType<typeof Sheets>[number];
const Notes = yup
  .array()
  .of(yup.object({ body: yup.string().defined() }).required())
  .required();
const Ticket = yup.object({ id: yup.number().required(), number: yup.string().required() }).required();
export type Ticket = yup.InferType<typeof Ticket>;

/** A call that the system refused or did not answer. */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    what: string,
  ) {
    super(`${what}: ${status}`);
    this.name = 'CallFailed';
  }
}

async function call(
  url: string,
  { method, token, body }: { readonly method: string; readonly token: string; readonly body?: unknown },
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new CallFailed(0, `${method} ${url}`);
  });
  const text = await response.text().catch(() => '{');
  if (!response.ok) throw new CallFailed(response.status, `${method} ${url} ${text.slice(0, 200)}`);
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    throw new CallFailed(0, `${method} ${url}: half an answer`);
  }
}

export class Company {
  readonly tickets: Ticket[] = [];
  /** Kimai's activities: the mapped one first. */
  readonly activities: number[] = [];
  project = 0;
  /** The bridge between the two, and the code of its markers. */
  readonly bridge: string;
  readonly code: string;

  private constructor(
    readonly simulators: Simulators,
    readonly number: number,
  ) {
    this.bridge = `main-${number}`;
    this.code = `chaos${number}`;
  }

  /** `number` tells the companies of one installation apart. */
  static async open(number = 1): Promise<Company> {
    const simulators = await startSimulators({ world: 'contract', zammadPort: 0, kimaiPort: 0 });
    const company = new Company(simulators, number);
    await company.#furnish();
    return company;
  }

  zammad(method: string, path: string, body?: unknown, token = 'tok_admin'): Promise<unknown> {
    return call(`${this.simulators.zammadUrl}/api/v1${path}`, { method, token, body });
  }

  kimai(method: string, path: string, body?: unknown): Promise<unknown> {
    return call(`${this.simulators.kimaiUrl}/api${path}`, { method, token: 'tok_admin', body });
  }

  control(system: 'zammad' | 'kimai', method: string, path: string, body?: unknown): Promise<unknown> {
    const { zammadUrl, kimaiUrl } = this.simulators;
    const url = system === 'zammad' ? zammadUrl : kimaiUrl;
    return call(`${url}/__control${path}`, { method, token: '', body });
  }

  async entries(): Promise<readonly Entry[]> {
    const all: Entry[] = [];
    for (let page = 1; ; page += 1) {
      const list = await this.zammad('GET', `/time_accountings?per_page=1000&page=${page}`);
      const found = Entries.validateSync(list, { strict: true });
      all.push(...found);
      if (found.length === 0) return all;
    }
  }

  /** The texts of all notes in all tickets. */
  async notes(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { id } of this.tickets) {
      const list = await this.zammad('GET', `/ticket_articles/by_ticket/${id}`);
      found.push(...Notes.validateSync(list, { strict: true }).map(({ body }) => body));
    }
    return found;
  }

  /** All rows of Kimai, past every fault. */
  async sheets(): Promise<readonly Sheet[]> {
    const all: Sheet[] = [];
    for (let page = 1; ; page += 1) {
      const query = `user=all&size=500&orderBy=id&order=ASC&page=${page}`;
      const list = await this.kimai('GET', `/timesheets?${query}`).catch((error: unknown) => {
        if (error instanceof CallFailed && error.status === 404) return []; // past the last page
        throw error;
      });
      const found = Sheets.validateSync(list, { strict: true });
      all.push(...found);
      if (found.length < 500) return all;
    }
  }

  async newTicket(title: string): Promise<Ticket> {
    const article = { body: title, type: 'note' };
    const made = await this.zammad('POST', '/tickets', { title, group_id: 1, customer_id: 5, article });
    const ticket = Ticket.validateSync(made);
    this.tickets.push(ticket);
    return ticket;
  }

  async book(agent: Agent, ticketId: number, minutes: number): Promise<number> {
    const path = `/tickets/${ticketId}/time_accountings`;
    return Made.validateSync(await this.zammad('POST', path, { time_unit: minutes }, agent.token)).id;
  }

  /** A row that somebody types into Kimai by hand. */
  async typeByHand(kimaiUser: number, minutes: number, description: string): Promise<number> {
    const day = new Date().toISOString().slice(0, 10);
    const end = new Date(Date.parse(`${day}T06:00:00Z`) + minutes * 60_000).toISOString().slice(0, 19);
    const row = { user: kimaiUser, project: this.project, activity: this.activities[0], description };
    const made = await this.kimai('POST', '/timesheets', { ...row, begin: `${day}T06:00:00`, end });
    return Made.validateSync(made).id;
  }

  /** Connects the installation with both systems, as an administrator does by a file. @returns the webhook's secret. */
  async connect(api: ApiClient, policies: NonNullable<BridgeSetup['policies']>): Promise<string> {
    const { zammadUrl, kimaiUrl } = this.simulators;
    const [source, target] = [`zammad-${this.number}`, `kimai-${this.number}`];
    const now = new Date();
    const startFrom = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
      .toISOString()
      .slice(0, 10);
    const system = (id: string, kind: 'zammad' | 'kimai', baseUrl: string) => {
      return { id, kind, name: id, baseUrl, token: 'tok_sync', timeZone: 'Europe/Berlin' };
    };
    const changes = await applySetup(
      api,
      {
        connectors: [
          { ...system(source, 'zammad', zammadUrl), unitPeriods: [{ from: null, secondsPerUnit: 60 }] },
          system(target, 'kimai', kimaiUrl),
        ],
        bridges: [
          {
            ...{ id: this.bridge, name: 'Main', code: this.code, source, target },
            mode: 'live',
            startFrom,
            confirmFirstRun: true,
            policies,
            mappings: {
              activities: [{ source: '', target: String(this.activities[0]) }],
              users: AGENTS.map((a) => ({ source: String(a.zammadUser), target: String(a.kimaiUser) })),
              customers: [{ source: 'organization:1', target: String(this.project) }],
            },
          },
        ],
      },
      { renewTokens: false, confirmEarlierStart: false },
    );
    const secret = changes.flatMap(({ webhook }) => webhook?.secret ?? [])[0] ?? '';
    await this.#subscribe(api.url, secret);
    return secret;
  }

  /** Nothing is asked of the two systems from now on. */
  async disconnect(api: ApiClient): Promise<void> {
    await api.call(updateBridge, { params: { bridgeId: this.bridge }, body: { mode: 'off' } });
  }

  close(): Promise<void> {
    return this.simulators.close();
  }

  async #subscribe(apiUrl: string, token: string): Promise<void> {
    const url = `${apiUrl}/api/v1/webhooks/zammad/${this.bridge}`;
    await this.control('zammad', 'POST', '/webhooks', { url, token });
    // Retries follow at once, so that a delivery is either through or given up when a history ends.
    await this.control('zammad', 'POST', '/webhook-retries', { scale: 0.05 });
  }

  async #furnish(): Promise<void> {
    const shown = { visible: true, billable: true };
    const place = { country: 'DE', currency: 'EUR', timezone: 'Europe/Berlin' };
    const customer = await this.#make('/customers', { name: 'Example GmbH', ...place, ...shown });
    this.project = await this.#make('/projects', {
      name: 'Support',
      customer,
      globalActivities: true,
      ...shown,
    });
    for (const name of ['Support', 'Travel'])
      this.activities.push(await this.#make('/activities', { name, ...shown }));
    await this.zammad('PUT', `/users/${SYNC_USER}`, { group_ids: { 1: ['read', 'change'] } }); // agents may be asked
    for (const title of ['Drucker', 'Mail', 'Server']) await this.newTicket(title);
  }

  async #make(path: string, body: object): Promise<number> {
    return Made.validateSync(await this.kimai('POST', path, body)).id;
  }
}
