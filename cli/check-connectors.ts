import { checkConnector } from '../api/connectors/check-connector.contract.js';
import { listConnectors } from '../api/connectors/list-connectors.contract.js';
import { say } from '../words/say.js';
import { CommandFailed } from './failure.js';
import type { ApiClient } from './client.js';

export type ConnectorFinding = { readonly check: string; readonly ok: boolean; readonly says: string };

/** Tests each connector through the API and tells every finding as a sentence; an error or a refusal is not ok. */
export async function checkConnectors(api: ApiClient): Promise<readonly ConnectorFinding[]> {
  const { items } = await api.call(listConnectors, {});
  const found: ConnectorFinding[] = [];
  for (const { id, name } of items) found.push(...(await checkOne(api, id, name)));
  return found;
}

async function checkOne(api: ApiClient, connectorId: string, name: string): Promise<ConnectorFinding[]> {
  try {
    const { findings } = await api.call(checkConnector, { params: { connectorId } });
    return findings.map(({ level, code, facts }) => ({
      check: name,
      ok: level !== 'error',
      says: `${level === 'warning' ? 'Look at this: ' : ''}${say({ code, facts: { system: name, ...facts } }, 'en')}`,
    }));
  } catch (cause) {
    if (!(cause instanceof CommandFailed)) throw cause;
    return [{ check: name, ok: false, says: cause.message }];
  }
}
