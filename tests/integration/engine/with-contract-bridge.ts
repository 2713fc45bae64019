import { afterEach, beforeEach } from 'vitest';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import type { BridgeSetup, Workforce } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

/**
 * A bridge for each test of the calling file (or `describe` block), on a database of its own; `take` is handed it before the
 * test. Both are gone afterwards.
 */
export function withContractBridge(
  take: (bridge: ContractBridge) => void,
  policies: BridgeSetup['policies'] = {},
  work?: Workforce,
): void {
  let databaseUrl: string;
  let bridge: ContractBridge;
  beforeEach(async () => {
    databaseUrl = await createDatabase();
    bridge = await openContractBridge(databaseUrl, policies, {}, work);
    take(bridge);
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });
}
