import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { invalid, unprocessable } from '../errors.js';
import { flag, sent, text, type Params } from '../params.js';
import { webhookIdOf } from '../webhooks/fired.js';
import { webhookPayload } from '../webhooks/payload.js';
import { makeWebhook } from '../webhooks/rows.js';
import type { WebhookRow } from '../world.js';
import { managedRoutes } from './managed.js';
import { answer, type RouteTable, type Visit } from './visit.js';

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

function assertUnused({ world }: Visit, row: WebhookRow): void {
  const users = Object.values(world.triggers).filter((trigger) => webhookIdOf(trigger) === row.id);
  if (users.length === 0) return;
  const names = users.map(({ name, id }) => `${name} (#${id})`).join(', ');
  throw unprocessable(`Cannot delete! This webhook is referenced by Trigger: ${names}`);
}

function preview(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin.webhook');
  const newest = Object.values(visit.world.tickets).at(-1);
  return answer(200, newest ? webhookPayload(visit.world, newest, null) : {});
}

/** Webhooks; what sends them is a trigger. */
export const webhookRoutes: RouteTable = [
  ['GET', '/api/v1/webhooks/preview', preview],
  ...managedRoutes<WebhookRow>({
    ...{ path: '/api/v1/webhooks', model: 'Webhook', permission: 'admin.webhook', columns: COLUMNS },
    table: 'webhooks',
    rows: ({ webhooks }) => webhooks,
    fresh: ({ at, caller }) => makeWebhook(0, { at, userId: caller.user.id }, { name: '', endpoint: '' }),
    applied: ({ params }, before) => applied(before, params),
    assertUnused,
    beside: { preferences: {} },
  }),
];
