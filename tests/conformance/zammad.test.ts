import { createZammadSource } from '../../connectors/zammad/source.js';
import { sourceConformance, type SourceUnderTest } from './source-conformance.js';
import { startZammadWorld, zammadContext } from './zammad-world.js';

const NO_WAITING = { retryDelaysMs: [] };

/** The same Zammad seen with the flat listing (an admin's permission) and ticket by ticket (an agent's). */
function zammadSeenWith(token: string): () => Promise<SourceUnderTest> {
  return async () => {
    const world = await startZammadWorld();
    const source = createZammadSource(zammadContext(world.url, token), NO_WAITING);
    const stranger = createZammadSource(zammadContext(world.url, 'tok_nobody'), NO_WAITING);
    return {
      ...world,
      source,
      stranger,
      close: async () => {
        await Promise.all([source.close(), stranger.close()]);
        await world.close();
      },
    };
  };
}

sourceConformance('Zammad with admin.time_accounting', zammadSeenWith('tok_sync'));
sourceConformance('Zammad with ticket.agent alone', zammadSeenWith('tok_agent'));
