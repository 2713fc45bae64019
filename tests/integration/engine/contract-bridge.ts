import * as yup from 'yup';
import { startSimulators, type Simulators, type SimulatorsOptions } from '../../../simulators/start.js';
import { BRIDGE, openEngine, type BridgeSetup, type EngineBench, type Workforce } from './bench-bridge.js';

/** Both simulators in world `contract`, one ticket, one project, one activity, and a bridge that maps them. */
export type ContractBridge = {
  readonly simulators: Simulators;
  readonly engine: EngineBench;
  readonly ticketId: number;
  /** Kimai's ids of what the bridge maps to. */
  readonly project: number;
  readonly activity: number;
  /** Accounts minutes on the ticket as the agent; the id of the entry. */
  book(minutes: number): Promise<number>;
  bookOn(ticketId: number, minutes: number): Promise<number>;
  timesheets(): Promise<Timesheet[]>;
  zammad(method: string, path: string, body?: unknown): Promise<unknown>;
  kimai(method: string, path: string, body?: unknown): Promise<unknown>;
  fault(order: unknown): Promise<void>;
  close(): Promise<void>;
};

/** What the tests look at of a row. */
const TIMESHEETS = yup
  .array(
    yup
      .object({
        id: yup.number().required(),
        begin: yup.string().required(),
        duration: yup.number().required(),
        description: yup.string().nullable().defined(),
        exported: yup.boolean().required(),
      })
      .required(),
  )
  .required();
export type Timesheet = yup.InferType<typeof TIMESHEETS>[number];

async function call(url: string, token: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

const idOf = (made: unknown): number => {
  if (typeof made === 'object' && made !== null && 'id' in made && typeof made.id === 'number')
    return made.id;
  throw new Error(`no id in ${JSON.stringify(made)}`);
};

/** Zammad's agent (3) is Kimai's Anna (2); the unit is minutes; everything from the first of last month counts. */
export async function openContractBridge(
  databaseUrl: string,
  policies: BridgeSetup['policies'] = {},
  { makeWorld, ...more }: Pick<BridgeSetup, 'now'> & Pick<SimulatorsOptions, 'makeWorld'> = {},
  work?: Workforce,
): Promise<ContractBridge> {
  const simulators = await startSimulators({
    world: 'contract',
    zammadPort: 0,
    kimaiPort: 0,
    ...(makeWorld === undefined ? {} : { makeWorld }),
  });
  const { zammadUrl, kimaiUrl } = simulators;
  const zammad = (method: string, path: string, body?: unknown) =>
    call(`${zammadUrl}/api/v1${path}`, 'tok_admin', method, body);
  const kimai = (method: string, path: string, body?: unknown) =>
    call(`${kimaiUrl}/api${path}`, 'tok_admin', method, body);
  const customer = idOf(
    await kimai('POST', '/customers', {
      name: 'Example GmbH',
      country: 'DE',
      currency: 'EUR',
      timezone: 'Europe/Berlin',
      visible: true,
      billable: true,
    }),
  );
  const project = idOf(
    await kimai('POST', '/projects', {
      name: 'Support',
      customer,
      visible: true,
      billable: true,
      globalActivities: true,
    }),
  );
  const activity = idOf(
    await kimai('POST', '/activities', { name: 'Support', visible: true, billable: true }),
  );
  const bookOn = async (ticket: number, minutes: number): Promise<number> => {
    const path = `/api/v1/tickets/${ticket}/time_accountings`;
    return idOf(await call(zammadUrl + path, 'tok_agent', 'POST', { time_unit: minutes }));
  };
  const ticketId = idOf(
    await zammad('POST', '/tickets', {
      title: 'Drucker druckt nicht',
      group_id: 1,
      customer_id: 5,
      article: { body: 'Bitte helfen', type: 'note' },
    }),
  );
  const now = new Date();
  const setup: BridgeSetup = {
    zammadUrl,
    kimaiUrl,
    startFrom: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 10),
    secondsPerUnit: 60,
    ...more,
    policies: { ...policies },
    activities: { '': String(activity) },
    users: { '3': '2' },
    customers: { 'organization:1': String(project) },
  };
  const engine = await openEngine(databaseUrl, setup, work);
  await engine.activities.fetchCatalogues({ bridgeId: BRIDGE });
  return {
    simulators,
    engine,
    ...{ ticketId, project, activity },
    book: (minutes) => bookOn(ticketId, minutes),
    bookOn,
    timesheets: async () => {
      const list = await kimai('GET', '/timesheets?user=all&size=500&orderBy=id&order=ASC');
      return TIMESHEETS.validateSync(list, { strict: true });
    },
    zammad,
    kimai,
    fault: async (order) => void (await call(`${kimaiUrl}/__control/faults`, '', 'POST', order)),
    close: async () => {
      await engine.close();
      await simulators.close();
    },
  };
}
