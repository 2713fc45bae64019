import { endpoint } from '../endpoint.js';
import { presentMe } from './present-me.js';
import { readMe } from './read-me.contract.js';

export const readMeEndpoint = endpoint(readMe, async (_deps, { actor }) => ({
  user: presentMe({ ...actor, id: actor.userId }),
}));
