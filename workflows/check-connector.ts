import type { CheckDone } from '../activities/contract.js';
import { checkConnector as check } from './activities.js';
import type { CheckConnectorArgs } from './messages.js';

/** What the API asks of the outside: only the worker can open a connector's credentials. */
export async function checkConnector(args: CheckConnectorArgs): Promise<CheckDone> {
  return check({ connectorId: args.connectorId });
}
