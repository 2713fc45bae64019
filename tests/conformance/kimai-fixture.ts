import { afterEach } from 'vitest';
import { createKimaiTarget } from '../../connectors/kimai/target.js';
import type { TimeTarget } from '../../connectors/port.js';
import { startStub, type StubHandler, type StubServer } from '../../connectors/test-stub.js';
import { kimaiContext, startKimaiWorld, type KimaiTestWorld } from './kimai-world.js';

export type KimaiFixture = {
  /** A simulated Kimai. */
  readonly world: (...given: Parameters<typeof startKimaiWorld>) => Promise<KimaiTestWorld>;
  /** A server that says exactly what a test wants to hear. */
  readonly stub: (handler: StubHandler) => Promise<StubServer>;
  /** The connector, which tries nothing twice. */
  readonly targetOf: (url: string, token?: string) => TimeTarget;
};

/** What the tests of a file need of Kimai; everything is closed after each test. */
export function kimaiFixture(): KimaiFixture {
  const opened: { close: () => Promise<void> }[] = [];
  const keep = <T extends { close: () => Promise<void> }>(each: T): T => {
    opened.push(each);
    return each;
  };
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });
  return {
    world: async (...given) => keep(await startKimaiWorld(...given)),
    stub: async (handler) => keep(await startStub(handler)),
    targetOf: (url, token = 'tok_sync') =>
      keep(createKimaiTarget(kimaiContext(url, token), { retryDelaysMs: [] })),
  };
}
