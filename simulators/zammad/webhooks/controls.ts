import {
  BadControl,
  controlBody,
  empty,
  json,
  object,
  optionalText,
  type Router,
  whole,
} from '../../kit/index.js';
import { nextId, type WebhookRow, type ZammadWorld } from '../world.js';
import { NO_FAULTS, STANDARD_WORKER } from './delivery.js';
import { webhookIdOf } from './fired.js';
import { makeRobustTrigger, makeWebhook } from './rows.js';
import type { WebhookSender } from './sender.js';

/** What the control routes of webhooks act on. */
export type WebhookControlled = {
  readonly world: () => ZammadWorld;
  /** The simulator's time as ISO text. */
  readonly now: () => string;
  readonly sender: WebhookSender;
  /** Called after a control call that changed the world. */
  readonly changed: () => void;
};

const shown = ({ id, name, endpoint, signature_token, active }: WebhookRow) => ({
  id,
  name,
  url: endpoint,
  token: signature_token,
  enabled: active,
});

function tokenOf(body: Record<string, unknown>, before: string | null): string | null {
  if (!Object.hasOwn(body, 'token')) return before;
  const token = body['token'] === null ? null : (optionalText(body['token'], 'token') ?? null);
  return token === '' ? null : token;
}

/** Registers a webhook with a trigger that misses nothing, or changes the one with the same URL. */
function putWebhook(world: ZammadWorld, at: string, value: unknown): WebhookRow {
  const body = object(value, 'A webhook', ['url', 'token', 'enabled', 'name']);
  const endpoint = optionalText(body['url'], 'url');
  if (endpoint === undefined || !URL.canParse(endpoint))
    throw new BadControl('url must be a full URL, such as http://127.0.0.1:8080/hook.');
  const known = Object.values(world.webhooks).find((row) => row.endpoint === endpoint);
  const made = { at, userId: 1 };
  const name = optionalText(body['name'], 'name') ?? known?.name ?? 'Timebridge';
  const row: WebhookRow = {
    ...(known ?? makeWebhook(nextId(world, 'webhooks'), made, { name, endpoint })),
    name,
    signature_token: tokenOf(body, known?.signature_token ?? null),
    active: body['enabled'] !== false,
  };
  world.webhooks[row.id] = row;
  if (Object.values(world.triggers).some((trigger) => webhookIdOf(trigger) === row.id)) return row;
  const trigger = makeRobustTrigger(nextId(world, 'triggers'), made, row);
  world.triggers[trigger.id] = trigger;
  return row;
}

function dropWebhooks(world: ZammadWorld): void {
  for (const trigger of Object.values(world.triggers))
    if (webhookIdOf(trigger) !== null) delete world.triggers[trigger.id];
  world.webhooks = {};
}

function faultRoutes(router: Router, { sender }: WebhookControlled): Router {
  return router
    .on('GET', '/__control/webhook-deliveries', () => json(200, sender.deliveries()))
    .on('GET', '/__control/webhook-faults', () => json(200, sender.faults))
    .on('POST', '/__control/webhook-faults', (call) => {
      const body = object(controlBody(call), 'Webhook faults', ['duplicate', 'reorder', 'lose']);
      sender.faults = {
        duplicate: whole(body['duplicate'], 'duplicate', 0, 0),
        reorder: whole(body['reorder'], 'reorder', 0, 0),
        lose: whole(body['lose'], 'lose', 0, 0),
      };
      return json(200, sender.faults);
    })
    .on('DELETE', '/__control/webhook-faults', () => {
      sender.faults = { ...NO_FAULTS };
      return empty(204);
    })
    .on('POST', '/__control/webhook-retries', (call) => {
      const body = object(controlBody(call), 'Webhook retries', ['scale', 'delayMs', 'workers']);
      const { scale = STANDARD_WORKER.scale } = body;
      if (typeof scale !== 'number' || scale < 0)
        throw new BadControl('scale must be a number of at least 0; 1 waits 10, 20, 30, 40 s.');
      const delayMs = whole(body['delayMs'], 'delayMs', 0, STANDARD_WORKER.delayMs);
      const workers = whole(body['workers'], 'workers', 1, STANDARD_WORKER.workers);
      sender.worker = { scale, delayMs, workers };
      return json(200, sender.worker);
    });
}

/** The control routes about webhooks and the jobs that send them. */
export function webhookControls(router: Router, controlled: WebhookControlled): Router {
  const { world, now, changed } = controlled;
  return faultRoutes(router, controlled)
    .on('GET', '/__control/webhooks', () => json(200, Object.values(world().webhooks).map(shown)))
    .on('POST', '/__control/webhooks', (call) => {
      const row = putWebhook(world(), now(), controlBody(call));
      changed();
      return json(200, shown(row));
    })
    .on('DELETE', '/__control/webhooks', () => {
      dropWebhooks(world());
      changed();
      return empty(204);
    });
}
