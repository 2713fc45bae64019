import type { ApiClient } from '../client.js';
import { applyBridge } from './apply-bridge.js';
import { applyConnector } from './apply-connector.js';
import type { Setup } from './setup-file.js';

/** What became of one thing of the file. */
export type Change = {
  readonly what: 'connector' | 'token' | 'bridge' | 'mapping' | 'rules';
  readonly id: string;
  readonly action: 'created' | 'changed' | 'unchanged';
  /** Of a new bridge: where Zammad's webhook must point, and the secret, which is shown only now. */
  readonly webhook?: { readonly url: string; readonly secret: string };
};

export type ApplyOptions = {
  /** Store the tokens of the file also where one is stored already. */
  readonly renewTokens: boolean;
  /** A person's yes to an earlier `startFrom`: older entries come into scope. */
  readonly confirmEarlierStart: boolean;
};

/** Makes the installation what the file says. A second time it changes nothing. */
export async function applySetup(
  api: ApiClient,
  setup: Setup,
  options: ApplyOptions,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const connector of setup.connectors ?? [])
    changes.push(...(await applyConnector(api, connector, options)));
  for (const bridge of setup.bridges ?? []) changes.push(...(await applyBridge(api, bridge, options)));
  return changes;
}
