import {
  BadControl,
  controlBody,
  empty,
  instant,
  isRecord,
  json,
  object,
  optionalText,
  Router,
  whole,
} from '../kit/index.js';
import { beginAct } from './act.js';
import { ZammadFailure } from './errors.js';
import { plainEntry } from './render/records.js';
import { putEntry } from './row-index.js';
import { createEntry } from './rules/entries.js';
import { NO_FAULTS } from './webhooks/delivery.js';
import type { WebhookSender } from './webhooks/sender.js';
import { nextId, type Installation, type WebhookRow, type ZammadWorld } from './world.js';

type Controlled = {
  readonly world: () => ZammadWorld;
  /** The simulator's time as ISO text. */
  readonly now: () => string;
  readonly sender: WebhookSender;
  /** Called after a control call that changed the world. */
  readonly changed: () => void;
  readonly playChapter: (chapter: number) => Promise<unknown>;
};

const WEBHOOK_FIELDS = ['url', 'token', 'enabled', 'name'];

/** Registers a webhook, or changes the one with the same URL. */
function putWebhook(world: ZammadWorld, value: unknown): WebhookRow {
  const body = object(value, 'A webhook', WEBHOOK_FIELDS);
  const url = optionalText(body['url'], 'url');
  if (url === undefined || !URL.canParse(url))
    throw new BadControl('url must be a full URL, such as http://127.0.0.1:8080/hook.');
  const known = world.webhooks.find((row) => row.url === url);
  const token = body['token'] === null ? null : (optionalText(body['token'], 'token') ?? null);
  const row: WebhookRow = {
    id: known?.id ?? nextId(world, 'webhooks'),
    name: optionalText(body['name'], 'name') ?? known?.name ?? 'Timebridge',
    url,
    token: Object.hasOwn(body, 'token') ? (token === '' ? null : token) : (known?.token ?? null),
    enabled: body['enabled'] !== false,
  };
  world.webhooks = [...world.webhooks.filter((other) => other.id !== row.id), row];
  return row;
}

function putInstallation(world: ZammadWorld, value: unknown): Installation {
  const body = object(value, 'An installation', ['version', 'search_index']);
  const version = optionalText(body['version'], 'version');
  if (version !== undefined && !/^\d+\.\d+/.test(version))
    throw new BadControl('version must be such as "6.5.2".');
  if (version !== undefined) world.installation.version = version;
  const index = body['search_index'];
  if (index === null) world.installation.search_index = null;
  else if (index !== undefined) {
    const fields = object(index, 'search_index', ['delay_ms', 'failing', 'window']);
    world.installation.search_index = {
      delay_ms: whole(fields['delay_ms'], 'search_index.delay_ms', 0, 0),
      failing: fields['failing'] === true,
      window: whole(fields['window'], 'search_index.window', 1, 10_000),
    };
  }
  return world.installation;
}

function putSettings(world: ZammadWorld, value: unknown): unknown {
  const known = Object.keys(world.settings);
  for (const [name, setting] of Object.entries(object(value, 'Settings', known))) {
    const before: unknown = Reflect.get(world.settings, name);
    if (typeof setting !== typeof before && name !== 'time_accounting_type_default') {
      throw new BadControl(`${name} must be a ${typeof before}.`);
    }
    Reflect.set(world.settings, name, setting);
  }
  return world.settings;
}

/** The token's expiry and the user's state, which only an administrator's screens can change. */
function putToken(world: ZammadWorld, value: unknown): unknown {
  const body = object(value, 'A token', ['token', 'expires_at', 'permissions']);
  const row = world.tokens.find((candidate) => candidate.token === body['token']);
  if (!row) throw new BadControl('token must be one of this world.');
  if (body['expires_at'] === null || typeof body['expires_at'] === 'string')
    row.expires_at = body['expires_at'];
  if (Array.isArray(body['permissions'])) row.permissions = body['permissions'].map(String);
  return row;
}

/** Stores an entry of a past date for its person, as import mode does: no trigger, no webhook. */
function importEntry(world: ZammadWorld, now: string, value: unknown): unknown {
  const fields = ['ticket_id', 'time_unit', 'type_id', 'created_by_id', 'created_at'];
  const body = object(value, 'An entry', fields);
  const at = instant(body['created_at'], 'created_at').toISOString();
  const typeId =
    body['type_id'] === null || body['type_id'] === undefined ? null : whole(body['type_id'], 'type_id', 1);
  const act = beginAct(world, now, whole(body['created_by_id'], 'created_by_id', 1));
  try {
    const ticketId = whole(body['ticket_id'], 'ticket_id', 1);
    const entry = createEntry(act, { ticket_id: ticketId, time_unit: body['time_unit'], type_id: typeId });
    const dated = { ...entry, created_at: at };
    putEntry(world, dated);
    return plainEntry(dated);
  } catch (cause) {
    if (cause instanceof ZammadFailure) throw new BadControl(cause.message);
    throw cause;
  }
}

function webhookRoutes(router: Router, { world, sender, changed }: Controlled): Router {
  return router
    .on('GET', '/__control/webhooks', () => json(200, world().webhooks))
    .on('POST', '/__control/webhooks', (call) => {
      const row = putWebhook(world(), controlBody(call));
      changed();
      return json(200, row);
    })
    .on('DELETE', '/__control/webhooks', () => {
      world().webhooks = [];
      changed();
      return empty(204);
    })
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
      const { scale } = object(controlBody(call), 'Webhook retries', ['scale']);
      if (typeof scale !== 'number' || scale < 0)
        throw new BadControl('scale must be a number of at least 0; 1 waits 10, 20, 30, 40 s.');
      sender.retryScale = scale;
      return json(200, { scale });
    });
}

/** The control routes of a simulated Zammad. */
export function zammadControls(controlled: Controlled): Router {
  const { world, now, changed, playChapter } = controlled;
  const put = (apply: (target: ZammadWorld, body: unknown) => unknown) => (body: unknown) => {
    const result = apply(world(), body);
    changed();
    return json(200, result);
  };
  return webhookRoutes(new Router(), controlled)
    .on('POST', '/__control/installation', (call) => put(putInstallation)(controlBody(call)))
    .on('POST', '/__control/settings', (call) => put(putSettings)(controlBody(call)))
    .on('POST', '/__control/tokens', (call) => put(putToken)(controlBody(call)))
    .on('POST', '/__control/import-entry', (call) =>
      put((target, body) => importEntry(target, now(), body))(controlBody(call)),
    )
    .on('POST', '/__control/chapter', async (call) => {
      const body = controlBody(call);
      const chapter = isRecord(body) ? whole(body['chapter'], 'chapter', 2) : 2;
      return json(200, await playChapter(chapter));
    });
}
