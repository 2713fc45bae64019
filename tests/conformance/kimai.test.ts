import { createKimaiTarget } from '../../connectors/kimai/target.js';
import { kimaiContext, startKimaiWorld } from './kimai-world.js';
import { targetConformance } from './target-conformance.js';

const NO_WAITING = { retryDelaysMs: [] };

targetConformance('Kimai with the recommended role', async () => {
  const world = await startKimaiWorld();
  const target = createKimaiTarget(kimaiContext(world.url, 'tok_sync'), NO_WAITING);
  const stranger = createKimaiTarget(kimaiContext(world.url, 'tok_nobody'), NO_WAITING);
  return {
    ...world,
    target,
    stranger,
    close: async () => {
      await Promise.all([target.close(), stranger.close()]);
      await world.close();
    },
  };
});
