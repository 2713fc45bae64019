import { createSavedView as keepView, MAX_SAVED_VIEWS } from '../../db/stores/saved-views.js';
import { endpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { createSavedView } from './create-saved-view.contract.js';

export const createSavedViewEndpoint = endpoint(createSavedView, async ({ db }, { body, actor }) => {
  const item = await keepView({ db, tx: null }, { userId: actor.userId, ...body });
  if (item) return { item };
  throw new Problem(409, 'too-many-views', `You have ${MAX_SAVED_VIEWS} saved views; delete one first`);
});
