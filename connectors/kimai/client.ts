import { SyncError } from '../../domain/errors.js';
import { createHttpClient, type Answer, type Call, type HttpOptions } from '../http.js';
import { notJson } from '../http/reach.js';
import type { ConnectorContext } from '../port.js';
import { readFormErrors, type Refusal } from './refusals.js';
import { isRecord } from './schema.js';

export type Query = Readonly<Record<string, string | number | boolean>>;

export type KimaiClient = {
  /** GET that must succeed; `permission` is what a 403 would mean is missing. */
  readonly read: (path: string, query: Query, permission: string) => Promise<Answer>;
  /** GET where *not found* and *not allowed* are answers of their own. */
  readonly tryRead: (path: string, query?: Query) => Promise<Answer>;
  /** A write that must be carried out; a 4xx is this one record's refusal. */
  readonly write: (call: Call) => Promise<Answer>;
  /** Any call whose 4xx the caller judges. */
  readonly attempt: (call: Call) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

/** Kimai behind `/api`, by Bearer token. Statuses become SyncErrors here; messages are quoted, never matched. */
export function createKimaiClient(context: ConnectorContext, timing?: HttpOptions['timing']): KimaiClient {
  const http = createHttpClient({
    ...context,
    baseUrl: `${context.baseUrl}/api`,
    authorization: `Bearer ${context.token}`,
    ...(timing === undefined ? {} : { timing }),
  });
  const { connectorId } = context;

  const attempt = async (call: Call): Promise<Answer> => {
    const answer = await http.call(call);
    if (answer.status !== 401) return answer;
    // The body of a refused token is empty: it is not looked at.
    throw new SyncError('credentials_rejected', `${what(call)} answered 401`, { connectorId, status: 401 });
  };

  const tryRead = async (path: string, query: Query = {}): Promise<Answer> => {
    const call: Call = { method: 'GET', path, query };
    const answer = await attempt(call);
    if (answer.body === undefined) {
      throw new SyncError('unavailable', `${what(call)} answered ${answer.status}, not JSON`, {
        connectorId,
        reach: notJson(context.baseUrl),
      });
    }
    if ([200, 403, 404].includes(answer.status)) return answer;
    throw new SyncError('contract_broken', `${what(call)} answered ${answer.status}`, {
      connectorId,
      status: answer.status,
    });
  };

  return {
    attempt,
    tryRead,
    read: async (path, query, permission) => {
      const answer = await tryRead(path, query);
      if (answer.status === 200) return answer;
      const code = answer.status === 403 ? 'permission_missing' : 'contract_broken';
      throw new SyncError(code, `GET ${path} answered ${answer.status}`, {
        connectorId,
        status: answer.status,
        ...(code === 'permission_missing' ? { permission } : {}),
      });
    },
    write: async (call) => {
      const answer = await attempt(call);
      if (answer.status >= 200 && answer.status < 300) return answer;
      throw refused(call, answer, connectorId);
    },
    close: http.close,
  };
}

const what = (call: Call): string => `${call.method} ${call.path}`;

/** A 4xx to a write means that nothing was stored. */
function refused(call: Call, answer: Answer, connectorId: string): SyncError {
  const { status, body } = answer;
  const { quoted, field, refusal } = readFormErrors(body);
  const info = {
    connectorId,
    status,
    quoted,
    refusal: refusalOf(status, refusal),
    ...(field === null ? {} : { field }),
  };
  const message = `${what(call)} answered ${status}`;
  // Only Kimai's own 403 speaks of the token; one without its JSON comes from something in between.
  if (call.method === 'POST' && status === 403 && isRecord(body)) {
    return new SyncError('permission_missing', message, { ...info, permission: createPermission(call.path) });
  }
  if (status === 404 && !isRecord(body)) return new SyncError('unavailable', `${message}, not JSON`, info);
  return new SyncError('record_refused', message, info);
}

function refusalOf(status: number, byText: Refusal): Refusal {
  if (status === 403) return 'forbidden';
  if (status === 404) return 'gone';
  return byText;
}

const CREATE_PERMISSIONS: Readonly<Record<string, string>> = {
  '/tags': 'create_tag',
  '/customers': 'create_customer',
  '/projects': 'create_project',
};
const createPermission = (path: string): string => CREATE_PERMISSIONS[path] ?? 'create_own_timesheet';
