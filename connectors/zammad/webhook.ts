import { number, object, string, type InferType } from 'yup';
import { SyncError } from '../../domain/errors.js';
import { parseList, parseReply } from '../parse.js';
import type { WebhookInstaller, WebhookWanted } from '../port.js';
import type { ZammadClient } from './client.js';

const rowSchema = object({
  id: number().integer().required(),
  name: string().required(),
  note: string().nullable(),
}).required();
type Row = InferType<typeof rowSchema>;

const PATHS = { '/webhooks': 'admin.webhook', '/triggers': 'admin.trigger' } as const;
type Path = keyof typeof PATHS;
const PATH_LIST = ['/webhooks', '/triggers'] as const satisfies readonly Path[];
const PAGE = 500;
/** Two triggers instead of one with an OR: nested conditions are an expert's setting in some installations. */
const ACTIONS = ['create', 'update'] as const;

/**
 * Makes Zammad call us whenever a ticket is saved: a webhook that is signed, and two triggers with execution "always", which
 * is what misses nothing (zammad-api, 7.4). Found again by their names; what people gave the same name is left alone.
 */
export function createWebhookInstaller(client: ZammadClient): WebhookInstaller {
  return {
    install: async (wanted) => {
      await assertAllowed(client);
      const webhook = await put(client, '/webhooks', wanted, webhookOf(wanted));
      const triggers: boolean[] = [];
      for (const action of ACTIONS) {
        const trigger = triggerOf(wanted, action, webhook.id);
        triggers.push((await put(client, '/triggers', wanted, trigger)).isNew);
      }
      return webhook.isNew || triggers.includes(true) ? 'created' : 'updated';
    },
  };
}

/** Both rights at once, before anything is made. @throws SyncError that names all that is missing */
async function assertAllowed(client: ZammadClient): Promise<void> {
  const missing: string[] = [];
  for (const path of PATH_LIST) {
    const { status } = await client.tryRead(path, { per_page: 1 });
    if (status !== 200) missing.push(PATHS[path]);
  }
  if (missing.length === 0) return;
  const permission = missing.join(', ');
  throw new SyncError('permission_missing', `the token lacks ${permission}`, { status: 403, permission });
}

type Body = Readonly<Record<string, unknown>> & { readonly name: string };

/** Creates the row of that name, or brings ours up to date. */
async function put(
  client: ZammadClient,
  path: Path,
  { note }: WebhookWanted,
  body: Body,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  const known = (await readAll(client, path)).find(({ name }) => same(name, body.name));
  if (known !== undefined && known.note !== note) {
    throw new SyncError('record_refused', `${path} has a "${body.name}" that is not ours`, {
      field: 'name',
      quoted: [known.name],
    });
  }
  const call =
    known === undefined
      ? ({ method: 'POST', path, body: { ...body, note } } as const)
      : ({ method: 'PUT', path: `${path}/${known.id}`, body: { ...body, note } } as const);
  const { id } = parseReply(
    rowSchema,
    (await client.write(call, PATHS[path])).body,
    `${call.method} ${path}`,
  );
  return { id, isNew: known === undefined };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Until a page is empty: sizes are clamped silently. */
async function readAll(client: ZammadClient, path: Path): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await client.read(path, { page, per_page: PAGE }, PATHS[path]);
    const found = parseList(body, `GET ${path}`).map((row) => parseReply(rowSchema, row, `a row of ${path}`));
    if (found.length === 0) return rows;
    rows.push(...found);
  }
}

const webhookOf = ({ name, url, secret }: WebhookWanted): Body => ({
  ...{ name, endpoint: url, signature_token: secret },
  ...{ ssl_verify: true, customized_payload: false, active: true },
});

const triggerOf = ({ name }: WebhookWanted, action: string, webhookId: number): Body => ({
  name: `${name}: ${action}`,
  ...{ activator: 'action', execution_condition_mode: 'always', disable_notification: true, active: true },
  condition: { 'ticket.action': { operator: 'is', value: action } },
  perform: { 'notification.webhook': { webhook_id: String(webhookId) } },
});
