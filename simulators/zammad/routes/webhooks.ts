import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { invalid, unprocessable } from '../errors.js';
import { flag, sent, text, type Params } from '../params.js';
import { ownAssets } from '../render/assets.js';
import { authors } from '../render/records.js';
import { webhookIdOf } from '../webhooks/fired.js';
import { webhookPayload } from '../webhooks/payload.js';
import { makeWebhook } from '../webhooks/rows.js';
import { nextId, type WebhookRow } from '../world.js';
import { answer, find, indexAnswer, pathId, recordAnswer, type RouteTable, type Visit } from './visit.js';

const TEXTS = [
  'signature_token',
  'basic_auth_username',
  'basic_auth_password',
  'bearer_token',
  'pre_defined_webhook_type',
  'custom_payload',
  'note',
] as const;
const FLAGS = ['ssl_verify', 'customized_payload', 'active'] as const;
const METHODS: Readonly<Record<string, WebhookRow['http_method']>> = {
  post: 'post',
  put: 'put',
  patch: 'patch',
  delete: 'delete',
};
const COLUMNS = new Set(['id', 'name', 'endpoint', 'active', 'created_at', 'updated_at', ...TEXTS]);

const renderers = (visit: Visit) => ({
  plain: (row: WebhookRow) => ({ ...row, preferences: {} }),
  expand: (row: WebhookRow) => ({ ...row, preferences: {}, ...authors(visit.world, row) }),
  assets: (rows: readonly WebhookRow[]) => ownAssets(visit.world, 'Webhook', rows),
});

function refuseInvalid({ name, endpoint, custom_payload }: WebhookRow): void {
  if (name.trim() === '') throw invalid("Name can't be blank");
  // Placeholders, which 7.0 fills in, are no part of a URL yet.
  const url = endpoint.replace(/#\{[^}]*\}/g, '0');
  if (!URL.canParse(url)) throw invalid('The provided endpoint is invalid.');
  if (!/^https?:$/.test(new URL(url).protocol))
    throw invalid('The provided endpoint is invalid, no http or https protocol was specified.');
  if (custom_payload === null || custom_payload.trim() === '') return;
  try {
    JSON.parse(custom_payload.replace(/"#\{[a-z_.?!]+\}"|#\{[a-z_.?!]+\}/g, '0'));
  } catch {
    throw invalid('The provided payload is invalid. Please check your syntax.');
  }
}

/** The row with what a body says of it. */
function applied(before: WebhookRow, params: Params): WebhookRow {
  const row = { ...before };
  row.name = text(params, 'name') ?? row.name;
  row.endpoint = text(params, 'endpoint') ?? row.endpoint;
  row.http_method = METHODS[(text(params, 'http_method') ?? '').toLowerCase()] ?? row.http_method;
  for (const column of TEXTS) if (sent(params, column)) row[column] = text(params, column);
  for (const column of FLAGS) if (sent(params, column)) row[column] = flag(params, column);
  if (row.signature_token === '') row.signature_token = null;
  refuseInvalid(row);
  return row;
}

function index(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin.webhook');
  return indexAnswer(visit, Object.values(visit.world.webhooks), COLUMNS, renderers(visit));
}

function show(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin.webhook');
  return recordAnswer(
    visit,
    find(visit.world, visit.world.webhooks, 'Webhook', pathId(visit)),
    renderers(visit),
  );
}

function create(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.webhook');
  const named = { name: text(params, 'name') ?? '', endpoint: text(params, 'endpoint') ?? '' };
  const draft = applied(makeWebhook(0, { at, userId: caller.user.id }, named), params);
  const row = { ...draft, id: nextId(world, 'webhooks') };
  world.webhooks[row.id] = row;
  return recordAnswer(visit, row, renderers(visit), 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.webhook');
  const before = find(world, world.webhooks, 'Webhook', pathId(visit));
  const row = { ...applied(before, params), updated_at: at, updated_by_id: caller.user.id };
  world.webhooks[row.id] = row;
  return recordAnswer(visit, row, renderers(visit));
}

function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'admin.webhook');
  const row = find(world, world.webhooks, 'Webhook', pathId(visit));
  const users = Object.values(world.triggers).filter((trigger) => webhookIdOf(trigger) === row.id);
  if (users.length > 0) {
    const names = users.map(({ name, id }) => `${name} (#${id})`).join(', ');
    throw unprocessable(`Cannot delete! This webhook is referenced by Trigger: ${names}`);
  }
  delete world.webhooks[row.id];
  return answer(200, {});
}

function preview(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin.webhook');
  const newest = Object.values(visit.world.tickets).at(-1);
  return answer(200, newest ? webhookPayload(visit.world, newest, null) : {});
}

/** Webhooks; what sends them is a trigger. */
export const webhookRoutes: RouteTable = [
  ['GET', '/api/v1/webhooks/preview', preview],
  ['GET', '/api/v1/webhooks', index],
  ['POST', '/api/v1/webhooks', create],
  ['GET', '/api/v1/webhooks/:id', show],
  ['PUT', '/api/v1/webhooks/:id', update],
  ['DELETE', '/api/v1/webhooks/:id', destroy],
];
