import { SyncError } from '../../domain/errors.js';
import type { Instant } from '../../domain/time-entry.js';
import { createHttpClient, type Answer, type Call, type HttpOptions } from '../http.js';
import { notJson } from '../http/reach.js';
import type { ConnectorContext } from '../port.js';
import { isRecord } from './schema.js';

export type Query = Readonly<Record<string, string | number | boolean>>;
export type Reply = { readonly body: unknown; readonly readAt: Instant; readonly serverTime: Instant };

export type ZammadClient = {
  /** GET that must succeed; `permission` is what a 403 would mean is missing. */
  readonly read: (path: string, query: Query, permission: string) => Promise<Reply>;
  /** GET where *not found* and *not allowed* are answers of their own. */
  readonly tryRead: (path: string, query?: Query) => Promise<Reply & { readonly status: 200 | 403 | 404 }>;
  /** `POST /tickets/search`, which reads: it may be repeated. */
  readonly searchTickets: (body: Readonly<Record<string, unknown>>) => Promise<Reply>;
  /** A write that must be carried out; `permission` is what a 403 would mean is missing. */
  readonly write: (call: Call, permission: string) => Promise<Reply>;
  readonly close: () => Promise<void>;
};

/** Zammad behind `/api/v1`; statuses become SyncErrors here and texts are never matched (they vary by version). */
export function createZammadClient(context: ConnectorContext, timing?: HttpOptions['timing']): ZammadClient {
  const http = createHttpClient({
    ...context,
    baseUrl: `${context.baseUrl}/api/v1`,
    authorization: `Token token=${context.token}`,
    ...(timing === undefined ? {} : { timing }),
  });
  const { connectorId } = context;

  const answer = async (call: Call): Promise<Answer> => {
    const reply = await http.call(call);
    const what = `${call.method} ${call.path} answered ${reply.status}`;
    if (reply.status === 401) throw new SyncError('credentials_rejected', what, { connectorId, status: 401 });
    // Zammad answers with JSON, errors too: anything else comes from something in between.
    if (reply.body === undefined)
      throw new SyncError('unavailable', `${what}, not JSON`, {
        connectorId,
        reach: notJson(context.baseUrl),
      });
    return reply;
  };

  /** Maintenance mode and switched-off API tokens are 403 as well, but then not even oneself can be read. */
  const refusal = async (what: string, permission: string): Promise<SyncError> => {
    const self = await answer({ method: 'GET', path: '/users/me' });
    const info = { connectorId, status: 403 };
    if (self.status === 200) return new SyncError('permission_missing', what, { ...info, permission });
    return new SyncError(
      'unavailable',
      `${what}, as does /users/me: maintenance, or API tokens are off`,
      info,
    );
  };

  const demand = async (call: Call, permission: string): Promise<Reply> => {
    const reply = await answer(call);
    if (reply.status === 200 || (reply.status === 201 && call.effect !== 'read')) return reply;
    const what = `${call.method} ${call.path} answered ${reply.status}`;
    if (reply.status === 403) throw await refusal(what, permission);
    if (reply.status === 422 && call.method !== 'GET') {
      const quoted =
        isRecord(reply.body) && typeof reply.body['error'] === 'string' ? [reply.body['error']] : [];
      throw new SyncError('record_refused', what, { connectorId, status: 422, quoted });
    }
    throw new SyncError('contract_broken', what, { connectorId, status: reply.status });
  };

  return {
    read: (path, query, permission) => demand({ method: 'GET', path, query }, permission),
    tryRead: async (path, query = {}) => {
      const reply = await answer({ method: 'GET', path, query });
      const { status, body, readAt, serverTime } = reply;
      if (status === 200 || status === 403) return { status, body, readAt, serverTime };
      // A 404 is Zammad's own only when it comes as Zammad's error object.
      if (status === 404 && isRecord(body) && 'error' in body) return { status, body, readAt, serverTime };
      throw new SyncError('contract_broken', `GET ${path} answered ${status}`, { connectorId, status });
    },
    searchTickets: (body) =>
      demand({ method: 'POST', path: '/tickets/search', body, effect: 'read' }, 'ticket.agent'),
    write: demand,
    close: http.close,
  };
}
