import { createConnector } from '../../api/connectors/create-connector.contract.js';
import { listConnectors } from '../../api/connectors/list-connectors.contract.js';
import { setConnectorToken } from '../../api/connectors/set-token.contract.js';
import { updateConnector } from '../../api/connectors/update-connector.contract.js';
import type { ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import type { ApplyOptions, Change } from './apply.js';
import { differing, isEmpty } from './differing.js';
import type { ConnectorSetup } from './setup-file.js';

/** Adds the system or changes what differs. A token cannot be read back, so it is stored only where none is. */
export async function applyConnector(
  api: ApiClient,
  wanted: ConnectorSetup,
  { renewTokens }: ApplyOptions,
): Promise<readonly Change[]> {
  const { id, kind, token, ...fields } = wanted;
  const { items } = await api.call(listConnectors, {});
  const now = items.find((connector) => connector.id === id);
  if (!now) {
    await api.call(createConnector, { body: wanted });
    return [{ what: 'connector', id, action: 'created' }];
  }
  if (now.kind !== kind)
    throw new CommandFailed(`The system "${id}" is a ${now.kind} and cannot become a ${kind}`);
  const changes = differing(fields, now);
  let hasToken = now.hasToken;
  if (!isEmpty(changes)) {
    const { tokenDropped } = await api.call(updateConnector, { params: { connectorId: id }, body: changes });
    hasToken = hasToken && !tokenDropped;
  }
  const done: Change[] = [{ what: 'connector', id, action: isEmpty(changes) ? 'unchanged' : 'changed' }];
  if (token !== undefined && (renewTokens || !hasToken)) {
    await api.call(setConnectorToken, { params: { connectorId: id }, body: { token } });
    done.push({ what: 'token', id, action: 'changed' });
  }
  return done;
}
