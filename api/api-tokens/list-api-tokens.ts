import { listApiTokens as readTokens } from '../../db/stores/api-tokens.js';
import { endpoint } from '../endpoint.js';
import { listApiTokens } from './list-api-tokens.contract.js';
import { presentToken } from './present-token.js';

export const listApiTokensEndpoint = endpoint(listApiTokens, async ({ db }, { actor }) => {
  const tokens = await readTokens({ db, tx: null }, actor.role === 'admin' ? null : actor.userId);
  return { items: tokens.map(presentToken) };
});
