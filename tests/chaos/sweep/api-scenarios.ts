import { createHmac, randomUUID } from 'node:crypto';
import { rotateWebhookSecret } from '../../../api/bridges/rotate-webhook-secret.contract.js';
import { decideBulk } from '../../../api/bulk/decide-bulk.contract.js';
import { decideConflict } from '../../../api/conflicts/decide-conflict.contract.js';
import { withdrawDecision } from '../../../api/conflicts/withdraw-decision.contract.js';
import { setMapping } from '../../../api/mappings/set-mapping.contract.js';
import { undoRun } from '../../../api/undo/undo-run.contract.js';
import type { ApiClient } from '../../../cli/client.js';
import { CommandFailed } from '../../../cli/failure.js';
import { applySetup } from '../../../cli/setup/apply.js';
import type { Setup } from '../../../cli/setup/setup-file.js';
import { rows } from '../../../db/sql.js';
import type { Policies } from '../../../domain/policies.js';
import { BRIDGE } from '../../integration/engine/bench-bridge.js';
import type { ContractBridge } from '../../integration/engine/contract-bridge.js';
import { run } from './drive.js';

/** A request that somebody repeats until it is answered; `kimai` are the minutes that stand in Kimai afterwards. */
export type ApiScenario = {
  readonly policies?: Partial<Policies>;
  /** Done before the sweep begins. @returns the request. */
  readonly prepare: (bridge: ContractBridge, api: ApiClient) => Promise<() => Promise<unknown>>;
  readonly kimai: readonly number[];
};

async function firstCase({ engine }: ContractBridge) {
  const [first] = await engine.openConflicts();
  if (first === undefined) throw new Error('there is no case');
  return { params: { conflictId: first.id }, version: first.version };
}

const booked =
  (...minutes: number[]) =>
  async (bridge: ContractBridge): Promise<string> => {
    for (const one of minutes) await bridge.book(one);
    return run(bridge.engine);
  };

export const API_SCENARIOS: Readonly<Record<string, ApiScenario>> = {
  'a person decides': {
    policies: { newEntries: 'ask' },
    prepare: async (bridge, api) => {
      await booked(30)(bridge);
      const { params, version } = await firstCase(bridge);
      const body = { decisionId: randomUUID(), version, choice: 'create' } as const;
      return () => api.call(decideConflict, { params, body });
    },
    kimai: [30],
  },
  'a person takes a decision back': {
    policies: { newEntries: 'ask' },
    prepare: async (bridge, api) => {
      await booked(30)(bridge);
      const { params, version } = await firstCase(bridge);
      const decisionId = randomUUID();
      await api.call(decideConflict, { params, body: { decisionId, version, choice: 'create' } });
      return () => api.call(withdrawDecision, { params, body: { decisionId } });
    },
    kimai: [],
  },
  'a person decides many at once': {
    policies: { newEntries: 'ask' },
    prepare: async (bridge, api) => {
      await booked(10, 20, 30)(bridge);
      const items = (await bridge.engine.openConflicts()).map(({ id, version }) => {
        return { conflictId: id, version };
      });
      const body = { bulkId: randomUUID(), choice: 'create', items } as const;
      return () => api.call(decideBulk, { body });
    },
    kimai: [10, 20, 30],
  },
  'a person undoes a run': {
    prepare: async (bridge, api) => {
      await booked(10)(bridge);
      const runId = await booked(20)(bridge);
      return () => api.call(undoRun, { params: { runId }, query: { preview: false } });
    },
    kimai: [10],
  },
  'a gap is closed on the page of mappings': {
    prepare: async (bridge, api) => {
      const session = { db: bridge.engine.db, tx: null };
      const [known] = await rows<{ targetId: string }>(
        session,
        'delete from activity_mappings where bridge_id = $1 returning target_id as "targetId"',
        [BRIDGE],
      );
      await booked(10, 20)(bridge);
      const body = { sourceId: '', targetId: known?.targetId ?? null, ignored: false };
      const params = { bridgeId: BRIDGE, kind: 'activities' } as const;
      return () => toldOnce(() => api.call(setMapping, { params, body }));
    },
    kimai: [10, 20],
  },
  'a set-up file is applied': {
    prepare: async (bridge, api) => {
      const setup = secondBridge(bridge);
      // The first bridge was made by rows alone; here it is listed.
      const schedule = JSON.stringify({
        cron: '0 * * * *',
        nightlyCron: null,
        timeZone: 'UTC',
        paused: false,
      });
      const session = { db: bridge.engine.db, tx: null };
      await rows(session, 'update bridges set schedule = $1::jsonb returning 1', [schedule]);
      return () => applySetup(api, setup, { renewTokens: false, confirmEarlierStart: false });
    },
    kimai: [],
  },
  'a webhook comes': {
    prepare: async (bridge, api) => {
      const rotation = { params: { bridgeId: BRIDGE }, body: { dropPrevious: false } };
      const { secret } = await api.call(rotateWebhookSecret, rotation);
      await bridge.book(25);
      const body = JSON.stringify({ ticket: { id: bridge.ticketId } });
      return () => deliver(api.url, secret ?? '', body);
    },
    kimai: [25],
  },
};

/** Who asks again after the first request was carried out is told that somebody decided: so it was, by the first. */
async function toldOnce(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CommandFailed && error.code === 'not-open') return null;
    throw error;
  }
}

/** As Zammad delivers: an answer that does not come is asked for again, under the same name. */
async function deliver(apiUrl: string, secret: string, body: string): Promise<void> {
  const signature = createHmac('sha1', secret).update(body).digest('hex');
  const response = await fetch(`${apiUrl}/api/v1/webhooks/zammad/${BRIDGE}`, {
    method: 'POST',
    headers: { 'x-hub-signature': `sha1=${signature}`, 'x-zammad-delivery': 'delivery-1' },
    body,
  }).catch(() => {
    throw new CommandFailed('the webhook was not answered', 'unreachable');
  });
  if (response.status !== 202) throw new Error(`the webhook was answered by ${response.status}`);
}

/** Both systems once more, under other names, and a bridge between them that maps as the first one does. */
function secondBridge({ simulators, activity, project }: ContractBridge): Setup {
  const system = (kind: 'zammad' | 'kimai', baseUrl: string) => {
    return { id: `${kind}-2`, kind, name: kind, baseUrl, token: 'tok_sync', timeZone: 'Europe/Berlin' };
  };
  return {
    connectors: [
      { ...system('zammad', simulators.zammadUrl), unitPeriods: [{ from: null, secondsPerUnit: 60 }] },
      system('kimai', simulators.kimaiUrl),
    ],
    bridges: [
      {
        ...{ id: 'second', name: 'Second', source: 'zammad-2', target: 'kimai-2', code: 'second' },
        schedule: { cron: '0 * * * *', timeZone: 'Europe/Berlin' },
        mappings: {
          activities: [{ source: '', target: String(activity) }],
          users: [{ source: '3', target: '2' }],
          customers: [{ source: 'organization:1', target: String(project) }],
        },
        rules: [],
      },
    ],
  };
}
